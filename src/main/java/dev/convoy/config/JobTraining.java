package dev.convoy.config;

import static dev.convoy.train.round.EarlyStopping.Metric.TEST_LOSS;
import static dev.convoy.train.round.EarlyStopping.Metric.VALIDATION_LOSS;

import dev.convoy.api.Internal;
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
import dev.convoy.train.tuning.FineTuning;
import dev.convoy.train.tuning.InitialWeights;
import dev.convoy.train.tuning.Rates;
import dev.convoy.train.tuning.Unfreezing;
import java.util.List;
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
 * @param initialWeights what to start from; fresh weights by default
 * @param trainable regular expressions of the names of all parameters that are trained from the
 *     start; all parameters by default
 * @param frozen regular expressions of all parameters that are not trained from the start, in place
 *     of {@code trainable}; none by default
 * @param rates learning rates of some parameters, as multiples of the schedule's; 1 by default
 * @param unfreeze parameters that are trained from later epochs on; none by default
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
    @Nullable InitialWeights initialWeights,
    @Nullable List<String> trainable,
    @Nullable List<String> frozen,
    @Nullable Rates rates,
    @Nullable List<Unfreezing> unfreeze,
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
    try {
      checkEpochs(tuning(trainable, frozen, rates, unfreeze), epochs);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          String.valueOf(e.getMessage()).replaceFirst("^training\\.", "JobTraining."), e);
    }
  }

  private static void checkEpochs(FineTuning tuning, int epochs) {
    for (int i = 0; i < tuning.unfreeze().size(); i++) {
      int epoch = tuning.unfreeze().get(i).epoch();
      if (epoch > epochs) {
        throw new IllegalArgumentException(
            "training.unfreeze["
                + i
                + "].epoch must be at most training.epochs, "
                + epochs
                + ", but was "
                + epoch);
      }
    }
  }

  private static FineTuning tuning(
      @Nullable List<String> trainable,
      @Nullable List<String> frozen,
      @Nullable Rates rates,
      @Nullable List<Unfreezing> unfreeze) {
    return new FineTuning(
        trainable,
        frozen,
        rates == null ? Rates.NONE : rates,
        unfreeze == null ? List.of() : unfreeze);
  }

  /** Returns what is asked for of which parameters are trained. */
  @Internal
  public FineTuning tuning() {
    return tuning(trainable, frozen, rates, unfreeze);
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
        trainable,
        frozen,
        rates,
        unfreeze,
        onNonFinite);
  }
}
