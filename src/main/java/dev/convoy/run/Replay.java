package dev.convoy.run;

import dev.convoy.config.Job;
import dev.convoy.config.JobReader;
import dev.convoy.config.binding.TreeText;
import dev.convoy.image.DataException;
import dev.convoy.image.ImageBlock;
import dev.convoy.kernel.Kernels;
import dev.convoy.model.CheckpointFolder;
import dev.convoy.model.DamagedCheckpointException;
import dev.convoy.nn.Weights;
import dev.convoy.report.GradientNorms;
import dev.convoy.report.RoundLog;
import dev.convoy.spark.block.BlockList;
import dev.convoy.spark.block.BlockRdd;
import dev.convoy.spark.file.HadoopFiles;
import dev.convoy.spark.format.DataAccess;
import dev.convoy.spark.format.ReadImages;
import dev.convoy.spark.use.SparkEvaluator;
import dev.convoy.tensor.Check;
import dev.convoy.train.Checkpoint;
import dev.convoy.train.RoundResult;
import dev.convoy.train.Trainer;
import dev.convoy.train.TrainingListener;
import dev.convoy.train.fault.NonFinite;
import dev.convoy.train.round.Averaging;
import dev.convoy.train.round.Contribution;
import dev.convoy.train.round.LocalRounds;
import dev.convoy.train.round.RoundBefore;
import dev.convoy.train.round.TrainingPlan;
import dev.convoy.train.round.Worker;
import dev.convoy.train.sampling.Assignment;
import dev.convoy.train.sampling.Sampler;
import dev.convoy.train.score.Evaluation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/**
 * A worker's part of a round, done again in this process: reads a run, and changes nothing of it.
 */
public final class Replay {
  private final HadoopFiles files;
  private final OutputFolder output;
  private final String path;
  private final int round;
  private final int worker;
  private final RoundLog log;

  /** Checkpoints before the round, newest first. */
  private final List<String> kept;

  private final Job job;
  private @Nullable TrainingInput input;

  /** The run's, of rounds as the checkpoint has them: nothing is measured again. */
  private @Nullable TrainingPlan plan;

  private @Nullable BlockRdd images;
  private @Nullable Sampler sampler;
  private List<ImageBlock> blocks = List.of();

  private Replay(
      HadoopFiles files, String path, int round, int worker, RoundLog log, List<String> overrides)
      throws IOException {
    this.files = files;
    this.path = path;
    this.round = round;
    this.worker = worker;
    this.log = log;
    output = new OutputFolder(files, path);
    kept = output.checkpoints().newestFirst(round - 1);
    if (kept.isEmpty()) {
      throw new WrongInputException(noCheckpoint());
    }
    job = job(overrides);
    int workers = job.distribution().workers();
    if (worker < 0 || worker >= workers) {
      throw new WrongInputException(
          path + ": the worker must be 0 to " + (workers - 1) + ", but was " + worker);
    }
  }

  /**
   * Finds all that a replay needs but the data.
   *
   * @param path of the run's output folder
   * @param round of the whole training, from 1
   * @param worker from 0
   * @param overrides of the run's job, as in {@code data.train.path=copy}
   * @throws WrongInputException if the run has no such round or worker, or keeps no checkpoint
   *     before it
   */
  public static Replay prepare(
      HadoopFiles files, String path, int round, int worker, List<String> overrides)
      throws IOException {
    String metrics = new OutputFolder(files, path).in(OutputFolder.METRICS);
    RoundLog log = log(files, metrics);
    if (log.lastRound() == 0) {
      throw new WrongInputException(
          metrics
              + ": must be a run's metrics, but "
              + (log.isDamaged() ? "is damaged before its first round" : "holds no round"));
    } else if (round < 1 || round > log.lastRound()) {
      throw new WrongInputException(
          path
              + ": the round must be 1 to "
              + log.lastRound()
              + ", but was "
              + round
              + (log.isDamaged() ? "; " + metrics + " is damaged after that" : ""));
    }
    return new Replay(files, path, round, worker, log, overrides);
  }

  private static RoundLog log(HadoopFiles files, String metrics) throws IOException {
    try (InputStream in = files.open(metrics)) {
      return RoundLog.read(in);
    } catch (DataException e) {
      throw new WrongInputException(metrics + ": must be a run's metrics, but can't be read");
    }
  }

  private String noCheckpoint() throws IOException {
    List<String> all = output.checkpoints().newestFirst();
    return path
        + ": a checkpoint of a round before "
        + round
        + " is needed, but "
        + (all.isEmpty() ? "none is kept" : "the first that is kept is " + all.get(all.size() - 1))
        + "; checkpoint.keep keeps more";
  }

  /** Returns the job that the newest checkpoint that is whole was written by. */
  private Job job(List<String> overrides) throws IOException {
    DamagedCheckpointException damaged = null;
    for (String checkpoint : kept) {
      try {
        String json = TreeText.json(CheckpointFolder.describe(files, checkpoint).run().job());
        InputStream in = new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
        return JobReader.read(in, checkpoint + "/" + CheckpointFolder.DESCRIPTION, overrides);
      } catch (DamagedCheckpointException e) {
        damaged = damaged == null ? e : damaged;
      }
    }
    throw damaged;
  }

  /**
   * Trains from the checkpoint to the round, and does the worker's part of it.
   *
   * @param spark asked for where it is needed
   * @throws UncheckedIOException if the weights on the way are not those that were logged
   */
  public ReplayResult run(Supplier<JavaSparkContext> spark, RunListener listener)
      throws IOException {
    TrainingInput input = TrainingInput.read(path, job, new DataAccess(files, spark));
    Checkpoint from =
        Check.present(
            new Resumption(files, input, output.checkpoints()).find(kept, listener),
            "The checkpoint before the round");
    TrainingPlan plan = from.followed(input.plan());
    this.input = input;
    this.plan = plan;
    RoundBefore rounds =
        new RoundBefore(
            new LocalRounds(plan, this::blocks, Kernels.chosen()), round, log.rollbacks(round));
    try {
      new Trainer(plan, rounds, watched(spark.get()), new Comparison(from), () -> false).run(from);
    } catch (RoundBefore.Reached reached) {
      return replay(reached);
    }
    throw new WrongInputException(
        path + ": round " + round + " is beyond the rounds of the job that its checkpoint names");
  }

  /** Returns the blocks of an epoch; those of the last sampler are kept. */
  private List<ImageBlock> blocks(int epoch) {
    Sampler now = plan().sampler().in(epoch);
    if (!now.equals(sampler)) {
      sampler = now;
      images = images == null ? input().trainingBlocks() : images;
      blocks = new BlockList(images.sampled(now));
    }
    return blocks;
  }

  private TrainingInput input() {
    return Check.present(input, "Replay.input");
  }

  private TrainingPlan plan() {
    return Check.present(plan, "Replay.plan");
  }

  /** Returns what evaluates after each epoch, as later rates may depend on it. */
  private @Nullable Function<Weights, Evaluation> watched(JavaSparkContext spark) {
    TrainingPlan plan = plan();
    JobImages images = input().images();
    ReadImages watched = images.validation() == null ? images.test() : images.validation();
    return watched == null
        ? null
        : new SparkEvaluator(
            spark,
            plan.network(),
            plan.normalization(),
            plan.loss(),
            watched.blocks().inOrder("watched images", watched.summary().count()));
  }

  private ReplayResult replay(RoundBefore.Reached at) {
    TrainingPlan plan = plan();
    Assignment assignment = plan.assignment(at.epoch(), at.roundInEpoch(), worker);
    GradientNorms norms =
        new GradientNorms(plan.network(), plan.averaging() == Averaging.GRADIENTS);
    ImageBlock block = assignment.isIdle() ? null : blocks(at.epoch()).get(assignment.partition());
    Contribution contribution =
        new Worker(plan, Kernels.chosen(), norms).run(at.state(), assignment, block);
    RoundLog.Entry logged = log.entry(log.rollbacks(round), round);
    return new ReplayResult(
        at.epoch(),
        at.roundInEpoch(),
        plan.roundsPerEpoch(at.epoch()),
        norms,
        contribution,
        Optional.ofNullable(logged)
            .map(RoundLog.Entry::contributions)
            .filter(contributions -> contributions.size() > worker)
            .map(contributions -> contributions.get(worker)));
  }

  /** Compares the weights after each round that leads there with those of the log. */
  private final class Comparison implements TrainingListener {
    private int rollbacks;

    Comparison(Checkpoint from) {
      rollbacks = from.state().rollbacks();
    }

    @Override
    public void onRound(RoundResult result) {
      RoundLog.Entry logged = log.entry(rollbacks, result.round());
      if (logged != null
          && logged.weightsSha256() != null
          && !logged.weightsSha256().equals(result.weightsSha256())) {
        throw new UncheckedIOException(
            path
                + ": the weights after round "
                + result.round()
                + " must be "
                + logged.weightsSha256()
                + ", as logged, but were "
                + result.weightsSha256(),
            new IOException("the log differs"));
      }
    }

    @Override
    public void onNonFinite(NonFinite event) {
      rollbacks++;
    }
  }
}
