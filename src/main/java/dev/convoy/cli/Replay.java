package dev.convoy.cli;

import dev.convoy.image.ImageBlock;
import dev.convoy.kernel.Kernels;
import dev.convoy.nn.Weights;
import dev.convoy.report.GradientNorms;
import dev.convoy.report.Numbers;
import dev.convoy.report.RoundLog;
import dev.convoy.spark.block.BlockList;
import dev.convoy.spark.block.BlockRdd;
import dev.convoy.spark.use.SparkEvaluator;
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
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.apache.spark.api.java.JavaSparkContext;

/** A worker's part of a round, done again in this process. */
final class Replay {
  private final TrainingInput input;

  /** The run's, of rounds as the checkpoint has them: nothing is measured again. */
  private TrainingPlan plan;

  private BlockRdd images;
  private Sampler dealt;
  private List<ImageBlock> blocks;

  private final RoundLog log;
  private final String path;
  private final int round;
  private final int worker;
  private final PrintStream out;

  /**
   * A replay.
   *
   * @param log of the run
   * @param path of the run, for errors
   * @param round from 1
   * @param worker from 0
   */
  Replay(TrainingInput input, RoundLog log, String path, int round, int worker, PrintStream out) {
    this.input = input;
    this.log = log;
    this.path = path;
    this.round = round;
    this.worker = worker;
    this.out = out;
  }

  /** Replays from a checkpoint before the round. Returns the exit status. */
  int run(JavaSparkContext spark, Checkpoint from) {
    plan = from.followed(input.plan());
    RoundBefore rounds =
        new RoundBefore(
            new LocalRounds(plan, this::blocks, Kernels.chosen()), round, log.rollbacks(round));
    try {
      new Trainer(plan, rounds, test(spark), new Comparison(from), () -> false).run(from);
    } catch (RoundBefore.Reached reached) {
      return replay(reached);
    }
    throw new WrongInputException(
        path + ": round " + round + " is beyond the rounds of the job that its checkpoint names");
  }

  /** Those of an epoch, of which the last sampler's are kept. */
  private List<ImageBlock> blocks(int epoch) {
    Sampler now = plan.sampler().in(epoch);
    if (!now.equals(dealt)) {
      dealt = now;
      images = images == null ? input.trainingBlocks() : images;
      blocks = new BlockList(images.sampled(now));
    }
    return blocks;
  }

  private Function<Weights, Evaluation> test(JavaSparkContext spark) {
    return input.test() == null
        ? null
        : new SparkEvaluator(
            spark,
            plan.network(),
            plan.normalization(),
            plan.loss(),
            input.images().test().blocks().inOrder("test images", input.test().count()));
  }

  private int replay(RoundBefore.Reached at) {
    Assignment assignment = plan.assignment(at.epoch(), at.roundInEpoch(), worker);
    out.println(
        "Round "
            + round
            + " (epoch "
            + at.epoch()
            + ", round "
            + at.roundInEpoch()
            + " of "
            + plan.roundsPerEpoch(at.epoch())
            + "), worker "
            + worker);
    GradientNorms norms =
        new GradientNorms(plan.network(), plan.averaging() == Averaging.GRADIENTS);
    ImageBlock block = assignment.isIdle() ? null : blocks(at.epoch()).get(assignment.partition());
    Contribution contribution =
        new Worker(plan, Kernels.chosen(), norms).run(at.state(), assignment, block);
    norms.steps().forEach(out::println);
    out.println();
    norms.layers().forEach(out::println);
    out.println();
    out.println(
        Numbers.count(contribution.examples())
            + " images, loss "
            + Numbers.share(contribution.lossSum() / contribution.weight()));
    if (contribution.failure() != null) {
      out.println("Not finite: " + contribution.failure());
    }
    return compare(contribution);
  }

  private int compare(Contribution contribution) {
    RoundLog.Entry logged = log.entry(log.rollbacks(round), round);
    String hash = contribution.hashText();
    if (logged == null || logged.contributions().size() <= worker) {
      out.println("Contribution " + hash + ": none is logged to compare it with");
      return Failure.DONE;
    }
    String before = logged.contributions().get(worker);
    if (Objects.equals(before, hash)) {
      out.println("Contribution " + hash + ": as it was logged");
      return Failure.DONE;
    }
    System.err.println(
        "convoy: "
            + path
            + ": the contribution must be "
            + before
            + ", as logged, but was "
            + hash);
    return Failure.OTHER;
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
