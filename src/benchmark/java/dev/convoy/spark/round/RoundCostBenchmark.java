package dev.convoy.spark.round;

import dev.convoy.config.JobReader;
import dev.convoy.image.ImageBlock;
import dev.convoy.image.Normalization;
import dev.convoy.kernel.Kernels;
import dev.convoy.nn.Network;
import dev.convoy.optim.Sgd;
import dev.convoy.random.Purpose;
import dev.convoy.random.SeededRandom;
import dev.convoy.spark.SparkSettings;
import dev.convoy.tensor.Shape;
import dev.convoy.train.Trainer;
import dev.convoy.train.round.State;
import dev.convoy.train.round.TrainingPlan;
import dev.convoy.train.sampling.Sampler;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Times what Spark adds to computing. LeNet-5 under {@code local[2]}, two workers of batch 64:
 * rounds of 32 steps in turn with empty jobs of two tasks, and what a round takes beyond its
 * slowest worker's computing. ResNet-20 on 3x32x32: images a second of two workers under {@code
 * local[2]} against one worker under {@code local[1]}, in turn, and of threads without Spark.
 */
public final class RoundCostBenchmark {
  private static final int BATCH = 64;

  /** Of Fashion-MNIST. */
  private static final int EPOCH_EXAMPLES = 60_000;

  private static final int AVERAGINGS_AN_EPOCH = 4;

  /** Rounds until times stay the same: the compiler takes this long to come to the scheduler. */
  private static final int WARM_UP_ROUNDS = 300;

  private static final int ROUNDS = 300;

  /** Of 16 steps: in the first few the compiler still needs a core. */
  private static final int RESNET_WARM_UP_ROUNDS = 4;

  private static final int RESNET_ROUNDS = 12;

  /** The memory that two workers share is now quicker, now slower. */
  private static final int REPETITIONS = 5;

  private RoundCostBenchmark() {}

  /** Takes {@code lenet5} or {@code resnet20}; both without an argument. */
  public static void main(String[] args) throws IOException {
    System.out.printf(
        "JDK %s, %s, kernels %s%n",
        Runtime.version(),
        ManagementFactory.getGarbageCollectorMXBeans().get(0).getName(),
        Kernels.chosen().description());
    List<String> networks = args.length == 0 ? List.of("lenet5", "resnet20") : List.of(args);
    if (networks.contains("lenet5")) {
      lenet5();
    }
    if (networks.contains("resnet20")) {
      resnet20();
    }
  }

  private static void lenet5() throws IOException {
    TrainingPlan plan = plan(network("lenet5", Shape.of(1, 28, 28)), 2, 32, WARM_UP_ROUNDS);
    try (JavaSparkContext spark = spark(2)) {
      RoundClock clock = new RoundClock(spark);
      run(spark, plan, clock);
      clock.print("LeNet-5, 32 steps a round, first " + WARM_UP_ROUNDS + " rounds");
      clock = new RoundClock(spark);
      run(spark, plan(plan.network(), 2, 32, ROUNDS), clock);
      clock.print("LeNet-5, 32 steps a round, warm");
      double steps = EPOCH_EXAMPLES / 2.0 / BATCH;
      double compute = clock.computeSeconds() / 32 * steps;
      double beyond = AVERAGINGS_AN_EPOCH * clock.beyondSeconds();
      System.out.printf(
          "  an epoch of Fashion-MNIST (%.0f steps) with %d averagings: Spark's share %.2f%%%n",
          steps, AVERAGINGS_AN_EPOCH, 100 * beyond / (compute + beyond));
    }
  }

  private static void resnet20() throws IOException {
    Network network = network("resnet20", Shape.of(3, 32, 32));
    double[] one = new double[REPETITIONS];
    double[] two = new double[REPETITIONS];
    double[] share = new double[REPETITIONS];
    double[] times = new double[REPETITIONS];
    double[] bareTimes = new double[REPETITIONS];
    for (int i = 0; i < REPETITIONS; i++) {
      one[i] = resnet20(network, 1).imagesPerSecond();
      RoundClock clock = resnet20(network, 2);
      two[i] = clock.imagesPerSecond();
      share[i] = clock.beyondSeconds() / (clock.beyondSeconds() + clock.computeSeconds());
      times[i] = two[i] / one[i];
      double bare = bare(network, 1);
      double bareTwo = bare(network, 2);
      bareTimes[i] = bareTwo / bare;
      System.out.printf(
          "  local[1] %.1f images/s, local[2] %.1f = %.2f times, Spark's share %.2f%%; without Spark"
              + " one thread %.1f, two %.1f = %.2f times%n",
          one[i], two[i], times[i], 100 * share[i], bare, bareTwo, bareTimes[i]);
    }
    System.out.printf(
        "ResNet-20, 16 steps a round, medians: local[1], 1 worker %.1f images/s; local[2], 2 workers"
            + " %.1f; %.2f times that; Spark's share %.2f%%; two threads without Spark %.2f times"
            + " one%n",
        median(one), median(two), median(times), 100 * median(share), median(bareTimes));
  }

  private static double bare(Network network, int threads) {
    TrainingPlan plan = plan(network, threads, 16, RESNET_ROUNDS);
    return BareWorkers.imagesPerSecond(
        plan,
        partition -> block(plan.sampler(), network.input(), partition),
        RESNET_WARM_UP_ROUNDS,
        RESNET_ROUNDS);
  }

  private static RoundClock resnet20(Network network, int workers) {
    try (JavaSparkContext spark = spark(workers)) {
      RoundClock clock = new RoundClock(spark);
      run(spark, plan(network, workers, 16, RESNET_WARM_UP_ROUNDS), clock);
      clock = new RoundClock(spark);
      run(spark, plan(network, workers, 16, RESNET_ROUNDS), clock);
      return clock;
    }
  }

  private static JavaSparkContext spark(int cores) {
    return new JavaSparkContext(
        SparkSettings.apply(new SparkConf())
            .setMaster("local[" + cores + "]")
            .setAppName("cost of a round")
            .set("spark.ui.enabled", "false")
            .set("spark.log.level", "ERROR"));
  }

  private static void run(JavaSparkContext spark, TrainingPlan plan, RoundClock clock) {
    JavaRDD<ImageBlock> blocks = blocks(spark, plan);
    blocks.count();
    try (SparkRounds rounds = new SparkRounds(spark, plan, TrainingBlocks.always(blocks))) {
      clock.start();
      State first = State.initial(plan, plan.network().initialWeights(plan.seed()));
      new Trainer(plan, rounds, null, clock, () -> false).run(first);
    }
    blocks.unpersist(true);
  }

  private static Network network(String name, Shape input) throws IOException {
    String file = "conf/networks/" + name + ".yaml";
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      Network network =
          JobReader.read(
                  in,
                  file,
                  List.of(
                      "network.input=" + input,
                      "data.normalize.mean=" + ones(input),
                      "data.normalize.std=" + ones(input)))
              .network();
      return network;
    }
  }

  private static String ones(Shape input) {
    float[] ones = new float[input.channels()];
    Arrays.fill(ones, 1);
    return Arrays.toString(ones);
  }

  /** As many images as so many rounds use, of noise. */
  private static TrainingPlan plan(Network network, int workers, int steps, int rounds) {
    int imageBytes = network.input().size();
    int inBlock = Math.min(rounds, Math.max(1, (16 << 20) / (BATCH * steps * imageBytes)));
    int epochs = (rounds + inBlock - 1) / inBlock;
    return TrainingPlan.builder(
            network,
            Sgd.of(0.001f, 0.9f),
            Sampler.of(
                inBlock * workers * BATCH * steps, workers, BATCH, steps, true, 1, imageBytes))
        .normalization(Normalization.none(network.input().channels()))
        .seed(1)
        .epochs(epochs)
        .build();
  }

  /** Made where they are cached, so that they do not travel with every task. */
  private static JavaRDD<ImageBlock> blocks(JavaSparkContext spark, TrainingPlan plan) {
    Sampler sampler = plan.sampler();
    Shape shape = plan.network().input();
    List<Integer> partitions = IntStream.range(0, sampler.partitions()).boxed().toList();
    return spark
        .parallelize(partitions, partitions.size())
        .map(partition -> block(sampler, shape, partition))
        .cache();
  }

  private static ImageBlock block(Sampler sampler, Shape shape, int partition) {
    SeededRandom random = SeededRandom.of(7, Purpose.DEAL, partition);
    int[] ids = sampler.ids(partition);
    byte[] pixels = new byte[ids.length * shape.size()];
    int[] labels = new int[ids.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) random.nextLong();
    }
    for (int i = 0; i < labels.length; i++) {
      labels[i] = random.nextInt(10);
    }
    return new ImageBlock(shape, ids, labels, pixels);
  }

  public static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
