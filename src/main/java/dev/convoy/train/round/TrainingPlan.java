package dev.convoy.train.round;

import dev.convoy.image.Normalization;
import dev.convoy.image.augment.Augmentation;
import dev.convoy.loss.Loss;
import dev.convoy.nn.Network;
import dev.convoy.optim.Clipping;
import dev.convoy.optim.GroupedSteps;
import dev.convoy.optim.Optimizer;
import dev.convoy.optim.OuterOptimizer;
import dev.convoy.optim.Schedule;
import dev.convoy.optim.ScheduleContext;
import dev.convoy.tensor.Check;
import dev.convoy.train.fault.Recovery;
import dev.convoy.train.frequency.AveragingFrequency;
import dev.convoy.train.frequency.Every;
import dev.convoy.train.sampling.Assignment;
import dev.convoy.train.sampling.EpochRounds;
import dev.convoy.train.sampling.Sampler;
import dev.convoy.train.tuning.TuningPlan;
import dev.convoy.train.tuning.TuningStage;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What stays the same in all rounds of a training: it, the data and the first state fix every bit
 * of the result.
 *
 * @param network to train
 * @param normalization of its images
 * @param loss to make small
 * @param optimizer each worker's, or the driver's where gradients are averaged
 * @param schedule of the learning rate
 * @param clipping of the mean gradient before the optimizer takes it; absent for none
 * @param averaging what workers return
 * @param sampler which example is used when, by whom
 * @param seed of all that is random
 * @param epochs to train
 * @param earlyStopping of them; absent to train to the end and keep the last weights
 * @param outer optimizer of what a round has changed; absent for plain averaging
 * @param frequency steps of each round, of which the sampler knows the most
 * @param recovery how training goes on where a value is not finite; absent where it ends
 * @param contributions in which precision workers send theirs
 * @param augment what changes training images at random
 * @param tuning which parameters are trained, and when
 */
public record TrainingPlan(
    Network network,
    Normalization normalization,
    Loss loss,
    Optimizer optimizer,
    Schedule schedule,
    @Nullable Clipping clipping,
    Averaging averaging,
    Sampler sampler,
    long seed,
    int epochs,
    @Nullable EarlyStopping earlyStopping,
    @Nullable OuterOptimizer outer,
    AveragingFrequency frequency,
    @Nullable Recovery recovery,
    ContributionFormat contributions,
    List<Augmentation> augment,
    TuningPlan tuning)
    implements Serializable {
  private static final long serialVersionUID = 1;

  public TrainingPlan {
    augment = List.copyOf(augment);
    PlanRules.check(network, normalization, loss, sampler, tuning);
    if (averaging == Averaging.GRADIENTS && outer != null) {
      throw new IllegalArgumentException(
          "distribution.outer needs averaging of parameters, but gradients are averaged");
    }
    if (frequency.most() != sampler.averagingFrequency()) {
      throw new IllegalArgumentException(
          "A sampler for rounds of at most "
              + frequency.most()
              + " steps is needed, but it is for "
              + sampler.averagingFrequency());
    }
    if (frequency.needsRate() && schedule.needsTestLoss()) {
      throw new IllegalArgumentException(
          "distribution.averagingFrequency must not follow the learning rate where that follows the"
              + " test loss, but was quadratic");
    }
    if (averaging == Averaging.GRADIENTS && sampler.averagingFrequency() != 1) {
      throw new IllegalArgumentException(
          "distribution.averagingFrequency must be 1 where gradients are averaged, but was "
              + sampler.averagingFrequency());
    }
    try {
      schedule.check(optimizer.learningRate(), epochs, sampler.stepsPerEpoch());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("training." + e.getMessage(), e);
    }
  }

  /** Returns a builder of a plan, with defaults for all else. */
  public static TrainingPlanBuilder builder(Network network, Optimizer optimizer, Sampler sampler) {
    return new TrainingPlanBuilder(network, optimizer, sampler);
  }

  /** Returns the same plan that goes on like this where a value is not finite, or else ends. */
  public TrainingPlan withRecovery(@Nullable Recovery other) {
    return with(sampler, outer, frequency, other, contributions, augment);
  }

  /** The same with another sampler, for rounds of as many steps. */
  public TrainingPlan withSampler(Sampler other) {
    return with(other, outer, frequency, recovery, contributions, augment);
  }

  /** The same with other rounds, of which the sampler knows the most. */
  public TrainingPlan withFrequency(AveragingFrequency other) {
    return with(sampler, outer, other, recovery, contributions, augment);
  }

  /** The same with another sampler and rounds, of which that knows the most. */
  public TrainingPlan withRounds(Sampler otherSampler, AveragingFrequency otherFrequency) {
    return with(otherSampler, outer, otherFrequency, recovery, contributions, augment);
  }

  /** Returns the same plan with an outer optimizer, or else with plain averaging. */
  public TrainingPlan withOuter(@Nullable OuterOptimizer other) {
    return with(sampler, other, frequency, recovery, contributions, augment);
  }

  /** The same where workers send what they contribute in this precision. */
  public TrainingPlan withContributions(ContributionFormat other) {
    return with(sampler, outer, frequency, recovery, other, augment);
  }

  /** The same plan with images changed like this. */
  public TrainingPlan withAugment(List<Augmentation> augmentations) {
    return with(sampler, outer, frequency, recovery, contributions, augmentations);
  }

  /** The same plan by which these parameters are trained. */
  public TrainingPlan withTuning(TuningPlan other) {
    return with(sampler, outer, frequency, recovery, contributions, augment, other);
  }

  private TrainingPlan with(
      Sampler sampler,
      @Nullable OuterOptimizer outer,
      AveragingFrequency frequency,
      @Nullable Recovery recovery,
      ContributionFormat contributions,
      List<Augmentation> augment) {
    return with(sampler, outer, frequency, recovery, contributions, augment, tuning);
  }

  private TrainingPlan with(
      Sampler sampler,
      @Nullable OuterOptimizer outer,
      AveragingFrequency frequency,
      @Nullable Recovery recovery,
      ContributionFormat contributions,
      List<Augmentation> augment,
      TuningPlan tuning) {
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
        tuning);
  }

  /** K. */
  public int workers() {
    return sampler.workers();
  }

  /** Steps that the worker with the largest share makes in an epoch. */
  public long stepsPerEpoch() {
    return sampler.stepsPerEpoch();
  }

  /** Rounds of an epoch, which use every example once. */
  public int roundsPerEpoch(int epoch) {
    return frequency instanceof Every ? sampler.roundsPerEpoch() : rounds(epoch).count();
  }

  /** Rounds of all epochs before one, which counts from 1. */
  public long roundsBefore(int epoch) {
    return frequency instanceof Every
        ? (epoch - 1L) * sampler.roundsPerEpoch()
        : IntStream.range(1, epoch).mapToLong(this::roundsPerEpoch).sum();
  }

  /** Which partition each worker needs in a round; -1 where its share is used up. */
  public int[] partitions(int epoch, int roundInEpoch) {
    if (frequency instanceof Every) {
      return sampler.partitions(epoch, roundInEpoch);
    }
    EpochRounds rounds = rounds(epoch);
    int[] partitions = new int[workers()];
    Arrays.setAll(partitions, k -> sampler.partition(k, rounds.turn(roundInEpoch, k)));
    return partitions;
  }

  /**
   * What a worker does in a round.
   *
   * @param epoch from 1
   * @param roundInEpoch from 1
   */
  public Assignment assignment(int epoch, int roundInEpoch, int worker) {
    return frequency instanceof Every
        ? sampler.assignment(epoch, roundInEpoch, worker)
        : sampler.assignment(epoch, worker, rounds(epoch).turn(roundInEpoch, worker));
  }

  private EpochRounds rounds(int epoch) {
    long before = (epoch - 1) * stepsPerEpoch();
    ScheduleContext course = course(TestHistory.EMPTY);
    return new EpochRounds(
        sampler,
        epoch,
        (done, round) -> {
          long step = before + done + 1;
          double rate =
              frequency.needsRate()
                  ? schedule.exactRate(optimizer.learningRate(), step, course)
                  : 0;
          return frequency.steps(epoch, round, step, rate);
        });
  }

  /** Bytes of what a worker contributes at most to a round, where it lies in memory. */
  public long contributionBytes() {
    return contributionBytes(tuning.last());
  }

  private long contributionBytes(TuningStage stage) {
    long values = stage.parameterCount();
    values += averaging == Averaging.PARAMETERS ? values * optimizer.slots().size() : 0;
    return (values + stage.values().buffers().count()) * Float.BYTES;
  }

  /** Bytes of the same on its way. */
  public long sentBytes() {
    return sentBytes(tuning.last());
  }

  /** The same in a stage. */
  public long sentBytes(TuningStage stage) {
    long buffers = (long) stage.values().buffers().count() * Float.BYTES;
    long values = contributionBytes(stage) - buffers;
    return buffers + (contributions == ContributionFormat.BFLOAT16 ? values / 2 : values);
  }

  /** Bytes of a state, at most. */
  public long stateBytes() {
    long arrays = (long) optimizer.slots().size() + (outer == null ? 0 : 1);
    return (network.parameterCount()
            + arrays * tuning.last().parameterCount()
            + network.bufferCount())
        * Float.BYTES;
  }

  /** Bytes of what rounds of a stage change of a state, and of the network's buffers. */
  public long trainedBytes(TuningStage stage) {
    long arrays = 1L + optimizer.slots().size() + (outer == null ? 0 : 1);
    return (arrays * stage.parameterCount() + network.bufferCount()) * Float.BYTES;
  }

  /** What the schedule knows after these epochs. */
  public ScheduleContext course(TestHistory tests) {
    return new ScheduleContext(stepsPerEpoch(), epochs, tests.losses());
  }

  /** The learning rate in force in this step, which counts from 1, after so many rollbacks. */
  public float learningRate(long step, ScheduleContext course, int rollbacks) {
    float rate = schedule.learningRate(optimizer.learningRate(), step, course);
    return rollbacks == 0
        ? rate
        : (float) (rate * Check.present(recovery, "TrainingPlan.recovery").factor(rollbacks));
  }

  /**
   * The first of so many steps that would have had another learning rate in a training of so many
   * epochs; 0 if there is none.
   */
  public long firstStepOfAnotherRate(int otherEpochs, long steps) {
    if (otherEpochs == epochs || schedule.needsTestLoss()) {
      return 0; // what watches the test losses looks at no epoch ahead
    }
    ScheduleContext course = ScheduleContext.of(stepsPerEpoch(), epochs);
    ScheduleContext other = ScheduleContext.of(stepsPerEpoch(), otherEpochs);
    for (long step = 1; step <= steps; step++) {
      if (rateOf(step, course) != rateOf(step, other)) {
        return step;
      }
    }
    return 0;
  }

  /** The learning rate as precisely as a round depends on it. */
  private double rateOf(long step, ScheduleContext course) {
    return frequency.needsRate()
        ? schedule.exactRate(optimizer.learningRate(), step, course)
        : learningRate(step, course, 0);
  }

  /**
   * One step: clips the gradient, and has the optimizer take it at the rate in force.
   *
   * @param steps of the optimizer on all parameters that are trained
   * @param parameters of these, packed; changed in place
   * @param gradient of the mean loss; changed in place
   * @param optimizerState an array a slot, changed in place
   * @param step number of this step, from 1
   * @param rollbacks before it
   */
  void step(
      GroupedSteps steps,
      float[] parameters,
      float[] gradient,
      float[][] optimizerState,
      long step,
      ScheduleContext course,
      int rollbacks) {
    if (clipping != null) {
      clipping.clip(gradient);
    }
    steps.step(parameters, gradient, optimizerState, step, learningRate(step, course, rollbacks));
  }
}
