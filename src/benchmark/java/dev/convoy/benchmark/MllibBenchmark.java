package dev.convoy.benchmark;

import dev.convoy.image.ImageDecoder;
import dev.convoy.kernel.Kernels;
import dev.convoy.ml.CnnClassifier;
import dev.convoy.spark.SparkSettings;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.FashionTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.MultilayerPerceptronClassifier;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.StringIndexerModel;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;

/**
 * Times the training of classifiers on the same table of pictures, in turns. MLlib's takes vectors
 * that were decoded and cached before; Convoy's takes the files.
 */
public final class MllibBenchmark {
  private static final int THREADS = 2;
  private static final int HIDDEN = 128;
  private static final int CLASSES = FashionTable.CLASSES.size();
  private static final Shape SHAPE = Shape.of(1, 28, 28);
  private static final int BYTE = 255;

  private MllibBenchmark() {}

  /** Takes the numbers of pictures, of MLlib's iterations, of epochs, and of repetitions. */
  public static void main(String[] args) throws IOException {
    int pictures = Integer.parseInt(args[0]);
    int iterations = Integer.parseInt(args[1]);
    int epochs = Integer.parseInt(args[2]);
    try (SparkSession session =
        SparkSession.builder()
            .config(
                SparkSettings.apply(
                    new SparkConf()
                        .setMaster("local[" + THREADS + "]")
                        .setAppName("MLlib benchmark")
                        .set("spark.ui.enabled", "false")))
            .getOrCreate()) {
      session.sparkContext().setLogLevel("ERROR");
      Dataset<Row> training = rows(session, FashionTable.training(session).limit(pictures));
      Dataset<Row> test = rows(session, FashionTable.test(session));
      say(
          "%,d pictures, %,d to test on; JDK %s, Spark %s in local[%d], kernels %s",
          training.count(),
          test.count(),
          Runtime.version(),
          session.version(),
          THREADS,
          Kernels.chosen().description());
      run(classifiers(iterations, epochs), training, test, Integer.parseInt(args[3]));
    }
  }

  private static void run(
      Map<String, Estimator<?>> classifiers,
      Dataset<Row> training,
      Dataset<Row> test,
      int repetitions) {
    Map<String, List<Double>> seconds = new LinkedHashMap<>();
    Map<String, Double> accuracies = new LinkedHashMap<>();
    var evaluator = new MulticlassClassificationEvaluator().setMetricName("accuracy");
    for (int i = 0; i <= repetitions; i++) {
      for (var classifier : classifiers.entrySet()) {
        long start = System.nanoTime();
        Transformer model = classifier.getValue().fit(training);
        double took = (System.nanoTime() - start) * 1e-9;
        if (i > 0) { // the first time is the compiler's
          seconds.computeIfAbsent(classifier.getKey(), name -> new ArrayList<>()).add(took);
        } else {
          accuracies.put(classifier.getKey(), evaluator.evaluate(model.transform(test)));
        }
      }
    }
    say("| classifier | training, seconds | test accuracy |");
    say("|---|---|---|");
    seconds.forEach(
        (name, times) -> {
          Samples samples = new Samples(times);
          say(
              "| %s | %.1f (%.1f to %.1f) | %.4f |",
              name, samples.median(), samples.least(), samples.greatest(), accuracies.get(name));
        });
  }

  private static Map<String, Estimator<?>> classifiers(int iterations, int epochs)
      throws IOException {
    Map<String, Estimator<?>> classifiers = new LinkedHashMap<>();
    classifiers.put(
        "MultilayerPerceptronClassifier, "
            + HIDDEN
            + " sigmoids, "
            + iterations
            + " iterations of L-BFGS",
        new MultilayerPerceptronClassifier()
            .setFeaturesCol("pixels")
            .setLayers(new int[] {SHAPE.size(), HIDDEN, CLASSES})
            .setMaxIter(iterations)
            .setSeed(1));
    String job = Files.readString(Path.of("conf/fashion-sample.yaml"));
    CnnClassifier convoy = new CnnClassifier().setFeaturesCol("image").setJob(job);
    classifiers.put(
        "CnnClassifier, the same layers, " + epochs + " epochs",
        convoy
            .copy(new org.apache.spark.ml.param.ParamMap())
            .setMaxIter(epochs)
            .setNetwork(
                "{input: [1, 28, 28], layers: [flatten, {dense: {units: "
                    + HIDDEN
                    + "}}, sigmoid, {dense: {units: "
                    + CLASSES
                    + "}}]}"));
    classifiers.put(
        "CnnClassifier, LeNet-5 (conf/fashion-sample.yaml), " + epochs + " epochs",
        convoy.setMaxIter(epochs));
    return classifiers;
  }

  /** Returns pictures with class numbers, and with the vectors that MLlib takes, in memory. */
  private static Dataset<Row> rows(SparkSession session, Dataset<Row> table) {
    UDF1<byte[], Vector> pixels = MllibBenchmark::pixels;
    session.udf().register("pixels_of", pixels, SQLDataTypes.VectorType());
    Dataset<Row> numbered =
        new StringIndexerModel(FashionTable.CLASSES.toArray(String[]::new))
            .setInputCol("kind")
            .setOutputCol("label")
            .transform(table)
            .withColumn("pixels", functions.call_udf("pixels_of", functions.col("image")));
    return numbered.repartition(THREADS).cache();
  }

  private static Vector pixels(byte[] file) {
    byte[] decoded = new ImageDecoder(SHAPE).decode(file, "a picture");
    double[] values = new double[decoded.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (decoded[i] & BYTE) / (double) BYTE;
    }
    return Vectors.dense(values);
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
