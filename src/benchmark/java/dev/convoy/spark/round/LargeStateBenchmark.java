package dev.convoy.spark.round;

import dev.convoy.image.ImageBlock;
import dev.convoy.image.Normalization;
import dev.convoy.nn.Network;
import dev.convoy.nn.layer.Dense;
import dev.convoy.nn.layer.Flatten;
import dev.convoy.nn.layer.Relu;
import dev.convoy.optim.Sgd;
import dev.convoy.random.Purpose;
import dev.convoy.random.SeededRandom;
import dev.convoy.spark.SparkSettings;
import dev.convoy.tensor.Shape;
import dev.convoy.train.RoundResult;
import dev.convoy.train.Trainer;
import dev.convoy.train.TrainingListener;
import dev.convoy.train.round.RoundRunner;
import dev.convoy.train.round.State;
import dev.convoy.train.round.TrainingPlan;
import dev.convoy.train.sampling.Sampler;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.status.api.v1.ExecutorSummary;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Times rounds of a network of wide dense layers whose state is large, in local-cluster mode, and
 * says which memory they took. Its arguments are the units of its two layers, workers, rounds, the
 * master, and driver or sharded.
 */
public final class LargeStateBenchmark {
  private static final int BATCH = 16;
  private static final Shape IMAGE = Shape.of(1, 28, 28);

  private LargeStateBenchmark() {}

  /** As above. */
  public static void main(String[] args) {
    int units = Integer.parseInt(args[0]);
    int workers = Integer.parseInt(args[1]);
    int rounds = Integer.parseInt(args[2]);
    boolean sharded = args[4].equals("sharded");
    Network network =
        Network.of(
            IMAGE,
            new Flatten(),
            Dense.of(units),
            new Relu(),
            Dense.of(units),
            new Relu(),
            Dense.of(10));
    TrainingPlan plan =
        TrainingPlan.builder(
                network,
                Sgd.of(0.001f, 0),
                Sampler.of(workers * BATCH * rounds, workers, BATCH, 1, true, 1, IMAGE.size()))
            .normalization(Normalization.none(1))
            .seed(1)
            .build();
    System.out.printf(
        "%,d parameters, %d workers, %s, %s, driver's heap %,d MB%n",
        network.parameterCount(),
        workers,
        args[3],
        args[4],
        Runtime.getRuntime().maxMemory() >> 20);
    try (JavaSparkContext spark = spark(args[3])) {
      JavaRDD<ImageBlock> images = blocks(spark, plan.sampler());
      images.count();
      TrainingBlocks blocks = TrainingBlocks.always(images);
      try (RoundRunner runner =
          sharded
              ? new ShardedRounds(
                  spark, plan, blocks, ShardSize.ofSums(plan, spark.defaultParallelism()), true)
              : new SparkRounds(spark, plan, blocks)) {
        new Trainer(plan, runner, null, new Printer(), () -> false)
            .run(new State(network.initialWeights(1), new float[0], 0, 0));
      }
      memory(spark);
    }
  }

  private static JavaSparkContext spark(String master) {
    // Executors run in folders of their own.
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(path -> Path.of(path).toAbsolutePath().toString())
            .collect(Collectors.joining(File.pathSeparator));
    return new JavaSparkContext(
        SparkSettings.apply(new SparkConf())
            .setMaster(master)
            .setAppName("large state")
            .set("spark.ui.enabled", "false")
            .set("spark.log.level", "WARN")
            .set("spark.executor.metrics.pollingInterval", "100")
            // Broadcast states else take the heap that workers need.
            .setIfMissing("spark.memory.fraction", "0.3")
            .set("spark.executor.memory", master.replaceAll(".*,(\\d+)]", "$1m"))
            .set("spark.executor.extraClassPath", classPath)
            .set(
                "spark.executor.extraJavaOptions",
                "-XX:+UseParallelGC --add-modules=jdk.incubator.vector"));
  }

  /** Made where they are cached. */
  private static JavaRDD<ImageBlock> blocks(JavaSparkContext spark, Sampler sampler) {
    List<Integer> partitions = IntStream.range(0, sampler.partitions()).boxed().toList();
    return spark
        .parallelize(partitions, partitions.size())
        .map(partition -> block(sampler, partition))
        .cache();
  }

  private static ImageBlock block(Sampler sampler, int partition) {
    SeededRandom random = SeededRandom.of(7, Purpose.DEAL, partition);
    int[] ids = sampler.ids(partition);
    byte[] pixels = new byte[ids.length * IMAGE.size()];
    int[] labels = new int[ids.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) random.nextLong();
    }
    for (int i = 0; i < labels.length; i++) {
      labels[i] = random.nextInt(10);
    }
    return new ImageBlock(IMAGE, ids, labels, pixels);
  }

  private static void memory(JavaSparkContext spark) {
    for (ExecutorSummary executor :
        CollectionConverters.asJava(spark.sc().statusStore().executorList(true))) {
      if (executor.peakMemoryMetrics().isDefined()) {
        System.out.printf(
            "executor %s: heap at most %,d MB%n",
            executor.id(),
            executor.peakMemoryMetrics().get().getMetricValue("JVMHeapMemory") >> 20);
      }
    }
  }

  /** Prints a line a round. */
  private static final class Printer implements TrainingListener {
    @Override
    public void onRound(RoundResult round) {
      System.out.printf(
          "round %d: %.1f s, of which computing %.1f, waiting %.1f, averaging %.1f; weights %s%n",
          round.round(),
          round.time().seconds(),
          round.time().computeSeconds(),
          round.time().waitSeconds(),
          round.time().averageSeconds(),
          round.weightsSha256().substring(0, 16));
    }
  }
}
