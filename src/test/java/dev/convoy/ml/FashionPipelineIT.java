package dev.convoy.ml;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.cli.CommandRun;
import dev.convoy.testing.FashionTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.IndexToString;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.StringIndexerModel;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample of Fashion-MNIST by a pipeline, beside the command line's job. */
class FashionPipelineIT {
  @TempDir private static Path folder;

  private static String job;
  private static String weights;
  private static double accuracy;
  private static SparkSession session;

  @BeforeAll
  static void runTheFileJob() throws IOException {
    job = Files.readString(Path.of("conf/fashion-sample.yaml"));
    CommandRun run =
        CommandRun.of(
            "train", "conf/fashion-sample.yaml", "--set", "output=" + folder.resolve("run"));
    assertEquals(0, run.status(), run.err().toString());
    String metrics = Files.readString(folder.resolve("run/metrics.jsonl"));
    weights = last(metrics, "\"weightsSha256\":\"([0-9a-f]{64})\"");
    accuracy = Double.parseDouble(last(metrics, "\"testAccuracy\":([0-9.]+)"));
  }

  @BeforeEach
  void startSpark() {
    session =
        SparkSession.builder()
            .master("local[2]")
            .appName("pipeline")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "8")
            .getOrCreate();
  }

  private static String last(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    String found = "";
    while (matcher.find()) {
      found = matcher.group(1);
    }
    return found;
  }

  @AfterEach
  void stopSpark() {
    assertTrue(session.sparkContext().getPersistentRDDs().isEmpty(), "cached RDDs are left");
    session.stop();
  }

  private static CnnClassifier classifier() {
    return new CnnClassifier().setFeaturesCol("image").setLabelCol("label").setJob(job);
  }

  /** Numbers the classes as the file job does, whatever their frequencies. */
  private static StringIndexerModel indexer() {
    return new StringIndexerModel(FashionTable.CLASSES.toArray(String[]::new))
        .setInputCol("kind")
        .setOutputCol("label");
  }

  @Test
  void withItsOrderTheTableTrainsToTheBitsOfTheFiles() throws IOException {
    Dataset<Row> rows = indexer().transform(FashionTable.training(session).repartition(7));
    CnnClassificationModel model = classifier().setOrderCol("id").fit(rows);
    assertEquals(weights, model.summary().weightsSha256());
    assertArrayEquals(FashionTable.CLASSES.toArray(), model.labels());
    assertEquals(20, model.summary().totalIterations());
    Path saved = folder.resolve("stage");
    model.write().save(saved.toString());
    session.stop(); // The command has a context of its own.
    String data = "data-samples/fashion-mnist/t10k-";
    CommandRun run =
        CommandRun.of(
            "evaluate",
            saved.toString(),
            "--images=" + data + "images-idx3-ubyte.gz",
            "--labels=" + data + "labels-idx1-ubyte.gz");
    assertEquals(0, run.status(), run.err().toString());
    assertTrue(
        run.out().toString().contains(String.format(Locale.ROOT, "%.4f", accuracy)),
        run.out()::toString);
    startSpark();
  }

  @Test
  void aPipelineIsAsGoodAsTheJobWhateverLiesWhere() throws IOException {
    Pipeline pipeline =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  new StringIndexer().setInputCol("kind").setOutputCol("label"),
                  classifier(),
                  new IndexToString().setInputCol("prediction").setOutputCol("predictedKind")
                });
    Dataset<Row> rows = FashionTable.training(session);
    PipelineModel model = pipeline.fit(rows);
    Dataset<Row> predicted = model.transform(FashionTable.test(session));
    double share = predicted.where("kind = predictedKind").count() / (double) predicted.count();
    assertTrue(Math.abs(share - accuracy) < 0.01, share + " beside " + accuracy);
    assertEquals(
        share,
        new MulticlassClassificationEvaluator().setMetricName("accuracy").evaluate(predicted),
        1e-12);

    String saved = folder.resolve("pipeline").toString();
    model.write().save(saved);
    List<Row> again =
        PipelineModel.load(saved)
            .transform(FashionTable.test(session))
            .orderBy("id")
            .collectAsList();
    assertEquals(predicted.orderBy("id").collectAsList(), again);
  }

  @Test
  void theRowsAloneDecideTheWeights() {
    Dataset<Row> rows = indexer().transform(FashionTable.training(session));
    CnnClassifier brief = classifier().setMaxIter(1);
    String sha = brief.fit(rows).summary().weightsSha256();
    assertEquals(sha, brief.fit(rows.repartition(7)).summary().weightsSha256());
    Dataset<Row> shuffled = rows.orderBy(functions.rand(3)).coalesce(1);
    assertEquals(sha, brief.copy(new ParamMap()).fit(shuffled).summary().weightsSha256());
  }

  @Test
  void aModelOfTheCommandLineIsAStage() {
    CnnClassificationModel model =
        CnnClassificationModel.load(folder.resolve("run").toString()).setFeaturesCol("image");
    Dataset<Row> predicted = model.transform(indexer().transform(FashionTable.test(session)));
    assertEquals(
        accuracy,
        new MulticlassClassificationEvaluator().setMetricName("accuracy").evaluate(predicted),
        1e-4);
  }
}
