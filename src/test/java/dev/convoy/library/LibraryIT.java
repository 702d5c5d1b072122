package dev.convoy.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.image.ImageBlock;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.DataFiles;
import dev.convoy.testing.ForkedJvm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the programs of the library's page. */
class LibraryIT {
  private static final List<String> CLASSES = List.of("blue", "green", "red");

  @TempDir private static Path folder;
  private static String trained;

  private interface Program {
    void run() throws Exception;
  }

  private static List<String> printed(Program program) throws Exception {
    PrintStream out = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      program.run();
    } finally {
      System.setOut(out);
    }
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  /** Pictures of one colour each, a little brighter from one to the next. */
  private static ImageBlock pictures(int count) {
    Shape shape = Shape.of(3, 32, 32);
    int plane = 32 * 32;
    byte[] pixels = new byte[count * shape.size()];
    int[] labels = IntStream.range(0, count).map(i -> i % 3).toArray();
    for (int i = 0; i < count; i++) {
      int at = i * shape.size() + (2 - labels[i]) * plane;
      Arrays.fill(pixels, at, at + plane, (byte) (100 + i % 100));
    }
    return new ImageBlock(shape, IntStream.range(0, count).toArray(), labels, pixels);
  }

  @BeforeAll
  static void trainOnPictures() throws Exception {
    DataFiles.folders(pictures(120), CLASSES, folder.resolve("train"));
    DataFiles.folders(pictures(30), CLASSES, folder.resolve("test"));
    List<String> lines =
        printed(
            () -> TrainOnPictures.main(new String[] {path("train"), path("test"), path("run")}));
    trained = lines.get(lines.size() - 1);
  }

  private static String path(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void aProgramTrainsOnAFolderOfPicturesAndSaysHowWell() {
    assertEquals("accuracy 1.0", trained);
  }

  @Test
  void aProgramPredictsByConvoysJarAlone() throws Exception {
    for (String name : CLASSES) {
      Path picture;
      try (var files = Files.list(folder.resolve("test").resolve(name))) {
        picture = files.sorted().findFirst().orElseThrow();
      }
      ForkedJvm.Result result =
          ForkedJvm.run(
              List.of(Path.of(System.getProperty("convoy.jar")), testClasses()),
              PredictOnPicture.class,
              List.of(ForkedJvm.WITH_VECTORS),
              path("run"),
              picture.toString());
      assertEquals(0, result.status(), result.errors());
      assertEquals(name, result.output());
    }
  }

  private static Path testClasses() throws Exception {
    return Path.of(
        PredictOnPicture.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  @Test
  void aProgramEvaluatesAndPredictsOnItsSession() throws Exception {
    try (SparkSession session =
        SparkSession.builder()
            .master("local[2]")
            .appName("library")
            .config("spark.ui.enabled", "false")
            .getOrCreate()) {
      List<String> lines =
          printed(() -> EvaluateOnSession.main(new String[] {path("run"), path("test")}));
      assertEquals("accuracy 1.0", lines.get(0));
      assertEquals(31, lines.size());
      for (String line : lines.subList(1, lines.size())) {
        String label = line.substring(line.indexOf(": ") + 2);
        assertTrue(line.contains("/test/" + label + "/"), line);
      }
      assertTrue(!session.sparkContext().isStopped(), "the session stays open");
    }
  }

  @Test
  void aProgramTrainsAJobFileOnItsSession() throws Exception {
    try (SparkSession session =
        SparkSession.builder()
            .master("local[2]")
            .appName("library")
            .config("spark.ui.enabled", "false")
            .config("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
            .getOrCreate()) {
      Path job = folder.resolve("job.yaml");
      Files.writeString(
          job,
          """
          name: session
          data: {train: {format: images, path: FOLDER/train}}
          network:
            input: [3, 32, 32]
            layers: [flatten, {dense: {units: 3}}]
          training: {epochs: 9, batchSize: 8, optimizer: {sgd: {learningRate: 0.01}}}
          distribution: {workers: 2}
          output: FOLDER/session
          """
              .replace("FOLDER", folder.toString()));
      List<String> first = printed(() -> TrainOnSession.main(new String[] {job.toString()}));
      assertEquals(3, first.size(), first.toString());
      assertTrue(first.get(1).startsWith("epoch 2: loss "), first.toString());
      assertTrue(first.get(2).matches("SHA-256 [0-9a-f]{64}"), first.toString());
      assertEquals(first, printed(() -> TrainOnSession.main(new String[] {job.toString()})));
      assertTrue(!session.sparkContext().isStopped(), "the session stays open");
    }
  }

  @Test
  void aServicePredictsByAnyNumberOfThreads() throws Exception {
    PredictInService service = new PredictInService(folder.resolve("run"));
    List<byte[]> uploads =
        IntStream.range(0, 12)
            .mapToObj(i -> read(folder.resolve("test").resolve(CLASSES.get(i % 3)), i))
            .toList();
    List<String> expected = service.all(uploads).stream().map(p -> p.label()).toList();
    assertEquals(IntStream.range(0, 12).mapToObj(i -> CLASSES.get(i % 3)).toList(), expected);
    List<String> parallel =
        uploads.parallelStream().map(file -> service.likeliest(file).get(0).name()).toList();
    assertEquals(expected, parallel);
  }

  private static byte[] read(Path ofClass, int index) {
    try (var files = Files.list(ofClass)) {
      return Files.readAllBytes(files.sorted().skip(index / 3).findFirst().orElseThrow());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aProgramBuildsANetwork() throws Exception {
    assertEquals(List.of("2938 parameters"), printed(() -> BuildNetwork.main(new String[0])));
  }
}
