package dev.convoy.train.round;

import dev.convoy.image.BatchFiller;
import dev.convoy.image.ImageBlock;
import dev.convoy.image.augment.BatchAugmenter;
import dev.convoy.image.augment.PictureCut;
import dev.convoy.kernel.Kernels;
import dev.convoy.loss.BatchLoss;
import dev.convoy.loss.BatchLoss.Reduction;
import dev.convoy.nn.replica.NonFiniteValues;
import dev.convoy.nn.replica.Replica;
import dev.convoy.optim.ScheduleContext;
import dev.convoy.random.Purpose;
import dev.convoy.random.SeededRandom;
import dev.convoy.train.batch.BatchSource;
import dev.convoy.train.batch.BatchTargets;
import dev.convoy.train.fault.Finiteness;
import dev.convoy.train.sampling.Assignment;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Does one worker's part of a round: a pure function of state, worker number, round and data. What
 * it holds is memory alone; any worker object does any worker's part, one thread at a time.
 */
public final class Worker {
  /** Examples that an error names. */
  private static final int NAMED = 16;

  private final TrainingPlan plan;
  private final StepObserver observer;
  private final Kernels kernels;
  private final WeightedLosses losses;
  private final BatchFiller filler;

  /** Absent where images stay as they are. */
  private final @Nullable BatchAugmenter augmenter;

  /** Absent where images are no parts of larger pictures. */
  private final @Nullable PictureCut cut;

  private final BatchTargets targets;

  /** The memory of the stage in which the last round was. */
  private WorkerMemory memory;

  /** Tells workers apart; no result depends on it. */
  private final String seat = UUID.randomUUID().toString();

  /** A worker's memory, with these kernels. */
  public Worker(TrainingPlan plan, Kernels kernels) {
    this(plan, kernels, StepObserver.NONE);
  }

  /** The same with somebody who looks on. */
  public Worker(TrainingPlan plan, Kernels kernels, StepObserver observer) {
    this.plan = plan;
    this.observer = observer;
    this.kernels = kernels;
    this.losses = new WeightedLosses(plan.loss(), plan.network(), kernels);
    this.filler = new BatchFiller(plan.network().input(), plan.normalization());
    this.augmenter =
        plan.augment().isEmpty()
            ? null
            : new BatchAugmenter(
                plan.network().input(),
                plan.normalization(),
                plan.augment(),
                plan.sampler().batchSize());
    this.cut = PictureCut.of(plan.augment(), plan.network().input(), plan.normalization());
    this.targets = new BatchTargets(plan.sampler().batchSize(), plan.network().output().size());
    this.memory = new WorkerMemory(plan, List.of(), kernels);
  }

  /**
   * Does one worker's part of the round that follows {@code state}.
   *
   * @param assignment of one batch at least
   * @param block the worker's images for this round; absent if it has none left
   */
  public Contribution run(StateSource state, Assignment assignment, @Nullable ImageBlock block) {
    return run(state, assignment, block, true);
  }

  /**
   * Returns the same, whose values are this worker's own arrays: they hold until its next run, and
   * large ones take no more memory.
   */
  public Contribution runInPlace(StateSource state, Assignment assignment, ImageBlock block) {
    return run(state, assignment, block, false);
  }

  private Contribution run(
      StateSource state, Assignment assignment, @Nullable ImageBlock block, boolean copies) {
    long epochKey = SeededRandom.key(plan.seed(), Purpose.AUGMENTATION, assignment.epoch());
    try (BatchSource batches =
        BatchSource.of(block, assignment.batches(), cut, plan.network().input(), epochKey)) {
      return run(state, assignment, batches, epochKey, copies);
    }
  }

  private Contribution run(
      StateSource state,
      Assignment assignment,
      BatchSource batches,
      long augmentationKey,
      boolean copies) {
    final long begin = System.nanoTime();
    boolean steps = plan.averaging() == Averaging.PARAMETERS;
    if (!memory.unfrozenAt().equals(state.unfrozenAt())) {
      memory = new WorkerMemory(plan, state.unfrozenAt(), kernels);
    }
    memory.load(state);
    Replica replica = memory.replica();
    ScheduleContext course = plan.course(state.tests());
    long examples = 0;
    double weight = 0;
    double counted = 0;
    double lossSum = 0;
    double correct = 0;
    int done = 0;
    String failure = null;
    BatchSource.Batch batch = null;
    while (done < assignment.batches().length) {
      long step = state.step() + done + 1;
      batch = batches.next();
      fill(batch.block(), batch.positions(), augmentationKey);
      replica.forwardTraining(batch.size(), randomKey(assignment, step));
      losses.compute(replica, targets, batch.size(), steps ? Reduction.MEAN : Reduction.SUM);
      BatchLoss loss = losses.main();
      lossSum += losses.sum();
      if (!Double.isFinite(losses.sum())) {
        NonFiniteValues values = replica.findNonFinite();
        failure =
            "step "
                + step
                + ", "
                + (values == null ? "the loss" : values.where())
                + examples(batch, values == null ? List.of() : values.images());
        break;
      }
      replica.backward();
      observer.afterBackward(step, batch.size(), loss, replica);
      if (steps) {
        memory.step(step, course, state.rollbacks());
      }
      examples += batch.size();
      weight += loss.weight();
      counted += loss.counted();
      correct += loss.correct();
      done++;
    }
    if (failure == null && batch != null) {
      // The last step's result goes through no forward pass here that would show it.
      String name =
          Finiteness.firstNonFinite(
              plan.network(), steps ? replica.parameters() : replica.gradients());
      String what = steps ? ", parameter '" : ", the gradient of '";
      failure =
          name == null
              ? null
              : "step " + (state.step() + done) + what + name + "'" + examples(batch, List.of());
    }
    return new Contribution(
        assignment.worker(),
        examples > 0 ? memory.values(copies) : new float[0],
        examples > 0 ? memory.buffers() : new float[0],
        examples > 0 && steps ? memory.optimizerState() : new float[0],
        examples,
        weight,
        counted,
        done,
        lossSum,
        correct,
        failure,
        seat,
        (System.nanoTime() - begin) * 1e-9);
  }

  /** Returns the ids of a batch's examples at fault; all of them where none is named. */
  private static String examples(BatchSource.Batch batch, List<Integer> atFault) {
    int[] ids =
        (atFault.isEmpty()
                ? IntStream.range(0, batch.size())
                : atFault.stream().mapToInt(Integer::intValue))
            .map(i -> batch.block().ids()[batch.positions()[i]])
            .toArray();
    String named =
        Arrays.stream(ids).limit(NAMED).mapToObj(String::valueOf).collect(Collectors.joining(", "));
    int more = ids.length - Math.min(NAMED, ids.length);
    return (ids.length == 1 ? ", example " : ", examples ")
        + named
        + (more == 0 ? "" : " and " + more + " more of the batch");
  }

  private long randomKey(Assignment assignment, long step) {
    return SeededRandom.key(
        plan.seed(), Purpose.DROPOUT, assignment.epoch(), assignment.worker(), step);
  }

  private void fill(ImageBlock block, int[] batch, long augmentationKey) {
    targets.fill(block, batch, 0, batch.length);
    Replica replica = memory.replica();
    if (augmenter == null) {
      filler.fill(block, batch, 0, batch.length, replica.input(), 0);
      return;
    }
    augmenter.fill(block, batch, 0, batch.length, replica.input(), 0, augmentationKey);
    if (augmenter.mixes()) {
      targets.mix(augmenter.partners(), augmenter.shares());
    }
  }
}
