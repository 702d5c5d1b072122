package dev.convoy.spark.forecast;

import dev.convoy.spark.round.ShardSize;
import dev.convoy.tensor.Check;
import dev.convoy.train.round.Averaging;
import dev.convoy.train.round.TrainingPlan;

/**
 * Predicts what a training takes on a cluster, from what its steps take here.
 *
 * <p>A round of K workers on N executors takes {@code H · t · turns} of computing, and beyond it:
 * Spark's job and its tasks; the state on its way, block by block from executor to executor;
 * contributions to the driver, or from executor to executor and the next state to the driver;
 * averaging. The page on planning has the formulas and where the constants are from.
 */
public final class Forecast {
  /** A Spark job of a round, from its start to its end, without its tasks. */
  private static final double JOB_SECONDS = 25e-3;

  /** What a task takes of the driver's time: it is sent, and its result is taken. */
  private static final double TASK_SECONDS = 1.5e-3;

  /** What a task takes of its executor's time beside computing. */
  private static final double TASK_THERE_SECONDS = 8.5e-3;

  /** A byte written by Java's serialisation, or read. */
  private static final double BYTE_SECONDS = 0.8e-9;

  /** A broadcast's block, which an executor serves as soon as it has it. */
  private static final double BLOCK_BYTES = 1 << 20;

  /** Averagings that an epoch should have at least: with fewer, accuracy suffers. */
  private static final int LEAST_AVERAGINGS = 4;

  /** More executors pay as long as twice as many make it so many times as fast. */
  private static final double PAYS = 1.5;

  private static final int MOST_EXECUTORS = 100_000;

  private final TrainingPlan plan;
  private final long examples;
  private final Timing timing;
  private final double share;

  /**
   * A forecast.
   *
   * @param plan of which K and H are left open
   * @param examples of an epoch
   * @param share of the time that averaging may take, above 0 and below 1
   */
  public Forecast(TrainingPlan plan, long examples, Timing timing, double share) {
    this.plan = plan;
    this.examples = examples;
    this.timing = timing;
    this.share = share;
  }

  /** Forecasts rounds with a worker for each core, as far as there are examples. */
  public RoundForecast of(Cluster cluster) {
    return of(cluster, (int) Math.min(cluster.slots(), examples));
  }

  /** Forecasts rounds with so many workers, at the H that suits. */
  public RoundForecast of(Cluster cluster, int workers) {
    RoundForecast one = of(cluster, workers, 1);
    return of(cluster, workers, best(one));
  }

  /** Forecasts rounds with so many workers and steps. */
  public RoundForecast of(Cluster cluster, int workers, int steps) {
    Check.positive(workers, "Forecast.workers");
    int turns = (int) (((long) workers + cluster.slots() - 1) / cluster.slots());
    int busy = Math.min(workers, cluster.slots());
    double step = timing.stepSeconds() * turns * cluster.slowdown(busy);
    double driver = onDriver(cluster, workers);
    double sharded = onExecutors(cluster, workers);
    double beyond = Math.min(driver, sharded);
    double epochSteps = epochSteps(workers);
    double computing = epochSteps * step;
    double averaging = Math.max(1, epochSteps / steps) * beyond;
    return new RoundForecast(
        cluster,
        workers,
        step,
        beyond,
        sharded < driver,
        steps,
        computing + averaging,
        averaging / (computing + averaging));
  }

  private double epochSteps(int workers) {
    return Math.max(1, (double) examples / ((double) workers * plan.sampler().batchSize()));
  }

  private int best(RoundForecast at) {
    if (plan.averaging() == Averaging.GRADIENTS) {
      return 1;
    }
    double needed = at.beyondSeconds() * (1 - share) / (share * at.stepSeconds());
    double most = epochSteps(at.workers()) / LEAST_AVERAGINGS;
    return (int) Math.max(1, Math.floor(Math.min(Math.ceil(needed), most)));
  }

  /** Seconds of a round beyond computing, where the driver sums. */
  private double onDriver(Cluster cluster, int workers) {
    double received = (double) workers * plan.sentBytes();
    return JOB_SECONDS
        + workers * TASK_SECONDS
        + onEach(cluster, workers, TASK_THERE_SECONDS)
        + stateSeconds(cluster)
        + cluster.linkSeconds(received)
        + received * BYTE_SECONDS
        + workers * timing.foldSeconds()
        + timing.finishSeconds();
  }

  /** Returns the same where executors sum shards: two jobs more or less, and all links are used. */
  private double onExecutors(Cluster cluster, int workers) {
    int executors = cluster.executors();
    int shards = ShardSize.ofSums(plan, cluster.slots()).count();
    double each = Math.ceil((double) workers / executors) * plan.sentBytes();
    double moved = each * (executors - 1) / executors;
    int cores = cluster.processors() == 0 ? cluster.slots() : cluster.processors();
    double sums = workers * (timing.foldSeconds() + plan.sentBytes() * BYTE_SECONDS);
    return 2 * JOB_SECONDS
        + (workers + shards + 1) * TASK_SECONDS
        + onEach(cluster, workers + shards + 1, TASK_THERE_SECONDS)
        + stateSeconds(cluster)
        + cluster.linkSeconds(moved)
        + sums / Math.min(cores, shards)
        + each * BYTE_SECONDS
        + cluster.linkSeconds(plan.stateBytes())
        + plan.stateBytes() * BYTE_SECONDS
        + timing.finishSeconds();
  }

  /** Returns the seconds until every executor has the state. */
  private double stateSeconds(Cluster cluster) {
    double bytes = plan.stateBytes();
    double generations = StrictMath.log(cluster.executors() + 1) / StrictMath.log(2);
    double onItsWay = bytes + generations * Math.min(bytes, BLOCK_BYTES);
    double readings = 1 + cluster.slowdown(cluster.executors());
    return cluster.linkSeconds(onItsWay) + readings * bytes * BYTE_SECONDS;
  }

  /** Seconds of tasks that take so long each, as many at once as there are cores. */
  private static double onEach(Cluster cluster, int tasks, double seconds) {
    int cores = cluster.processors() == 0 ? cluster.slots() : cluster.processors();
    return seconds * Math.max(1, Math.ceil((double) tasks / cores));
  }

  /**
   * Executors from which on twice as many would make an epoch less than one and a half times as
   * fast.
   */
  public int enough(Cluster cluster) {
    int executors = 1;
    while (executors < MOST_EXECUTORS) {
      double now = of(cluster.of(executors)).epochSeconds();
      if (now < PAYS * of(cluster.of(2 * executors)).epochSeconds()) {
        return executors;
      }
      executors++;
    }
    return executors;
  }
}
