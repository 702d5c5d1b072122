package dev.convoy.spark.forecast;

import dev.convoy.config.Job;
import dev.convoy.config.JobReader;
import dev.convoy.image.ImageBlock;
import dev.convoy.random.Purpose;
import dev.convoy.random.SeededRandom;
import dev.convoy.spark.SparkSettings;
import dev.convoy.spark.round.RoundCostBenchmark;
import dev.convoy.spark.round.SparkRounds;
import dev.convoy.spark.round.TrainingBlocks;
import dev.convoy.tensor.Shape;
import dev.convoy.train.RoundResult;
import dev.convoy.train.Trainer;
import dev.convoy.train.TrainingListener;
import dev.convoy.train.round.RoundTime;
import dev.convoy.train.round.State;
import dev.convoy.train.round.TrainingPlan;
import dev.convoy.train.sampling.Sampler;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Compares what a forecast says of executors on this machine with rounds in local-cluster mode, on
 * images of noise. Its arguments are jobs.
 */
public final class PlanBenchmark {
  private static final int[] EXECUTORS = {1, 2, 4};
  private static final int STEPS = 16;
  private static final double ROUND_SECONDS = 0.1;
  private static final int WARM_ROUNDS = 150;
  private static final int ROUNDS = 40;

  private PlanBenchmark() {}

  /** As above. */
  public static void main(String[] args) throws IOException {
    System.out.println(
        "| job | executors | step | predicted | a round beyond computing | predicted | images/s |"
            + " predicted |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    for (String job : args) {
      compare(job);
    }
  }

  private static void compare(String file) throws IOException {
    int processors = Runtime.getRuntime().availableProcessors();
    int examples = plan(file, 1, STEPS, 1000).sampler().batchSize() * STEPS;
    Timing timing = StepTimer.time(plan(file, 1, STEPS, examples), 1);
    int steps = (int) Math.max(1, Math.min(STEPS, ROUND_SECONDS / timing.stepSeconds()));
    System.err.printf(
        Locale.ROOT,
        "%s: a step %.2f ms, %d of them a round; averaging %.3f ms a contribution, %.3f ms a round;"
            + " state %,d bytes%n",
        file,
        1e3 * timing.stepSeconds(),
        steps,
        1e3 * timing.foldSeconds(),
        1e3 * timing.finishSeconds(),
        plan(file, 1, STEPS, examples).stateBytes());
    for (int executors : EXECUTORS) {
      TrainingPlan plan = plan(file, executors, steps, 1);
      int batch = plan.sampler().batchSize();
      plan = plan(file, executors, steps, executors * batch * steps);
      List<RoundTime> times = run(plan, executors);
      Cluster cluster = new Cluster(executors, 1, 10, processors);
      RoundForecast predicted =
          new Forecast(plan, plan.sampler().examples(), timing, 0.05).of(cluster, executors, steps);
      double step = median(times, RoundTime::computeSeconds) / steps;
      double beyond = median(times, t -> t.waitSeconds() + t.averageSeconds());
      double images = executors * batch * steps;
      System.out.printf(
          Locale.ROOT,
          "| %s | %d | %.2f ms | %.2f ms | %.1f ms | %.1f ms | %,.0f | %,.0f |%n",
          Path.of(file).getFileName(),
          executors,
          1e3 * step,
          1e3 * predicted.stepSeconds(),
          1e3 * beyond,
          1e3 * predicted.beyondSeconds(),
          images / (steps * step + beyond),
          images / (steps * predicted.stepSeconds() + predicted.beyondSeconds()));
    }
  }

  private static List<RoundTime> run(TrainingPlan plan, int executors) {
    List<RoundTime> times = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onRound(RoundResult round) {
            times.add(round.time());
          }
        };
    try (JavaSparkContext spark = spark(executors)) {
      JavaRDD<ImageBlock> blocks = blocks(spark, plan);
      blocks.count();
      try (SparkRounds rounds = new SparkRounds(spark, plan, TrainingBlocks.always(blocks))) {
        new Trainer(plan, rounds, null, listener, () -> times.size() >= WARM_ROUNDS + ROUNDS)
            .run(State.initial(plan, plan.network().initialWeights(plan.seed())));
      }
    }
    return times.subList(WARM_ROUNDS, times.size());
  }

  private static double median(List<RoundTime> times, ToDoubleFunction<RoundTime> of) {
    return RoundCostBenchmark.median(times.stream().mapToDouble(of).toArray());
  }

  private static JavaSparkContext spark(int executors) {
    // Executors run in folders of their own.
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(path -> Path.of(path).toAbsolutePath().toString())
            .collect(Collectors.joining(File.pathSeparator));
    return new JavaSparkContext(
        SparkSettings.apply(new SparkConf())
            .setMaster("local-cluster[" + executors + ",1,1024]")
            .setAppName("plan")
            .set("spark.ui.enabled", "false")
            .set("spark.log.level", "ERROR")
            .set("spark.executor.memory", "1g")
            .set("spark.executor.extraClassPath", classPath)
            .set(
                "spark.executor.extraJavaOptions",
                "-XX:+UseParallelGC --add-modules=jdk.incubator.vector"));
  }

  /** A job's plan for these; the epochs are as many as are asked for. */
  public static TrainingPlan plan(String file, int workers, int steps, int examples)
      throws IOException {
    Job job;
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      job = JobReader.read(in, file, List.of());
    }
    int batch = job.training().batchSize();
    int bytes = job.network().input().size();
    int enough = Math.max(examples, workers);
    return TrainingPlan.builder(
            job.network(),
            job.training().optimizer(),
            Sampler.of(enough, workers, batch, steps, true, 1, bytes))
        .normalization(job.data().normalize().values())
        .loss(job.training().loss())
        .schedule(job.training().schedule())
        .clipping(job.training().clip())
        .averaging(job.distribution().averaging())
        .seed(1)
        .epochs(WARM_ROUNDS + ROUNDS)
        .build()
        .withOuter(job.distribution().outer())
        .withContributions(job.distribution().contributions());
  }

  /** Made where they are cached. */
  private static JavaRDD<ImageBlock> blocks(JavaSparkContext spark, TrainingPlan plan) {
    Sampler sampler = plan.sampler();
    Shape shape = plan.network().input();
    int classes = plan.network().output().size();
    List<Integer> partitions = IntStream.range(0, sampler.partitions()).boxed().toList();
    return spark
        .parallelize(partitions, partitions.size())
        .map(partition -> block(sampler, shape, classes, partition))
        .cache();
  }

  private static ImageBlock block(Sampler sampler, Shape shape, int classes, int partition) {
    SeededRandom random = SeededRandom.of(7, Purpose.DEAL, partition);
    int[] ids = sampler.ids(partition);
    byte[] pixels = new byte[ids.length * shape.size()];
    int[] labels = new int[ids.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) random.nextLong();
    }
    for (int i = 0; i < labels.length; i++) {
      labels[i] = random.nextInt(classes);
    }
    return new ImageBlock(shape, ids, labels, pixels);
  }
}
