package dev.convoy.spark.round;

import dev.convoy.image.ImageBlock;
import dev.convoy.image.Normalization;
import dev.convoy.kernel.Kernels;
import dev.convoy.nn.Network;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.Dense;
import dev.convoy.nn.layer.Flatten;
import dev.convoy.nn.layer.MaxPool2d;
import dev.convoy.nn.layer.Padding;
import dev.convoy.nn.layer.Relu;
import dev.convoy.optim.Sgd;
import dev.convoy.random.Purpose;
import dev.convoy.random.SeededRandom;
import dev.convoy.spark.SparkSettings;
import dev.convoy.tensor.Shape;
import dev.convoy.train.round.Contribution;
import dev.convoy.train.round.LocalRounds;
import dev.convoy.train.round.RoundRunner;
import dev.convoy.train.round.State;
import dev.convoy.train.round.TrainingPlan;
import dev.convoy.train.sampling.Sampler;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Times LeNet-5's training, batch 64, in turn: one worker on one thread without Spark, and two
 * workers under {@code local[2]}, 32 steps a round. Prints medians and what Spark keeps of twice
 * the first, once warm and in the first rounds of the process.
 */
public final class LenetBenchmark {
  private static final int BATCH = 64;
  private static final int STEPS = 32;
  private static final int ROUNDS = 40;
  private static final int REPETITIONS = 9;

  /**
   * Rounds until times stay the same. Spark's scheduler runs some thousand lines once a round, so
   * the compiler takes this long to come to them.
   */
  private static final int WARM_UP_ROUNDS = 300;

  private LenetBenchmark() {}

  public static void main(String[] args) {
    SparkConf conf =
        SparkSettings.apply(new SparkConf())
            .setMaster("local[2]")
            .setAppName("LeNet-5 benchmark")
            .set("spark.ui.enabled", "false")
            .set("spark.log.level", "ERROR");
    System.out.printf(
        "JDK %s, %s, kernels %s, LeNet-5, batch %d, %d steps a round, %d rounds a repetition%n",
        Runtime.version(),
        ManagementFactory.getGarbageCollectorMXBeans().get(0).getName(),
        Kernels.chosen().description(),
        BATCH,
        STEPS,
        ROUNDS);
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      TrainingPlan one = plan(1);
      TrainingPlan two = plan(2);
      RoundRunner local = new LocalRounds(one, blocks(one.sampler()), Kernels.chosen());
      try (SparkRounds distributed =
          new SparkRounds(spark, two, TrainingBlocks.always(blocks(spark, two.sampler())))) {
        double[] engine = new double[REPETITIONS];
        double[] cluster = new double[REPETITIONS];
        double engineCold = measure(one, local, ROUNDS);
        double clusterCold = measure(two, distributed, ROUNDS);
        System.out.printf(
            "first %d rounds: one thread %,.0f images/s, local[2] %,.0f%n",
            ROUNDS, engineCold, clusterCold);
        measure(one, local, 3 * ROUNDS);
        measure(two, distributed, WARM_UP_ROUNDS);
        for (int i = 0; i < REPETITIONS; i++) {
          engine[i] = measure(one, local, ROUNDS);
          cluster[i] = measure(two, distributed, ROUNDS);
          System.out.printf(
              "  %d: one thread %,.0f images/s, local[2] %,.0f%n", i + 1, engine[i], cluster[i]);
        }
        double engineMedian = median(engine);
        double clusterMedian = median(cluster);
        System.out.printf(
            "median: one thread %,.0f images/s; local[2], 2 workers %,.0f images/s = %.0f%% of"
                + " twice that%n",
            engineMedian, clusterMedian, 50 * clusterMedian / engineMedian);
      }
    }
  }

  /** Images a second over so many rounds, averaging and all. */
  private static double measure(TrainingPlan plan, RoundRunner rounds, int count) {
    State state = State.initial(plan, plan.network().initialWeights(plan.seed()));
    long images = 0;
    long start = System.nanoTime();
    for (int round = 0; round < count; round++) {
      int inEpoch = round % plan.sampler().roundsPerEpoch() + 1;
      List<Contribution> contributions = rounds.run(state, 1, inEpoch);
      state = plan.averaging().apply(plan, state, contributions);
      images += contributions.stream().mapToLong(Contribution::examples).sum();
    }
    return images / ((System.nanoTime() - start) * 1e-9);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static TrainingPlan plan(int workers) {
    Network network =
        Network.of(
            Shape.of(1, 28, 28),
            Conv2d.of(6, 5).withPadding(Padding.SAME),
            new Relu(),
            MaxPool2d.of(2, 2),
            Conv2d.of(16, 5),
            new Relu(),
            MaxPool2d.of(2, 2),
            new Flatten(),
            Dense.of(120),
            new Relu(),
            Dense.of(84),
            new Relu(),
            Dense.of(10));
    int examples = workers * BATCH * STEPS * 4;
    return TrainingPlan.builder(
            network,
            Sgd.of(0.001f, 0.9f),
            Sampler.of(examples, workers, BATCH, STEPS, true, 1, network.input().size()))
        .normalization(Normalization.none(1))
        .seed(1)
        .build();
  }

  /** Made where they are cached, so that they do not travel with every task. */
  private static JavaRDD<ImageBlock> blocks(JavaSparkContext spark, Sampler sampler) {
    List<Integer> workers = IntStream.range(0, sampler.workers()).boxed().toList();
    return spark.parallelize(workers, sampler.workers()).map(k -> blocks(sampler).get(k)).cache();
  }

  private static List<ImageBlock> blocks(Sampler sampler) {
    Shape shape = Shape.of(1, 28, 28);
    SeededRandom random = SeededRandom.of(7, Purpose.DEAL);
    List<ImageBlock> blocks = new ArrayList<>();
    for (int worker = 0; worker < sampler.workers(); worker++) {
      int size = sampler.share(worker);
      byte[] pixels = new byte[size * shape.size()];
      int[] labels = new int[size];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = (byte) random.nextLong();
      }
      for (int i = 0; i < size; i++) {
        labels[i] = random.nextInt(10);
      }
      blocks.add(new ImageBlock(shape, new int[size], labels, pixels));
    }
    return blocks;
  }
}
