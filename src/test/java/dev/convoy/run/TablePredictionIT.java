package dev.convoy.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.config.data.Fail;
import dev.convoy.config.data.Images;
import dev.convoy.config.data.Parquet;
import dev.convoy.config.data.Paths;
import dev.convoy.image.ImageBlock;
import dev.convoy.kernel.Kernels;
import dev.convoy.model.Model;
import dev.convoy.model.ModelFolder;
import dev.convoy.spark.SparkSettings;
import dev.convoy.spark.file.HadoopFiles;
import dev.convoy.spark.format.FoundImages;
import dev.convoy.spark.use.CatalogSink;
import dev.convoy.spark.use.FolderSink;
import dev.convoy.spark.use.PredictionFormat;
import dev.convoy.testing.DataFiles;
import dev.convoy.testing.LocalFiles;
import dev.convoy.testing.PictureBytes;
import dev.convoy.testing.SampleImages;
import dev.convoy.train.score.Evaluator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables of predictions, written by the tasks of one process, and by executors. */
class TablePredictionIT {
  private static final int COUNT = 300;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"local[2], Java", "'local-cluster[2,1,1024]', Kryo"})
  void rowsOfATableAndOfFilesHaveTheBitsOfOneEvaluator(String master, String serializer)
      throws IOException {
    Model model = ModelFolder.read(new LocalFiles(), "src/test/resources/golden/model-v1");
    ImageBlock images = SampleImages.random(COUNT, model.network().input(), 3, 9);
    float[][] expected =
        new Evaluator(model.network(), model.weights(), model.normalization(), Kernels.scalar())
            .probabilities(images);
    Path pictures = Files.createDirectory(folder.resolve("pictures"));
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      byte[] png = PictureBytes.png(images, i);
      Files.write(pictures.resolve(DataFiles.name(i)), png);
      rows.add(RowFactory.create("key " + i, png));
    }
    String classes = Model.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    SparkConf conf =
        new SparkConf()
            .setMaster(master)
            .setAppName("tables")
            .set("spark.ui.enabled", "false")
            .set("spark.sql.warehouse.dir", folder.resolve("warehouse").toString())
            .set("spark.serializer", "org.apache.spark.serializer." + serializer + "Serializer")
            .set("spark.executor.extraClassPath", classes)
            .set("spark.executor.extraJavaOptions", "--add-modules=jdk.incubator.vector");
    try (JavaSparkContext spark = new JavaSparkContext(SparkSettings.apply(conf))) {
      HadoopFiles files = new HadoopFiles(spark.hadoopConfiguration());
      SparkSession session = SQLContext.getOrCreate(spark.sc()).sparkSession();
      String table = folder.resolve("table").toString();
      StructType schema =
          new StructType().add("key", DataTypes.StringType).add("picture", DataTypes.BinaryType);
      session.createDataFrame(rows, schema).repartition(5).write().parquet(table);
      session.sql("CREATE DATABASE db");
      List<String> heard = new ArrayList<>();

      TablePrediction prediction = new TablePrediction(model, "model", null, "", new Fail());
      TablePrediction.Result result =
          prediction.run(
              FoundImages.find(
                  new Parquet(Paths.of(table), "picture", null, null, null), files, false),
              () -> spark,
              new CatalogSink(files, "db.predictions", null, false),
              (done, parts, all) -> heard.add(done + " " + parts + "/" + all));
      assertEquals(COUNT, result.pictures());
      assertEquals(List.of(), result.problems());
      assertTrue(heard.get(heard.size() - 1).startsWith(COUNT + " "), heard::toString);
      List<Row> found = session.table("db.predictions").collectAsList();
      assertEquals(COUNT, found.size());
      for (Row row : found) {
        int i = Integer.parseInt(row.<String>getAs("key").substring(4));
        assertBits(expected[i], row);
      }

      String output = folder.resolve("of files").toString();
      prediction.run(
          FoundImages.find(Images.of(pictures.toString()), files, false),
          () -> spark,
          new FolderSink(files, output, PredictionFormat.PARQUET, false),
          (done, parts, all) -> {});
      found = session.read().parquet(output).collectAsList();
      assertEquals(COUNT, found.size());
      for (Row row : found) {
        String name = Path.of(row.<String>getAs("path")).getFileName().toString();
        assertBits(expected[Integer.parseInt(name.substring(0, 4))], row);
      }
      assertEquals(0, spark.getPersistentRDDs().size(), "nothing may stay cached");
    }
  }

  private static void assertBits(float[] expected, Row row) {
    List<Double> probability = row.getList(row.fieldIndex("probability"));
    assertArrayEquals(
        IntStream.range(0, expected.length).mapToDouble(i -> expected[i]).toArray(),
        probability.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
