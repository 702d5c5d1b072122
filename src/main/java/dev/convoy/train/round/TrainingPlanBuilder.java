package dev.convoy.train.round;

import dev.convoy.image.Normalization;
import dev.convoy.image.augment.Augmentation;
import dev.convoy.loss.Loss;
import dev.convoy.loss.SoftmaxCrossEntropy;
import dev.convoy.nn.Network;
import dev.convoy.optim.Clipping;
import dev.convoy.optim.Constant;
import dev.convoy.optim.Optimizer;
import dev.convoy.optim.OuterOptimizer;
import dev.convoy.optim.Schedule;
import dev.convoy.train.fault.Recovery;
import dev.convoy.train.frequency.AveragingFrequency;
import dev.convoy.train.frequency.Every;
import dev.convoy.train.sampling.Sampler;
import dev.convoy.train.tuning.TuningPlan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a plan out of what differs from the defaults. */
public final class TrainingPlanBuilder {
  private final Network network;
  private final Optimizer optimizer;
  private final Sampler sampler;
  private Normalization normalization;
  private Loss loss = new SoftmaxCrossEntropy();
  private Schedule schedule = new Constant();
  private @Nullable Clipping clipping;
  private Averaging averaging = Averaging.PARAMETERS;
  private long seed;
  private int epochs = 1;
  private @Nullable EarlyStopping earlyStopping;
  private @Nullable OuterOptimizer outer;
  private AveragingFrequency frequency;
  private @Nullable Recovery recovery;
  private ContributionFormat contributions = ContributionFormat.FLOAT32;
  private List<Augmentation> augment = List.of();
  private @Nullable TuningPlan tuning;

  TrainingPlanBuilder(Network network, Optimizer optimizer, Sampler sampler) {
    this.network = network;
    this.optimizer = optimizer;
    this.sampler = sampler;
    normalization = Normalization.none(network.input().channels());
    frequency = new Every(sampler.averagingFrequency());
  }

  /** Sets the normalisation of images; pixels in {@code [0, 1]} by default. */
  public TrainingPlanBuilder normalization(Normalization value) {
    normalization = value;
    return this;
  }

  /** Sets the loss to make small; softmax cross-entropy by default. */
  public TrainingPlanBuilder loss(Loss value) {
    loss = value;
    return this;
  }

  /** Sets the schedule of the learning rate; constant by default. */
  public TrainingPlanBuilder schedule(Schedule value) {
    schedule = value;
    return this;
  }

  /** Sets the clipping of the mean gradient before the optimizer takes it; none by default. */
  public TrainingPlanBuilder clipping(@Nullable Clipping value) {
    clipping = value;
    return this;
  }

  /** Sets what workers return; their parameters by default. */
  public TrainingPlanBuilder averaging(Averaging value) {
    averaging = value;
    return this;
  }

  /** Sets the seed of all that is random; 0 by default. */
  public TrainingPlanBuilder seed(long value) {
    seed = value;
    return this;
  }

  /** Sets the epochs to train; one by default. */
  public TrainingPlanBuilder epochs(int value) {
    epochs = value;
    return this;
  }

  /**
   * Sets when to end early; by default training ends with the last epoch, and keeps its weights.
   */
  public TrainingPlanBuilder earlyStopping(@Nullable EarlyStopping value) {
    earlyStopping = value;
    return this;
  }

  /** Sets the optimizer of what a round has changed; plain averaging by default. */
  public TrainingPlanBuilder outer(@Nullable OuterOptimizer value) {
    outer = value;
    return this;
  }

  /** Sets the steps of each round; as many as the sampler knows by default. */
  public TrainingPlanBuilder frequency(AveragingFrequency value) {
    frequency = value;
    return this;
  }

  /** Sets how training goes on where a value is not finite; it ends there by default. */
  public TrainingPlanBuilder recovery(@Nullable Recovery value) {
    recovery = value;
    return this;
  }

  /** Sets in which precision workers send their contributions; in float32 by default. */
  public TrainingPlanBuilder contributions(ContributionFormat value) {
    contributions = value;
    return this;
  }

  /** Sets what changes training images at random; nothing by default. */
  public TrainingPlanBuilder augment(List<Augmentation> value) {
    augment = value;
    return this;
  }

  /** Sets which parameters are trained, and when; all of them by default. */
  public TrainingPlanBuilder tuning(TuningPlan value) {
    tuning = value;
    return this;
  }

  /**
   * Returns the plan.
   *
   * @throws IllegalArgumentException if its parts do not suit each other
   */
  public TrainingPlan build() {
    return new TrainingPlan(
        network,
        normalization,
        loss,
        optimizer,
        schedule,
        clipping,
        averaging,
        sampler,
        seed,
        epochs,
        earlyStopping,
        outer,
        frequency,
        recovery,
        contributions,
        augment,
        tuning == null ? TuningPlan.none(network) : tuning);
  }
}
