package dev.convoy.config;

import static dev.convoy.train.round.EarlyStopping.Metric.TEST_LOSS;
import static dev.convoy.train.round.EarlyStopping.Metric.VALIDATION_LOSS;

import dev.convoy.api.PublicApi;
import dev.convoy.loss.Loss;
import dev.convoy.loss.SoftmaxCrossEntropy;
import dev.convoy.optim.Clipping;
import dev.convoy.optim.Constant;
import dev.convoy.optim.Optimizer;
import dev.convoy.optim.Schedule;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Defaulted;
import dev.convoy.train.fault.NonFiniteRule;
import dev.convoy.train.fault.Stop;
import dev.convoy.train.round.EarlyStopping;
import org.jspecify.annotations.Nullable;

/**
 * Says how a network is trained.
 *
 * @param epochs how often every example is used, at least 1
 * @param batchSize images of one worker's step, at least 1
 * @param loss to make small; softmax cross-entropy by default
 * @param optimizer that makes the steps
 * @param schedule of its learning rate; constant by default
 * @param clip bounds of the mean gradient before the optimizer takes it; none by default
 * @param earlyStopping when to end before the last epoch, which also keeps the best weights; none
 *     by default
 * @param shuffle whether examples come in a random order; true by default
 * @param initialWeights path of a safetensors file or a model folder to start from; fresh weights
 *     by default
 * @param onNonFinite what is done where a value becomes NaN or infinite; training stops by default
 */
@PublicApi
public record JobTraining(
    int epochs,
    int batchSize,
    @Defaulted Loss loss,
    Optimizer optimizer,
    @Defaulted Schedule schedule,
    @Nullable Clipping clip,
    @Nullable EarlyStopping earlyStopping,
    @Defaulted Boolean shuffle,
    @Nullable String initialWeights,
    @Defaulted NonFiniteRule onNonFinite) {

  public JobTraining {
    Check.positive(epochs, "JobTraining.epochs");
    Check.positive(batchSize, "JobTraining.batchSize");
    loss = loss == null ? new SoftmaxCrossEntropy() : loss;
    Check.present(optimizer, "JobTraining.optimizer");
    schedule = schedule == null ? new Constant() : schedule;
    try {
      schedule.check(optimizer.learningRate(), epochs, Long.MAX_VALUE);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("JobTraining." + e.getMessage(), e);
    }
    shuffle = shuffle == null || shuffle;
    onNonFinite = onNonFinite == null ? new Stop() : onNonFinite;
  }

  /**
   * Returns a builder of how a network is trained.
   *
   * @param epochs how often every example is used, at least 1
   * @param batchSize images of one worker's step, at least 1
   * @param optimizer that makes the steps
   */
  public static JobTrainingBuilder builder(int epochs, int batchSize, Optimizer optimizer) {
    return new JobTrainingBuilder(epochs, batchSize, optimizer);
  }

  /** The same with this loss. */
  JobTraining withLoss(Loss other) {
    return with(other, earlyStopping);
  }

  /**
   * The same with the metric written out that early stopping watches by default.
   *
   * @param validation whether there are validation data
   */
  JobTraining watching(boolean validation) {
    return earlyStopping == null || earlyStopping.metric() != null
        ? this
        : with(loss, earlyStopping.watching(validation ? VALIDATION_LOSS : TEST_LOSS));
  }

  private JobTraining with(Loss other, @Nullable EarlyStopping stopping) {
    return new JobTraining(
        epochs,
        batchSize,
        other,
        optimizer,
        schedule,
        clip,
        stopping,
        shuffle,
        initialWeights,
        onNonFinite);
  }
}
