package dev.convoy.config;

import dev.convoy.api.PublicApi;
import dev.convoy.loss.Loss;
import dev.convoy.optim.Clipping;
import dev.convoy.optim.Optimizer;
import dev.convoy.optim.Schedule;
import dev.convoy.train.fault.NonFiniteRule;
import dev.convoy.train.round.EarlyStopping;
import dev.convoy.train.tuning.InitialWeights;
import dev.convoy.train.tuning.Rates;
import dev.convoy.train.tuning.Unfreezing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says how a network is trained. What is not set has the defaults of the job file. */
@PublicApi
public final class JobTrainingBuilder {
  private final int epochs;
  private final int batchSize;
  private final Optimizer optimizer;
  private @Nullable Loss loss;
  private @Nullable Schedule schedule;
  private @Nullable Clipping clip;
  private @Nullable EarlyStopping earlyStopping;
  private boolean shuffle = true;
  private @Nullable InitialWeights initialWeights;
  private @Nullable List<String> trainable;
  private @Nullable List<String> frozen;
  private @Nullable Rates rates;
  private @Nullable List<Unfreezing> unfreeze;
  private @Nullable NonFiniteRule onNonFinite;

  JobTrainingBuilder(int epochs, int batchSize, Optimizer optimizer) {
    this.epochs = epochs;
    this.batchSize = batchSize;
    this.optimizer = optimizer;
  }

  /** Sets the loss to make small; softmax cross-entropy by default. */
  public JobTrainingBuilder loss(Loss value) {
    loss = value;
    return this;
  }

  /** Sets the schedule of the learning rate; constant by default. */
  public JobTrainingBuilder schedule(Schedule value) {
    schedule = value;
    return this;
  }

  /** Sets bounds of the gradient before the optimizer takes it; none by default. */
  public JobTrainingBuilder clip(Clipping value) {
    clip = value;
    return this;
  }

  /**
   * Sets when to end before the last epoch, which also keeps the best weights; never by default.
   */
  public JobTrainingBuilder earlyStopping(EarlyStopping value) {
    earlyStopping = value;
    return this;
  }

  /** Takes the examples in the order of the data, where by default their order is random. */
  public JobTrainingBuilder inOrder() {
    shuffle = false;
    return this;
  }

  /** Sets the path of a safetensors file or a model folder to start from. */
  public JobTrainingBuilder initialWeights(String path) {
    return initialWeights(InitialWeights.of(path));
  }

  /** Sets the weights to start from, with names that are mapped to the network's. */
  public JobTrainingBuilder initialWeights(InitialWeights value) {
    initialWeights = value;
    return this;
  }

  /**
   * Trains the parameters alone whose whole names one of these regular expressions matches; all by
   * default.
   */
  public JobTrainingBuilder trainable(String... expressions) {
    trainable = List.of(expressions);
    return this;
  }

  /** Trains all parameters but those whose whole names one of these regular expressions matches. */
  public JobTrainingBuilder frozen(String... expressions) {
    frozen = List.of(expressions);
    return this;
  }

  /** Sets learning rates of some parameters, as multiples of the schedule's; 1 by default. */
  public JobTrainingBuilder rates(Rates value) {
    rates = value;
    return this;
  }

  /** Sets what is trained from later epochs on, epochs ascending; nothing by default. */
  public JobTrainingBuilder unfreeze(Unfreezing... values) {
    unfreeze = List.of(values);
    return this;
  }

  /** Sets what is done where a value becomes NaN or infinite; training stops by default. */
  public JobTrainingBuilder onNonFinite(NonFiniteRule value) {
    onNonFinite = value;
    return this;
  }

  /**
   * Returns how the network is trained.
   *
   * @throws IllegalArgumentException if the parts do not suit each other
   */
  public JobTraining build() {
    return new JobTraining(
        epochs,
        batchSize,
        loss,
        optimizer,
        schedule,
        clip,
        earlyStopping,
        shuffle,
        initialWeights,
        trainable,
        frozen,
        rates,
        unfreeze,
        onNonFinite);
  }
}
