package dev.convoy.spark.forecast;

import dev.convoy.image.ImageBlock;
import dev.convoy.kernel.Kernels;
import dev.convoy.nn.Fingerprint;
import dev.convoy.random.Purpose;
import dev.convoy.random.SeededRandom;
import dev.convoy.tensor.Shape;
import dev.convoy.train.round.Contribution;
import dev.convoy.train.round.State;
import dev.convoy.train.round.TrainingPlan;
import dev.convoy.train.round.Worker;
import dev.convoy.train.sampling.Assignment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Times steps and averaging of a plan here, without Spark, on images of noise. */
public final class StepTimer {
  /** A stretch of repetitions: steps are warm when one is no quicker than the one before. */
  private static final double STRETCH_SECONDS = 1.5;

  private static final double NO_QUICKER = 0.95;

  /** Java's compilers take some seconds for a network's kernels. */
  private static final int LEAST_STRETCHES = 3;

  private static final int MOST_STRETCHES = 12;

  /** Averaging is a few plain loops. */
  private static final double SHORT_SECONDS = 0.4;

  /** Steps of a round that is timed, so that taking the state and returning weigh little. */
  private static final int STEPS = 8;

  private final TrainingPlan plan;
  private final State state;

  private StepTimer(TrainingPlan plan) {
    this.plan = plan;
    this.state = State.initial(plan, plan.network().initialWeights(plan.seed()));
  }

  /**
   * Times a plan.
   *
   * @param threads workers at once, as they share a machine's memory
   */
  public static Timing time(TrainingPlan plan, int threads) {
    return new StepTimer(plan).time(threads);
  }

  private Timing time(int threads) {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<Double>> workers = new ArrayList<>();
      for (int k = 0; k < threads; k++) {
        workers.add(this::stepSeconds);
      }
      List<Double> steps = new ArrayList<>();
      for (Future<Double> worker : pool.invokeAll(workers)) {
        steps.add(worker.get());
      }
      Contribution contribution = new Worker(plan, Kernels.chosen()).run(state, some(), block());
      double finish = median(() -> Fingerprint.sha256(state.parameters()));
      double one = median(() -> plan.averaging().apply(of(1), state, repeated(contribution, 1)));
      double four = median(() -> plan.averaging().apply(of(4), state, repeated(contribution, 4)));
      double fold = Math.max(0, (four - one) / 3);
      return new Timing(middle(steps), fold, finish + Math.max(0, one - fold));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while steps were timed", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("A step could not be timed", e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }

  /** One worker's, over and over. */
  private double stepSeconds() {
    Worker worker = new Worker(plan, Kernels.chosen());
    ImageBlock block = block();
    Assignment assignment = some();
    return warm(() -> worker.run(state, assignment, block)) / assignment.batches().length;
  }

  private TrainingPlan of(int workers) {
    return plan.withSampler(plan.sampler().ofWorkers(workers));
  }

  private static List<Contribution> repeated(Contribution contribution, int count) {
    return Collections.nCopies(count, contribution);
  }

  private Assignment some() {
    int batch = plan.sampler().batchSize();
    int[][] batches = new int[plan.sampler().averagingFrequency() == 1 ? 1 : STEPS][];
    for (int step = 0; step < batches.length; step++) {
      int from = step * batch;
      batches[step] = IntStream.range(from, from + batch).toArray();
    }
    return new Assignment(1, 0, 0, batches);
  }

  private ImageBlock block() {
    Shape shape = plan.network().input();
    SeededRandom random = SeededRandom.of(1, Purpose.DEAL);
    int count = STEPS * plan.sampler().batchSize();
    byte[] pixels = new byte[Math.multiplyExact(count, shape.size())];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) random.nextLong();
    }
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = random.nextInt(plan.network().output().size());
    }
    return new ImageBlock(shape, new int[count], labels, pixels);
  }

  /** Seconds of some work once they fall no more. */
  private static double warm(Runnable work) {
    double before = Double.POSITIVE_INFINITY;
    double now = middle(repeat(work, STRETCH_SECONDS));
    for (int i = 1; i < MOST_STRETCHES; i++) {
      if (i >= LEAST_STRETCHES && now >= NO_QUICKER * before) {
        break;
      }
      before = now;
      now = middle(repeat(work, STRETCH_SECONDS));
    }
    return Math.min(now, before);
  }

  private static double median(Runnable work) {
    repeat(work, SHORT_SECONDS);
    return middle(repeat(work, SHORT_SECONDS));
  }

  /** Returns what each time took: once at least, and for so long. */
  private static List<Double> repeat(Runnable work, double atLeastSeconds) {
    List<Double> seconds = new ArrayList<>();
    final long begin = System.nanoTime();
    do {
      final long start = System.nanoTime();
      work.run();
      seconds.add((System.nanoTime() - start) * 1e-9);
    } while ((System.nanoTime() - begin) * 1e-9 < atLeastSeconds);
    return seconds;
  }

  private static double middle(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }
}
