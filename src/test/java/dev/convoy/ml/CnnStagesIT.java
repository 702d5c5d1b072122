package dev.convoy.ml;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.image.ImageBlock;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.PictureBytes;
import dev.convoy.testing.SampleImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.ml.tuning.TrainValidationSplit;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Estimators, models and featurizers of Spark ML on small pictures. */
class CnnStagesIT {
  private static final Shape SHAPE = Shape.of(1, 8, 8);
  private static final ImageBlock ALL = SampleImages.random(90, SHAPE, 3, 5);
  private static final String NETWORK =
      """
      input: [1, 8, 8]
      layers:
        - conv2d: {name: conv1, filters: 4, kernel: 3}
        - relu
        - flatten
        - dense: {name: fc1, units: 12}
        - relu
        - dense: {name: fc2, units: UNITS}
      """;

  @TempDir private Path folder;
  private static SparkSession session;
  private static long foldersBefore;

  @BeforeAll
  static void startSpark() throws IOException {
    foldersBefore = temporaryFolders();
    session =
        SparkSession.builder()
            .master("local[2]")
            .appName("stages")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "3")
            .getOrCreate();
  }

  @AfterAll
  static void stopSpark() {
    session.stop();
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    assertTrue(session.sparkContext().getPersistentRDDs().isEmpty(), "cached RDDs are left");
    assertEquals(foldersBefore, temporaryFolders(), "folders are left");
  }

  private static long temporaryFolders() throws IOException {
    String own = FitFolder.TEMPORARY + ProcessHandle.current().pid() + "-";
    try (var all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return all.filter(path -> path.getFileName().toString().startsWith(own)).count();
    }
  }

  private static CnnClassifier classifier() {
    return new CnnClassifier()
        .setFeaturesCol("image")
        .setNetwork(NETWORK.replace("UNITS", "3"))
        .setMaxIter(2)
        .setBatchSize(8)
        .setWorkers(2)
        .setAveragingFrequency("2");
  }

  private static Dataset<Row> pictures() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < ALL.size(); i++) {
      byte[] pixels = PictureBytes.pixels(ALL, i);
      double[] values = new double[pixels.length];
      Arrays.setAll(values, p -> pixels[p] & 0xFF);
      rows.add(
          RowFactory.create(
              i,
              PictureBytes.png(ALL, i),
              Vectors.dense(values),
              (double) ALL.labels()[i],
              i % 2 == 0 ? 1.0 : 0.0,
              i % 5 == 0));
    }
    StructType schema =
        new StructType()
            .add("id", DataTypes.IntegerType)
            .add("image", DataTypes.BinaryType)
            .add("pixels", org.apache.spark.ml.linalg.SQLDataTypes.VectorType())
            .add("label", DataTypes.DoubleType)
            .add("weight", DataTypes.DoubleType)
            .add("held", DataTypes.BooleanType);
    return session.createDataFrame(rows, schema);
  }

  @Test
  void encodedPicturesAndVectorsOfTheirPixelsAreTheSame() {
    CnnClassifier byId = classifier().setOrderCol("id");
    String encoded = byId.fit(pictures()).summary().weightsSha256();
    CnnClassifier vectors =
        byId.copy(new ParamMap()).setFeaturesCol("pixels").setInputShape("[1, 8, 8]");
    CnnClassificationModel model = vectors.fit(pictures());
    assertEquals(encoded, model.summary().weightsSha256());
    assertEquals("[1, 8, 8]", model.getInputShape());
    assertEquals(
        byId.fit(pictures()).transform(pictures()).select("probability").collectAsList(),
        model.transform(pictures()).select("probability").collectAsList());
  }

  @Test
  void oneCellIsPredictedAsARowIs() {
    CnnClassificationModel model = classifier().fit(pictures());
    Row first = model.transform(pictures()).first();
    Vector raw = first.getAs("rawPrediction");
    assertEquals(raw, model.predictRaw(first.<byte[]>getAs("image")));
    Vector probability = first.getAs("probability");
    assertArrayEquals(
        probability.toArray(), model.predictProbability(first.getAs("image")).toArray(), 1e-6);
    assertEquals(1, Arrays.stream(probability.toArray()).sum(), 1e-6);
    double prediction = first.getAs("prediction");
    assertEquals(prediction, model.predict(first.getAs("image")));
    model.setThresholds(new double[] {1, 1, 1e-6});
    assertEquals(90, model.transform(pictures()).where("prediction = 2").count());
  }

  @Test
  void rowsThatAreHeldBackAreEvaluated() {
    CnnClassificationModel model = classifier().setValidationIndicatorCol("held").fit(pictures());
    CnnTrainingSummary summary = model.summary();
    assertEquals(18, summary.evaluation().orElseThrow().scores().labels().length);
    assertEquals(2, summary.lossHistory().length);
    assertTrue(summary.epochs().get(1).validationLoss() > 0);
    String without = classifier().fit(pictures().where("NOT held")).summary().weightsSha256();
    assertEquals(without, summary.weightsSha256());
  }

  @Test
  void weightsOfZeroAndOneAreThoseOfFewerRows() {
    CnnClassifier oneStep = classifier().setBatchSize(90).setWorkers(1).setMaxIter(3);
    CnnClassificationModel all = oneStep.setWeightCol("weight").fit(pictures());
    CnnClassificationModel some =
        oneStep.copy(new ParamMap()).setWeightCol("weight").fit(pictures().where("weight = 1"));
    assertArrayEquals(some.model().parameters(), all.model().parameters(), 1e-6f);
    CnnClassificationModel unweighted =
        classifier().setBatchSize(90).setWorkers(1).setMaxIter(3).fit(pictures());
    assertNotEquals(unweighted.summary().weightsSha256(), all.summary().weightsSha256());
  }

  @Test
  void aRegressorTellsNumbers() throws IOException {
    CnnRegressor regressor =
        new CnnRegressor()
            .setFeaturesCol("image")
            .setLabelCol("label")
            .setNetwork(NETWORK.replace("UNITS", "1"))
            .setMaxIter(3)
            .setWorkers(2);
    CnnRegressionModel model = regressor.fit(pictures());
    double[] losses = model.summary().lossHistory();
    assertTrue(losses[2] < losses[0], Arrays.toString(losses));
    String saved = folder.resolve("regression").toString();
    model.write().save(saved);
    assertEquals(
        model.transform(pictures()).collectAsList(),
        CnnRegressionModel.load(saved).transform(pictures()).collectAsList());
    assertThrows(
        IllegalArgumentException.class, () -> CnnClassificationModel.load(saved + "/model"));
    Row first = model.transform(pictures()).first();
    double prediction = first.getAs("prediction");
    assertEquals(prediction, model.predict(first.getAs("image")));
  }

  @Test
  void anInnerLayerMakesVectors() throws IOException {
    CnnClassificationModel model = classifier().fit(pictures());
    CnnFeaturizer featurizer = CnnFeaturizer.of(model.model()).setOutputCol("vector");
    Vector last = featurizer.transform(pictures()).first().getAs("vector");
    assertEquals(12, last.size());
    assertTrue(Arrays.stream(last.toArray()).allMatch(v -> v >= 0), "a rectifier gives them");
    Vector first = featurizer.setLayer("conv1").transform(pictures()).first().getAs("vector");
    assertEquals(4 * 6 * 6, first.size());
    Vector logits = featurizer.setLayer("fc2").transform(pictures()).first().getAs("vector");
    Vector raw = model.transform(pictures()).first().getAs("rawPrediction");
    double shift = raw.apply(0) - logits.apply(0);
    for (int c = 0; c < 3; c++) {
      assertEquals(raw.apply(c), logits.apply(c) + shift, 1e-5);
    }
    String saved = folder.resolve("featurizer").toString();
    featurizer.write().save(saved);
    assertEquals(logits, CnnFeaturizer.load(saved).transform(pictures()).first().getAs("vector"));
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> featurizer.setLayer("fc9").transform(pictures()));
    assertTrue(
        e.getMessage()
            .endsWith(
                "the network must have a layer fc9, but has conv1, relu_2,"
                    + " flatten_3, fc1, relu_5, fc2"),
        e::getMessage);
  }

  @Test
  void picturesThatCantBeReadAreErrorsOrLeftOutOrKept() {
    CnnClassificationModel model = classifier().fit(pictures());
    Dataset<Row> some =
        pictures()
            .withColumn(
                "image",
                functions
                    .when(functions.col("id").equalTo(4), functions.lit(new byte[] {1, 2}))
                    .when(functions.col("id").equalTo(7), functions.lit(null))
                    .otherwise(functions.col("image")));
    Exception e = assertThrows(Exception.class, () -> model.transform(some).collectAsList());
    String message = String.valueOf(e.getMessage());
    assertTrue(message.contains("must be a"), message);
    assertTrue(
        message.contains(
            "(id=4, label=" + ALL.labels()[4] + ".0, weight=1.0, held=false); handleInvalid says"),
        message);
    model.setHandleInvalid("skip");
    List<Row> left = model.transform(some).collectAsList();
    assertEquals(88, left.size());
    List<Row> good = model.transform(pictures()).collectAsList();
    assertEquals(
        good.get(20).<Object>getAs("probability"), left.get(18).<Object>getAs("probability"));
    List<Row> kept = model.setHandleInvalid("keep").transform(some).collectAsList();
    assertEquals(90, kept.size());
    assertTrue(Double.isNaN(kept.get(4).getAs("prediction")));
    assertTrue(Double.isNaN(kept.get(7).<Vector>getAs("probability").apply(1)));
    assertEquals(
        good.get(20).<Object>getAs("probability"), kept.get(20).<Object>getAs("probability"));
  }

  @Test
  void aStreamIsTransformed() throws TimeoutException, StreamingQueryException {
    CnnClassificationModel model = classifier().fit(pictures());
    Path in = folder.resolve("in");
    pictures().repartition(3).write().parquet(in.toString());
    StreamingQuery query =
        model
            .transform(session.readStream().schema(pictures().schema()).parquet(in.toString()))
            .select("id", "prediction")
            .writeStream()
            .format("memory")
            .queryName("predicted")
            .start();
    query.processAllAvailable();
    query.stop();
    assertEquals(
        model.transform(pictures()).select("id", "prediction").orderBy("id").collectAsList(),
        session.table("predicted").orderBy("id").collectAsList());
  }

  @Test
  void crossValidationEndsWellAndTwiceAlike() {
    CnnClassifier classifier = classifier().setMaxIter(1);
    ParamMap[] grid =
        new ParamGridBuilder()
            .addGrid(
                classifier.optimizer(),
                scala.jdk.javaapi.CollectionConverters.asScala(
                    List.of("{sgd: {learningRate: 0.1}}", "{adam: {learningRate: 0.001}}")))
            .addGrid(
                classifier.averagingFrequency(),
                scala.jdk.javaapi.CollectionConverters.asScala(List.of("1", "4")))
            .build();
    assertEquals(4, grid.length);
    MulticlassClassificationEvaluator evaluator =
        new MulticlassClassificationEvaluator().setMetricName("logLoss");
    CrossValidator validator =
        new CrossValidator()
            .setEstimator(classifier)
            .setEvaluator(evaluator)
            .setEstimatorParamMaps(grid)
            .setNumFolds(3)
            .setSeed(5)
            .setParallelism(2);
    CrossValidatorModel first = validator.fit(pictures());
    CrossValidatorModel again = validator.fit(pictures());
    assertArrayEquals(first.avgMetrics(), again.avgMetrics());
    assertEquals(weights(first.bestModel()), weights(again.bestModel()));
    var split =
        new TrainValidationSplit()
            .setEstimator(classifier)
            .setEvaluator(evaluator)
            .setEstimatorParamMaps(grid)
            .setSeed(5)
            .setParallelism(2);
    assertArrayEquals(
        split.fit(pictures()).validationMetrics(), split.fit(pictures()).validationMetrics());
  }

  @Test
  void aFitThatFailedGoesOnFromItsOwnCheckpoints() throws Exception {
    CnnClassifier classifier =
        classifier().setMaxIter(6).setAveragingFrequency("1").setCheckpointInterval(1);
    String whole = classifier.fit(pictures()).summary().weightsSha256();
    Path checkpoints = folder.resolve("checkpoints");
    classifier.setCheckpointDir(checkpoints.toUri().toString());
    CnnClassifier other = classifier.copy(new ParamMap()).setMaxIter(1);
    int roundsOfAll = jobs(() -> classifier.copy(new ParamMap()).setSeed(3).fit(pictures()));
    assertThrows(
        Exception.class, () -> failingAtJob(roundsOfAll - 6, () -> classifier.fit(pictures())));
    try (var left = Files.list(checkpoints)) {
      assertEquals(1, left.count(), "folders of fits");
    }
    other.fit(pictures());
    AtomicReference<String> weights = new AtomicReference<>();
    int roundsOfRest =
        jobs(() -> weights.set(classifier.fit(pictures()).summary().weightsSha256()));
    assertEquals(whole, weights.get());
    assertTrue(roundsOfRest < roundsOfAll - 10, roundsOfRest + " jobs after " + roundsOfAll);
    try (var left = Files.list(checkpoints)) {
      assertEquals(0, left.count(), "folders of fits");
    }
  }

  /** Returns how many jobs Spark began meanwhile. */
  private static int jobs(Runnable work) throws TimeoutException {
    AtomicInteger count = new AtomicInteger();
    listening(count::incrementAndGet, work);
    return count.get();
  }

  private static void failingAtJob(int job, Runnable work) throws TimeoutException {
    AtomicInteger count = new AtomicInteger();
    listening(
        () -> {
          if (count.incrementAndGet() == job) {
            session.sparkContext().cancelAllJobs();
          }
        },
        work);
  }

  private static void listening(Runnable atJobStart, Runnable work) throws TimeoutException {
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart start) {
            atJobStart.run();
          }
        };
    session.sparkContext().addSparkListener(listener);
    try {
      work.run();
      session.sparkContext().listenerBus().waitUntilEmpty();
    } finally {
      session.sparkContext().removeSparkListener(listener);
    }
  }

  private static String weights(Object model) {
    return ((CnnClassificationModel) model).summary().weightsSha256();
  }

  @Test
  void paramsTellWhatTheyAreAndTravel() throws IOException {
    CnnClassifier classifier = classifier().setThresholds(new double[] {1, 2, 3});
    String explained = classifier.explainParams();
    assertTrue(
        explained.contains(
            "workers: workers over which the pictures are dealt: part of the result, whatever the"
                + " cluster (>= 1) (default: 4, current: 2)"),
        explained);
    String saved = folder.resolve("estimator").toString();
    classifier.write().save(saved);
    CnnClassifier read = CnnClassifier.load(saved);
    assertEquals(withoutThresholds(explained), withoutThresholds(read.explainParams()));
    assertArrayEquals(classifier.getThresholds(), read.getThresholds());
    assertEquals(classifier.uid(), read.uid());
    assertThrows(IllegalArgumentException.class, () -> classifier.setBatchSize(0));
    assertThrows(IllegalArgumentException.class, () -> classifier.setNetwork(" "));
  }

  /** Spark shows arrays by where they lie in memory. */
  private static List<String> withoutThresholds(String explained) {
    return explained.lines().filter(line -> !line.startsWith("thresholds")).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "image, label, 1 AS x | features=photo | the dataset must have the column photo, but has"
            + " image, label, x",
        "image, label | label=kind | the dataset must have the column kind, but has image, label",
        "id AS image, label | | column image must be binary, or of Spark's image structure, or of"
            + " arrays or vectors of numbers, but is int",
        "pixels AS image, label | | column image must be binary, or of Spark's image structure, or"
            + " of arrays or vectors of numbers with inputShape saying what they are, but is vector"
            + " without",
        "image, CAST(label AS STRING) AS label | | column label must be of class numbers, which"
            + " StringIndexer makes of names, but is of string",
        "IF(id = 3, NULL, image) AS image, label | | must have a picture, but has none",
        "image, IF(id = 3, NULL, label) AS label | | must have a label, but has none",
        "image, label + 1 AS label | | labels must be from 0 to 2, as there are classes, but this"
            + " is 3",
        "image, label - 1 AS label | | labels must be from 0 to 2, as there are classes, but this"
            + " is -1",
        "image, label + 0.5D AS label | | labels must be texts or whole numbers, but this is",
        "image, 1.0D AS label | | must have pictures of two classes at least, but has those of one",
        "image, label | where=false | must hold one image at least",
        "image, label | thresholds | thresholds must have one value a class, 3, but has 2",
        "image, label, 1 AS prediction | | the dataset must have no column prediction yet, which is"
            + " to be added, but has",
        "image, label | weight=label2 | the dataset must have the column label2",
        "image, label, image AS w | weight=w | column w must be of numbers, but is of binary",
        "image, label, weight | held=weight | column weight must be of booleans, but is of double",
        "image, label | network=flatten | param network",
        "image, label | optimizer={sgd: {learningRate: -1}} | learningRate must be"
      })
  void wrongInputIsToldInALineBeforeTrainingStarts(String columns, String param, String message) {
    CnnClassifier classifier = classifier();
    String[] set = (param == null ? "" : param).split("=", 2);
    Dataset<Row> rows = pictures();
    switch (set[0]) {
      case "features" -> classifier.setFeaturesCol(set[1]);
      case "label" -> classifier.setLabelCol(set[1]);
      case "where" -> rows = rows.where(set[1]);
      case "thresholds" -> classifier.setThresholds(new double[] {1, 1});
      case "weight" -> classifier.setWeightCol(set[1]);
      case "held" -> classifier.setValidationIndicatorCol(set[1]);
      case "network" -> classifier.setNetwork(set[1]);
      case "optimizer" -> classifier.setOptimizer(set[1]);
      default -> assertEquals("", set[0]);
    }
    Dataset<Row> chosen = rows.selectExpr(columns.split(", (?![^(]*\\))"));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> classifier.fit(chosen));
    assertTrue(e.getMessage().contains(message), e::getMessage);
    assertTrue(e.getMessage().startsWith(classifier.uid()), e::getMessage);
    assertEquals(1, e.getMessage().lines().count());
  }
}
