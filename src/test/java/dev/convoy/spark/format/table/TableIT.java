package dev.convoy.spark.format.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.holdenkarau.spark.testing.SharedJavaSparkContext;
import dev.convoy.config.binding.Binder;
import dev.convoy.config.data.DataSource;
import dev.convoy.config.data.Fail;
import dev.convoy.config.data.Images;
import dev.convoy.config.tree.TreeReader;
import dev.convoy.data.ClassLabels;
import dev.convoy.image.DataException;
import dev.convoy.image.ImageBlock;
import dev.convoy.loss.SoftmaxCrossEntropy;
import dev.convoy.spark.file.HadoopFiles;
import dev.convoy.spark.format.DataAccess;
import dev.convoy.spark.format.FoundImages;
import dev.convoy.spark.format.ImageRequest;
import dev.convoy.spark.format.ReadImages;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.DataFiles;
import dev.convoy.testing.PictureBytes;
import dev.convoy.testing.SampleImages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of every kind that Spark has at hand, in every form that pictures have in them. */
class TableIT extends SharedJavaSparkContext {
  private static final List<String> CLASSES = List.of("bird", "cat", "dog");
  private static final Shape SHAPE = Shape.of(3, 8, 8);
  private static final ImageBlock ALL = SampleImages.random(60, SHAPE, 3, 5);
  private static final TableIT LAST = new TableIT();

  @TempDir private Path folder;

  @BeforeEach
  void startSpark() {
    runBefore();
  }

  @AfterAll
  static void stopSpark() {
    LAST.runAfterClass();
  }

  @Test
  void theOrderIsThatOfTheRowsWhateverLiesWhere() throws IOException {
    String expected = fingerprint("table: given", encoded());
    assertEquals(expected, fingerprint("table: given", encoded().repartition(7)));
    assertEquals(expected, fingerprint("table: given", encoded().coalesce(1)));
    List<Row> shuffled = new ArrayList<>(encoded().collectAsList());
    Collections.shuffle(shuffled, new Random(4));
    Dataset<Row> again = session().createDataFrame(shuffled, encoded().schema());
    assertEquals(expected, fingerprint("table: given", again));
    assertNotEquals(expected, fingerprint("table: given", encoded().limit(59)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"parquet", "orc", "json"})
  void filesOfEverySourceAreRead(String source) throws IOException {
    Path data = folder.resolve("data");
    Dataset<Row> rows = encoded();
    if (source.equals("json")) {
      rows.withColumn("image", functions.base64(functions.col("image")))
          .repartition(3)
          .write()
          .format(source)
          .save(data.toString());
      String query =
          "SELECT unbase64(image) AS image, label FROM json.`" + data + "` WHERE id IS NOT NULL";
      assertEquals(fingerprint("table: given", rows), fingerprint("query: '" + query + "'", null));
      return;
    }
    rows.repartition(3).write().format(source).save(data.toString());
    assertEquals(
        fingerprint("table: given", rows),
        fingerprint("path: " + data + ", source: " + source, null));
  }

  @Test
  void picturesOfFoldersAreATableOfBinaryFiles() throws IOException {
    DataFiles.folders(ALL, CLASSES, folder);
    String options = "options: {pathGlobFilter: '*.png', recursiveFileLookup: true}";
    String query =
        "SELECT content, path, element_at(split(path, '/'), -2) AS kind FROM binaryFile.`"
            + folder
            + "/*`";
    String expected = read(Images.of(folder.toString()), Map.of()).summary().fingerprint();
    assertEquals(
        expected,
        fingerprint("query: \"" + query + "\", image: content, label: kind, orderBy: path", null));
    DataException e =
        assertThrows(
            DataException.class,
            () -> fingerprint("path: " + folder + ", source: binaryFile, " + options, null));
    assertEquals(
        folder
            + ": must have the column label, which label names, but has path, modificationTime,"
            + " length, content",
        e.getMessage());
  }

  @Test
  void sparksImagesHaveThePixelsOfTheirFiles() throws IOException {
    DataFiles.folders(ALL, CLASSES, folder);
    Dataset<Row> images =
        session()
            .read()
            .format("image")
            .option("recursiveFileLookup", true)
            .load(folder.toString())
            .withColumn(
                "label",
                functions.element_at(functions.split(functions.col("image.origin"), "/"), -2))
            .withColumn("path", functions.col("image.origin"));
    assertEquals(60, images.count());
    assertEquals(
        read(Images.of(folder.toString()), Map.of()).summary().fingerprint(),
        fingerprint("table: given, orderBy: path", images));
  }

  @ParameterizedTest
  @CsvSource({"vector", "array<double>", "array<int>", "array<array<array<tinyint>>>", "binary"})
  void pixelsLieInArraysAndVectors(String form) throws IOException {
    List<Row> rows = new ArrayList<>();
    boolean small = form.contains("tinyint");
    for (int i = 0; i < ALL.size(); i++) {
      byte[] pixels = PictureBytes.pixels(ALL, i);
      if (small) {
        for (int p = 0; p < pixels.length; p++) {
          pixels[p] &= 0x7F;
        }
      }
      double[] values = new double[pixels.length];
      Arrays.setAll(values, p -> pixels[p] & 0xFF);
      Object cell =
          switch (form) {
            case "vector" -> i % 2 == 0 ? Vectors.dense(values) : Vectors.dense(values).toSparse();
            case "array<double>" -> Arrays.stream(values).boxed().toArray();
            case "array<int>" -> Arrays.stream(values).mapToObj(v -> (int) v).toArray();
            case "binary" -> pixels;
            default -> nested(pixels);
          };
      rows.add(RowFactory.create(cell, ALL.labels()[i], i));
    }
    DataType type = form.equals("vector") ? SQLDataTypes.VectorType() : DataType.fromDDL(form);
    StructType schema = new StructType().add("image", type).add("label", "int").add("id", "int");
    Dataset<Row> table = session().createDataFrame(rows, schema);
    ReadImages read = read("table: given, shape: [3, 8, 8], orderBy: id", table);
    ReadImages expected = read("table: given, orderBy: id", encodedNumbers());
    assertEquals(expected.summary().perClass(), read.summary().perClass());
    if (!small) {
      assertEquals(expected.summary().fingerprint(), read.summary().fingerprint());
    }
  }

  private static Object nested(byte[] pixels) {
    Object[] planes = new Object[3];
    for (int c = 0; c < 3; c++) {
      Object[] lines = new Object[8];
      for (int y = 0; y < 8; y++) {
        Byte[] line = new Byte[8];
        for (int x = 0; x < 8; x++) {
          line[x] = pixels[(c * 8 + y) * 8 + x];
        }
        lines[y] = line;
      }
      planes[c] = lines;
    }
    return planes;
  }

  @Test
  void catalogsAndConditionsAreSparksOwn() throws IOException {
    session().sql("CREATE DATABASE IF NOT EXISTS pictures LOCATION '" + folder + "/db'");
    try {
      encoded().write().saveAsTable("pictures.all");
      assertEquals(
          fingerprint("table: given", encoded()), fingerprint("table: pictures.all", null));
      assertEquals(
          fingerprint("table: given", encoded().where("id < 30")),
          fingerprint("table: pictures.all, where: ID < 30", null));
    } finally {
      session().sql("DROP DATABASE pictures CASCADE");
    }
  }

  @Test
  void classesHaveTheNamesThatTheTableHas() throws IOException {
    assertEquals(CLASSES, find("table: given", encoded()).classNames(3));
    assertEquals(null, find("table: given", encodedNumbers()).classNames(3));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "table: nowhere.at_all | table nowhere.at_all: can't be read: [TABLE_OR_VIEW_NOT_FOUND]",
        "'table: given, where: \"]\"' | table given: can't be read: [PARSE_SYNTAX_ERROR]",
        "'table: given, image: photo' | table given: must have the column photo, which image names,"
            + " but has image, label, id",
        "'table: given, label: kind' | table given: must have the column kind, which label names",
        "'table: given, orderBy: no' | table given: must have the column no, which orderBy names",
        "'table: given, image: id' | table given: column id must be binary, or of Spark's image"
            + " structure, or of arrays or vectors of numbers, but is int",
        "'table: given, label: image' | table given: column image must be of whole numbers or"
            + " texts, but is binary",
        "'table: given, version: 3' | table given: must have no version and no options",
        "'query: SELECT' | query: can't be read: [PARSE_SYNTAX_ERROR]",
        "'path: nowhere, source: parquet' | nowhere: can't be read: [PATH_NOT_FOUND]",
        "'path: nowhere, source: nothing' | nowhere: can't be read: [DATA_SOURCE_NOT_FOUND]"
      })
  void whatCantBeReadIsToldInALine(String source, String message) {
    DataException e = assertThrows(DataException.class, () -> fingerprint(source, encoded()));
    assertTrue(e.getMessage().startsWith(message), e::getMessage);
    assertEquals(1, e.getMessage().lines().count());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CAST(NULL AS BINARY) | label | must have a picture, but has none",
        "image | CAST(NULL AS STRING) | must have a label, but has none",
        "image | concat('wolf', '') | labels must be one of bird, cat, dog, but this is 'wolf'",
        "image | 3 | labels must be from 0 to 2, as there are classes, but this is 3",
        "image | 0.5 | labels must be texts or whole numbers, but this is 0.5",
        "substring(image, 1, 40) | label | must be a whole PNG picture, but is damaged"
      })
  void aBadRowIsNamed(String image, String label, String message) {
    Dataset<Row> bad =
        encoded().where("id = 7").selectExpr(image + " AS image", label + " AS label", "id");
    DataException e =
        assertThrows(DataException.class, () -> fingerprint("table: given, orderBy: id", bad));
    assertTrue(e.getMessage().startsWith("table given, id 7: " + message), e::getMessage);
    DataException unnamed =
        assertThrows(DataException.class, () -> fingerprint("table: given", bad));
    assertTrue(
        unnamed.getMessage().matches("(?s)table given, the picture of SHA-256 [0-9a-f]{64}: .*"),
        unnamed::getMessage);
  }

  private Dataset<Row> encoded() {
    return encodedNumbers()
        .withColumn("label", functions.expr("element_at(array('bird', 'cat', 'dog'), label + 1)"));
  }

  private Dataset<Row> encodedNumbers() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < ALL.size(); i++) {
      rows.add(RowFactory.create(PictureBytes.png(ALL, i), ALL.labels()[i], i));
    }
    StructType schema =
        new StructType()
            .add("image", DataTypes.BinaryType)
            .add("label", DataTypes.IntegerType)
            .add("id", DataTypes.IntegerType);
    return session().createDataFrame(rows, schema);
  }

  private SparkSession session() {
    return SparkSession.builder().sparkContext(jsc().sc()).getOrCreate();
  }

  private String fingerprint(String source, @Nullable Dataset<Row> given) throws IOException {
    return read(source, given).summary().fingerprint();
  }

  private FoundImages find(String source, @Nullable Dataset<Row> given) throws IOException {
    return find(
        Binder.bind(TreeReader.read("{format: table, " + source + "}", "job"), DataSource.class),
        given == null ? Map.of() : Map.of("given", given));
  }

  private FoundImages find(DataSource source, Map<String, Dataset<Row>> tables) throws IOException {
    HadoopFiles files = new HadoopFiles(jsc().hadoopConfiguration());
    return FoundImages.find(source, new DataAccess(files, this::jsc, tables), true);
  }

  private ReadImages read(String source, @Nullable Dataset<Row> given) throws IOException {
    return read(find(source, given));
  }

  private ReadImages read(DataSource source, Map<String, Dataset<Row>> tables) throws IOException {
    return read(find(source, tables));
  }

  private ReadImages read(FoundImages found) throws IOException {
    return found.read(
        this::jsc,
        new ImageRequest(
            SHAPE, List.of(), new ClassLabels(CLASSES), new SoftmaxCrossEntropy(), new Fail()));
  }
}
