package dev.convoy.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.testing.FashionTable;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.Console;

/** Runs the programs of the page about pipelines. */
class PipelineIT {
  private static final int TRAINING = 1500;
  private static final int TEST = 200;

  @TempDir private static Path folder;
  private static SparkSession session;
  private static List<String> trained;

  private interface Program {
    void run() throws Exception;
  }

  private static List<String> printed(Program program) {
    PrintStream out = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream kept = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    System.setOut(kept);
    try {
      // Scala keeps what System.out was when its console was first used.
      Console.withOut(
          bytes,
          () -> {
            try {
              program.run();
              return null;
            } catch (Exception e) {
              throw new IllegalStateException(e);
            }
          });
    } finally {
      System.setOut(out);
    }
    kept.flush();
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @BeforeAll
  static void trainThePipeline() throws Exception {
    session =
        SparkSession.builder()
            .master("local[2]")
            .appName("pipelines")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "4")
            .config("spark.sql.warehouse.dir", path("warehouse"))
            .getOrCreate();
    view(FashionTable.training(session).where("id < " + TRAINING), "training");
    view(FashionTable.test(session).where("id < " + TEST), "test");
    view(FashionTable.test(session).where("id < " + TEST), "pictures");
    view(FashionTable.training(session).where("id < 300"), "few");
    trained =
        printed(() -> TrainPipeline.main(new String[] {"training", "test", path("pipeline")}));
  }

  /** The columns that a table of pictures has. */
  private static void view(Dataset<Row> rows, String name) {
    rows.selectExpr("concat('picture-', id) AS path", "image AS content", "kind")
        .createOrReplaceTempView(name);
  }

  private static String path(String name) {
    return folder.resolve(name).toString();
  }

  @AfterAll
  static void stopSpark() {
    session.stop();
  }

  private static double accuracy(List<String> lines) {
    String last = lines.get(lines.size() - 1);
    assertTrue(last.startsWith("accuracy "), lines.toString());
    return Double.parseDouble(last.substring("accuracy ".length()));
  }

  @Test
  void aPipelineTrainsOnATableAndTellsClassesByName() {
    assertTrue(accuracy(trained) > 0.6, trained.toString());
    assertTrue(trained.stream().anyMatch(line -> line.contains("picture-0")), trained.toString());
  }

  @Test
  void theSamePipelineInScalaIsAsGood() throws Exception {
    Path classes = Files.createDirectory(folder.resolve("classes"));
    Path file = Path.of("src/test/scala/dev/convoy/pipeline/TrainInScala.scala");
    try (URLClassLoader loader = ScalaCompiler.compile(file, classes)) {
      Class<?> program = loader.loadClass("dev.convoy.pipeline.TrainInScala");
      String[] arguments = {"training", "test", path("of-scala")};
      List<String> lines =
          printed(() -> program.getMethod("main", String[].class).invoke(null, (Object) arguments));
      assertEquals(trained, lines);
    }
    assertEquals(3, PipelineModel.load(path("of-scala")).stages().length);
  }

  @Test
  void crossValidationFindsTheRateThatLearns() throws Exception {
    // The labels of the small table are numbers already.
    session
        .table("few")
        .selectExpr("content", "CAST(hash(kind) % 2 = 0 AS INT) AS label")
        .createOrReplaceTempView("numbered");
    List<String> lines = validated();
    assertEquals(4, lines.size(), lines.toString());
    double least = metric(lines, "{adam: {learningRate: 0.00001}}, H = 8: ");
    double most = metric(lines, "{adam: {learningRate: 0.001}}, H = 1: ");
    assertTrue(most > least, lines.toString());
    assertEquals(lines, validated());
  }

  /** Returns what was printed in an order of its own: that of Spark's grid differs by the stage. */
  private static List<String> validated() {
    return printed(() -> CrossValidate.main(new String[] {"numbered"})).stream().sorted().toList();
  }

  private static double metric(List<String> lines, String start) {
    String line = lines.stream().filter(l -> l.startsWith(start)).findFirst().orElseThrow();
    return Double.parseDouble(line.substring(start.length()));
  }

  @Test
  void aStreamOfPicturesGetsTheBitsOfATable() throws Exception {
    Path arriving = Files.createDirectory(folder.resolve("arriving"));
    List<Row> rows = session.table("test").limit(5).collectAsList();
    for (Row row : rows) {
      Files.write(arriving.resolve(row.getString(0) + ".png"), row.<byte[]>getAs("content"));
    }
    String[] arguments = {
      path("pipeline"), arriving.toString(), path("predicted"), path("progress")
    };
    PredictStream.main(arguments);
    Dataset<Row> expected =
        PipelineModel.load(path("pipeline"))
            .transform(session.table("test").limit(5))
            .select("path", "predictedKind");
    Dataset<Row> found =
        session
            .read()
            .parquet(path("predicted"))
            .selectExpr("regexp_extract(path, '(picture-[0-9]+)', 1) AS path", "predictedKind");
    assertEquals(expected.orderBy("path").collectAsList(), found.orderBy("path").collectAsList());

    Files.write(arriving.resolve("another.png"), rows.get(0).<byte[]>getAs("content"));
    PredictStream.main(arguments);
    assertEquals(6, session.read().parquet(path("predicted")).count());
  }

  @Test
  void aFunctionOfSqlTellsKinds() throws Exception {
    Path stage;
    try (var stages = Files.list(folder.resolve("pipeline/stages"))) {
      stage = stages.filter(s -> s.toString().contains("cnn")).findFirst().orElseThrow();
    }
    List<String> lines = printed(() -> PredictInSql.main(new String[] {stage.toString()}));
    List<String> expected =
        PipelineModel.load(path("pipeline"))
            .transform(session.table("pictures"))
            .groupBy("predictedKind")
            .count()
            .orderBy("predictedKind")
            .collectAsList()
            .stream()
            .map(row -> row.getString(0) + ": " + row.getLong(1))
            .toList();
    assertEquals(expected, lines);
  }
}
