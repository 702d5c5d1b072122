package dev.convoy.benchmark;

import dev.convoy.image.ImageBlock;
import dev.convoy.image.ImageDecoder;
import dev.convoy.image.Normalization;
import dev.convoy.kernel.Kernels;
import dev.convoy.loss.OutputActivation;
import dev.convoy.ml.CnnClassificationModel;
import dev.convoy.model.Model;
import dev.convoy.model.ModelFolder;
import dev.convoy.nn.Network;
import dev.convoy.random.Purpose;
import dev.convoy.random.SeededRandom;
import dev.convoy.spark.SparkSettings;
import dev.convoy.spark.file.HadoopFiles;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.PictureBytes;
import dev.convoy.train.score.Evaluator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Times, in turns and by two threads each, the transforming of a Parquet table of pictures, the
 * reading of that table alone, the decoding of its pictures alone, and the network alone.
 */
public final class TransformBenchmark {
  static final Shape SHAPE = Shape.of(3, 32, 32);

  private static final int THREADS = 2;
  private static final int PARTITIONS = 32;

  /**
   * A file a task, some 9 MB: by default Spark would make three tasks of 100,000 pictures, of which
   * two threads can't have equal shares.
   */
  private static final String TASK_BYTES = "10m";

  /** Different pictures, which the table has again and again. */
  private static final int DIFFERENT = 1024;

  private static final String TABLE = "reading the table";
  private static final String DECODING = "decoding";
  private static final String NETWORK = "the network";
  private static final String TRANSFORM = "transform";

  private final int pictures;
  private final ImageBlock block;
  private final List<byte[]> files;
  private final Model model;

  private TransformBenchmark(int pictures, Network network) {
    this.pictures = pictures;
    block = noise();
    files = IntStream.range(0, DIFFERENT).mapToObj(i -> PictureBytes.png(block, i)).toList();
    List<String> classes =
        IntStream.range(0, network.output().size()).mapToObj(c -> "class " + c).toList();
    model = new Model(network, network.initialWeights(1), Normalization.none(3), classes, null);
  }

  /** Takes the number of pictures, that of repetitions, and the network's name. */
  public static void main(String[] args) throws Exception {
    var benchmark =
        new TransformBenchmark(
            Integer.parseInt(args[0]), BenchmarkNetwork.named(args[2]).network());
    Path top = Files.createTempDirectory("convoy-transform-bench");
    try (SparkSession session =
        SparkSession.builder()
            .config(
                SparkSettings.apply(
                    new SparkConf()
                        .setMaster("local[" + THREADS + "]")
                        .setAppName("transform benchmark")
                        .set("spark.ui.enabled", "false")
                        .set("spark.sql.files.maxPartitionBytes", TASK_BYTES)
                        .set("spark.local.dir", top.resolve("spark").toString())))
            .getOrCreate()) {
      session.sparkContext().setLogLevel("ERROR");
      say(
          "%,d PNG files of 3x32x32, %s, JDK %s, Spark %s in local[%d], kernels %s",
          benchmark.pictures,
          args[2],
          Runtime.version(),
          session.version(),
          THREADS,
          Kernels.chosen().description());
      benchmark.run(session, top, Integer.parseInt(args[1]));
    } finally {
      new HadoopFiles(new Configuration()).remove(top.toUri().toString());
    }
  }

  private void run(SparkSession session, Path top, int repetitions) throws Exception {
    Dataset<Row> table = table(session, top.resolve("table").toString());
    CnnClassificationModel stage = stage(top.resolve("model").toString());
    Map<String, Work> works = new LinkedHashMap<>();
    works.put(TABLE, () -> drain(table));
    works.put(DECODING, () -> inThreads(this::decode));
    works.put(NETWORK, () -> inThreads(this::predict));
    works.put(TRANSFORM, () -> drain(stage.transform(table)));
    Map<String, List<Double>> seconds = new LinkedHashMap<>();
    works.keySet().forEach(name -> seconds.put(name, new ArrayList<>()));
    for (int i = 0; i <= repetitions; i++) {
      for (var work : works.entrySet()) {
        long start = System.nanoTime();
        work.getValue().run();
        if (i > 0) { // the first time is the compiler's
          seconds.get(work.getKey()).add((System.nanoTime() - start) * 1e-9);
        }
      }
    }
    seconds.forEach(this::show);
    shares(seconds);
  }

  private void show(String name, List<Double> seconds) {
    Samples samples = new Samples(seconds);
    say(
        "%-18s %7.2f s (%.2f to %.2f), %,9.0f images/s",
        name, samples.median(), samples.least(), samples.greatest(), pictures / samples.median());
  }

  /** Says what share of the time of transform its parts take by themselves, turn by turn. */
  private static void shares(Map<String, List<Double>> seconds) {
    List<Double> parts = new ArrayList<>();
    List<Double> withTable = new ArrayList<>();
    for (int i = 0; i < seconds.get(TRANSFORM).size(); i++) {
      double whole = seconds.get(TRANSFORM).get(i);
      double own = seconds.get(DECODING).get(i) + seconds.get(NETWORK).get(i);
      parts.add(100 * own / whole);
      withTable.add(100 * (own + seconds.get(TABLE).get(i)) / whole);
    }
    say("transform has %.1f%% of the rate of decoding and network", new Samples(parts).median());
    say(
        "           and %.1f%% of that of these and the table's reading",
        new Samples(withTable).median());
  }

  /** A piece of work on all pictures. */
  private interface Work {
    void run() throws Exception;
  }

  /** Has every row computed, and none kept. */
  private static void drain(Dataset<Row> rows) {
    rows.write().format("noop").mode("overwrite").save();
  }

  private Dataset<Row> table(SparkSession session, String path) {
    StructType schema =
        new StructType().add("number", DataTypes.LongType).add("content", DataTypes.BinaryType);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < DIFFERENT; i++) {
      rows.add(RowFactory.create((long) i, files.get(i)));
    }
    session
        .range(0, pictures, 1, PARTITIONS)
        .withColumn("number", functions.col("id").mod(DIFFERENT))
        .join(functions.broadcast(session.createDataFrame(rows, schema)), "number")
        .select("id", "content")
        .write()
        .option("compression", "uncompressed")
        .parquet(path);
    return session.read().parquet(path);
  }

  private CnnClassificationModel stage(String folder) throws IOException {
    HadoopFiles hadoop = new HadoopFiles(new Configuration());
    hadoop.makeFolder(folder);
    ModelFolder.write(model, hadoop, folder);
    return CnnClassificationModel.load(folder).setFeaturesCol("content");
  }

  /** Has each thread work on its share of the pictures. */
  private void inThreads(Share share) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int count = pictures * (i + 1) / THREADS - pictures * i / THREADS;
      Thread thread = new Thread(() -> share.run(count));
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private interface Share {
    void run(int count);
  }

  private void decode(int count) {
    ImageDecoder decoder = new ImageDecoder(SHAPE);
    long bytes = 0;
    for (int i = 0; i < count; i++) {
      bytes += decoder.decode(files.get(i % DIFFERENT), "made").length;
    }
    check(bytes == (long) count * SHAPE.size());
  }

  private void predict(int count) {
    Evaluator evaluator =
        new Evaluator(model.network(), model.weights(), model.normalization(), Kernels.chosen());
    int done = 0;
    for (int left = count; left > 0; left -= DIFFERENT) {
      done += evaluator.predictions(first(left), OutputActivation.SOFTMAX).length;
    }
    check(done == count);
  }

  private ImageBlock first(int count) {
    if (count >= DIFFERENT) {
      return block;
    }
    byte[] pixels = new byte[count * SHAPE.size()];
    System.arraycopy(block.pixels(), 0, pixels, 0, pixels.length);
    return new ImageBlock(SHAPE, new int[count], new int[count], pixels);
  }

  private static void check(boolean whole) {
    if (!whole) {
      throw new IllegalStateException("Pictures were left out");
    }
  }

  /** Pictures of slopes with some noise: PNG files of noise alone would be of another size. */
  private static ImageBlock noise() {
    byte[] pixels = new byte[DIFFERENT * SHAPE.size()];
    for (int i = 0; i < DIFFERENT; i++) {
      SeededRandom random = SeededRandom.of(7, Purpose.DEAL, i);
      int at = i * SHAPE.size();
      int slope = 1 + random.nextInt(7);
      for (int p = 0; p < SHAPE.size(); p++) {
        pixels[at + p] = (byte) (p % SHAPE.width() * slope + random.nextInt(24));
      }
    }
    int[] ids = IntStream.range(0, DIFFERENT).toArray();
    return new ImageBlock(SHAPE, ids, new int[DIFFERENT], pixels);
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
