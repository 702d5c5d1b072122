package dev.convoy.spark.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.holdenkarau.spark.testing.SharedJavaSparkContext;
import dev.convoy.config.data.Fail;
import dev.convoy.config.data.Parquet;
import dev.convoy.config.data.Paths;
import dev.convoy.data.ClassLabels;
import dev.convoy.image.DataException;
import dev.convoy.image.ImageBlock;
import dev.convoy.image.Resize;
import dev.convoy.loss.SoftmaxCrossEntropy;
import dev.convoy.nn.layer.Size;
import dev.convoy.spark.file.HadoopFiles;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.DataFiles;
import dev.convoy.testing.SampleImages;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which columns, names and files of Parquet are read. */
class ParquetColumnsIT extends SharedJavaSparkContext {
  private static final List<String> CLASSES = List.of("bird", "cat", "dog");
  private static final ImageBlock ALL = SampleImages.random(20, Shape.of(3, 8, 8), 3, 5);
  private static final ParquetColumnsIT LAST = new ParquetColumnsIT();

  /** Spark 3.5 brings Parquet 1.13, and reads a column by its own type alone. */
  private static final boolean IS_OLD =
      org.apache.spark.package$.MODULE$.SPARK_VERSION().startsWith("3.");

  @TempDir private Path folder;

  @BeforeEach
  void startSpark() {
    runBefore();
  }

  @AfterAll
  static void stopSpark() {
    LAST.runAfterClass();
  }

  @ParameterizedTest
  @ValueSource(strings = {"extra-nanoseconds", "extra-float16", "columns-differ-by-case"})
  void columnsThatNobodyAskedForDoNotMatter(String name) throws IOException {
    if (IS_OLD && name.equals("extra-float16")) {
      // Its footer is beyond the library that Spark brings.
      DataException e =
          assertThrows(DataException.class, () -> find(fault(name, "image", "label")));
      assertTrue(e.getMessage().contains("as float16 is: a newer Spark reads it"), e::getMessage);
      return;
    }
    ReadImages read = read(fault(name, "image", "label"), ClassLabels.numbers(2));
    assertEquals(12, read.records());
    assertEquals(List.of(6, 6), read.summary().perClass());
  }

  @Test
  void aCodecThatSparkLacksIsNamed() {
    DataException e =
        assertThrows(DataException.class, () -> find(fault("brotli", "image", "label")));
    assertTrue(
        e.getMessage().contains("brotli.parquet: must be compressed by a codec"), e::getMessage);
    assertTrue(e.getMessage().contains("but is by BROTLI"), e::getMessage);
    assertEquals(1, e.getMessage().lines().count());
  }

  @Test
  void classesHaveTheNamesOfTheColumnThatIsTheLabel() throws IOException {
    assertEquals(List.of("round", "square"), names("shape"));
    assertEquals(List.of("red", "green"), names("colour"));
  }

  private static List<String> names(String label) throws IOException {
    return find(fault("two-class-labels", "image.bytes", label)).classNames(2);
  }

  private static Map<String, String> huggingFace(String features) {
    String info = "{'info': {'features': " + features + "}}";
    return Map.of("huggingface", info.replace('\'', '"'));
  }

  private static Map<String, String> labelNames(String names) {
    return huggingFace("{'label': {'_type': 'ClassLabel', 'names': " + names + "}}");
  }

  @Test
  void filesThatNameClassesOtherwiseAreRefused() throws IOException {
    Path first = folder.resolve("a.parquet");
    DataFiles.parquetOfBytes(ALL, first, labelNames("['x', 'y', 'z']"));
    DataFiles.parquetOfBytes(ALL, folder.resolve("b.parquet"), labelNames("['x', 'z', 'y']"));
    DataException e = assertThrows(DataException.class, () -> find(pixels(folder)));
    assertEquals(
        folder.resolve("b.parquet")
            + ": must give classes the same names as "
            + first
            + ", [x, y, z], but gives [x, z, y]",
        e.getMessage());
    DataFiles.parquetOfBytes(ALL, folder.resolve("b.parquet"), Map.of());
    assertEquals(List.of("x", "y", "z"), find(pixels(folder)).classNames(3));
  }

  @Test
  void aNumberIsThatOfTheFilesOwnClassesWhereThesameNamesHaveOtherNumbers() throws IOException {
    Path file = folder.resolve("a.parquet");
    DataFiles.parquetOfBytes(ALL, file, labelNames("['x', 'y', 'z']"));
    List<Integer> own = perClass(file, "x", "y", "z");
    assertEquals(own, perClass(file, "red", "green", "blue"));
    List<Integer> turned = perClass(file, "z", "y", "x");
    assertEquals(List.of(own.get(2), own.get(1), own.get(0)), turned);
  }

  private List<Integer> perClass(Path file, String... classes) throws IOException {
    return read(pixels(file), new ClassLabels(List.of(classes))).summary().perClass();
  }

  @ParameterizedTest
  @ValueSource(strings = {"kind=*/*.parquet", "{kind=bird,kind=cat,kind=dog}", "."})
  void foldersOfPartitionsTellLabels(String pattern) throws IOException {
    for (int c = 0; c < CLASSES.size(); c++) {
      Path partition = Files.createDirectories(folder.resolve("kind=" + CLASSES.get(c)));
      ImageBlock ofClass = SampleImages.random(4 + c, Shape.of(3, 8, 8), 3, c);
      DataFiles.parquetOfBytes(ofClass, partition.resolve("a.parquet"), Map.of());
    }
    Parquet source =
        new Parquet(Paths.of(folder + "/" + pattern), null, "kind", Shape.of(3, 8, 8), null);
    FoundImages found = find(source);
    assertEquals(CLASSES, found.classNames(3));
    assertEquals(List.of(4, 5, 6), read(source, new ClassLabels(CLASSES)).summary().perClass());
    assertEquals(
        List.of(6, 5, 4),
        read(source, new ClassLabels(List.of("dog", "cat", "bird"))).summary().perClass());
  }

  @Test
  void aValueThatAFolderEscapesIsReadAndNoValueIsNoLabel() throws IOException {
    Path escaped = Files.createDirectories(folder.resolve("kind=a%2Fb ü"));
    DataFiles.parquetOfBytes(ALL, escaped.resolve("x=%41.parquet"), Map.of());
    Parquet source = new Parquet(Paths.of(folder.toString()), null, "kind", ALL.shape(), null);
    assertEquals(List.of("a/b ü"), find(source).classNames(2));
    assertEquals(
        List.of(20, 0), read(source, new ClassLabels(List.of("a/b ü", "b"))).summary().perClass());
    Path none = Files.createDirectories(folder.resolve("kind=__HIVE_DEFAULT_PARTITION__"));
    DataFiles.parquetOfBytes(ALL, none.resolve("y.parquet"), Map.of());
    DataException e =
        assertThrows(
            DataException.class, () -> read(source, new ClassLabels(List.of("a/b ü", "b"))));
    assertTrue(e.getMessage().contains("must have a label, but has none"), e::getMessage);
  }

  @Test
  void patternsThatMatchNothingAndFilesThatAreNamedTwiceAreRefused() throws IOException {
    DataFiles.parquetOfBytes(ALL, folder.resolve("a.parquet"), Map.of());
    DataFiles.parquetOfBytes(ALL, folder.resolve("_b.parquet"), Map.of());
    Path hidden = Files.createDirectories(folder.resolve("in/_temporary"));
    DataFiles.parquetOfBytes(ALL, hidden.resolve("c.parquet"), Map.of());
    assertRefused(
        "/in/*/*.parquet: must match files or folders, but matches none",
        folder + "/in/*/*.parquet");
    assertRefused("/*.txt: must match files or folders, but matches none", folder + "/*.txt");
    assertRefused(
        "/a.parquet: must be named once, but is twice",
        folder + "/a.parquet",
        folder + "/./a.parquet");
    assertRefused(
        "/_b.parquet: must not start with a dot or an underscore, as Spark would pass it over",
        folder + "/_b.parquet");
    Parquet all = new Parquet(Paths.of(folder + "/*.parquet"), null, null, ALL.shape(), null);
    assertEquals(20, read(all, ClassLabels.numbers(3)).records());
  }

  private static void assertRefused(String end, String... paths) {
    Parquet source = new Parquet(new Paths(List.of(paths)), null, null, ALL.shape(), null);
    DataException e = assertThrows(DataException.class, () -> find(source));
    assertTrue(e.getMessage().endsWith(end), e::getMessage);
  }

  @Test
  void filesMayHaveNumbersOfOtherWidths() throws IOException {
    DataFiles.parquetOfBytes(ALL, folder.resolve("a.parquet"), Map.of());
    Path arrays = folder.resolve("c.parquet");
    DataFiles.parquetOfArrays(ALL, arrays);
    DataException e = assertThrows(DataException.class, () -> find(pixels(folder)));
    assertEquals(
        arrays
            + ": column image must be of the same type in all files, but is array<smallint> here,"
            + " and binary in those before",
        e.getMessage());
    DataFiles.parquetOfLongLabels(ALL, arrays);
    if (IS_OLD) {
      DataException refused = assertThrows(DataException.class, () -> find(pixels(folder)));
      assertTrue(
          refused.getMessage().contains("column label must be of the same type in all files"),
          refused::getMessage);
      return;
    }
    List<Integer> one =
        read(pixels(folder.resolve("a.parquet")), ClassLabels.numbers(3)).summary().perClass();
    assertEquals(
        one.stream().map(n -> 2 * n).toList(),
        read(pixels(folder), ClassLabels.numbers(3)).summary().perClass());
  }

  private static Parquet pixels(Path path) {
    return new Parquet(Paths.of(path.toString()), null, null, ALL.shape(), null);
  }

  private static Parquet fault(String name, String image, String label) {
    try {
      Path file =
          Path.of(
              Objects.requireNonNull(
                      ParquetColumnsIT.class.getResource("/faults/" + name + ".parquet"))
                  .toURI());
      return new Parquet(Paths.of(file.toString()), image, label, null, null);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static FoundImages find(Parquet source) throws IOException {
    return FoundImages.find(source, files(), true);
  }

  private static HadoopFiles files() {
    return new HadoopFiles(new org.apache.hadoop.conf.Configuration());
  }

  private ReadImages read(Parquet source, ClassLabels classes) throws IOException {
    ImageRequest request =
        new ImageRequest(
            Shape.of(3, 8, 8),
            source.shape() == null ? List.of(new Resize(null, new Size(8, 8))) : List.of(),
            classes,
            new SoftmaxCrossEntropy(),
            new Fail());
    return find(source).read(this::jsc, request);
  }
}
