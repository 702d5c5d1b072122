package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.image.ImageBlock;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.DataFiles;
import dev.convoy.testing.LoggedProcess;
import dev.convoy.testing.SampleImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packs a few dozen pictures as a user does, and trains from the pack and from the folders. */
class PackCommandIT {
  private static final List<String> CLASSES = List.of("bird", "cat", "dog");
  private static final ImageBlock ALL = SampleImages.random(50, Shape.of(3, 32, 32), 3, 5);

  private static final String JOB =
      """
      name: packed
      seed: 7
      data:
        train: SOURCE
        test: SOURCE
        onBadRecord: {skip: {share: 0.2}}
      network:
        input: [3, 32, 32]
        layers:
          - conv2d: {filters: 4, kernel: 3, stride: 2}
          - relu
          - flatten
          - dense: {units: 3}
      training: {epochs: 1, batchSize: 8, optimizer: {sgd: {learningRate: 0.05}}}
      distribution: {workers: 2, averagingFrequency: 2}
      """;

  @TempDir private Path folder;
  private String pictures;
  private Path pack;

  @BeforeAll
  static void useTwoCores() {
    System.setProperty("spark.master", "local[2]");
    System.setProperty("spark.ui.enabled", "false");
  }

  @AfterAll
  static void restore() {
    System.clearProperty("spark.master");
    System.clearProperty("spark.ui.enabled");
  }

  @BeforeEach
  void writePictures() throws IOException {
    DataFiles.folders(ALL, CLASSES, folder.resolve("pictures"));
    pictures = folder.resolve("pictures").toString();
    pack = folder.resolve("pack");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--decode --size 32"})
  void aPackTrainsToTheBitsOfItsFolders(String options) throws IOException {
    List<String> whole = done("pack", pictures, "--output", "PACK", "--shards", "3", options);
    assertTrue(whole.contains("all 3        50"), whole::toString);
    String expected = train("{format: images, path: " + pictures + "}", "folders");
    assertEquals(expected, train("{format: pack, path: " + pack + "}", "packed"));
    // Shuffled, and yet in the order of the folders: so the files are not in that order.
    assertFalse(
        train("{format: parquet, path: " + pack + SHAPES.get(options) + "}", "shards")
            .equals(expected));
    String model = folder.resolve("folders").toString();
    String ofFolders = "{format: images, path: " + pictures + "}";
    String ofPack = "{format: pack, path: " + pack + "}";
    assertEquals(
        done("evaluate", model, "--data", ofFolders), done("evaluate", model, "--data", ofPack));
    assertEquals(
        probabilities(done("predict", model, "--data", ofFolders)),
        probabilities(done("predict", model, "--data", ofPack)));
  }

  private static final Map<String, String> SHAPES =
      Map.of("", "", "--decode --size 32", ", shape: [3, 32, 32]");

  @Test
  void listsArePackedInTheirOrder() throws IOException {
    StringBuilder list = new StringBuilder();
    for (int i = 0; i < ALL.size(); i++) {
      String name = CLASSES.get(ALL.labels()[i]);
      list.append("{\"path\": \"%s/%s\", \"label\": \"%s\"}\n".formatted(name, file(i), name));
    }
    Path lines = Files.writeString(folder.resolve("pictures/list.jsonl"), list);
    done("pack", lines.toString(), "--output", "PACK", "--shards", "2");
    assertEquals(
        train("{format: images, list: " + lines + "}", "list"),
        train("{format: pack, path: " + pack + "}", "packed"));
  }

  @Test
  void aPackThatWasInterruptedGoesOnAndIsTheSame() throws IOException {
    // The second picture makes the job fail when other shards are whole already.
    Path bad = folder.resolve("pictures/bird").toFile().listFiles()[0].toPath();
    byte[] picture = Files.readAllBytes(bad);
    Arrays.fill(picture, 40, 80, (byte) 0);
    Files.write(bad, picture);
    CommandRun failed = pack("--output", "PACK", "--shards", "5");
    assertEquals(2, failed.status(), failed::toString);
    assertTrue(failed.err().get(0).contains(bad.getFileName().toString()), failed::toString);
    assertFalse(Files.exists(pack.resolve("pack.json")));
    CommandRun early = CommandRun.of("inspect", pack.toString());
    assertTrue(early.err().get(0).contains("the pack is not whole"), early::toString);
    Map<String, byte[]> before = content(pack);
    List<Path> shards =
        before.keySet().stream().filter(n -> n.startsWith("shard")).map(pack::resolve).toList();
    assertEquals(4, shards.size(), before.keySet()::toString);
    flip(shards.get(1));

    List<String> out =
        done("pack", pictures, "--output", "PACK", "--shards", "5", "--skip-bad 0.1");
    assertTrue(out.contains("3 of 5 files were there already, and whole"), out::toString);
    assertTrue(out.contains("Left out:  1 that could not be read"), out::toString);
    Path fresh = folder.resolve("fresh");
    done("pack", pictures, "--output", fresh.toString(), "--shards", "5", "--skip-bad 0.1");
    assertSame(content(fresh), content(pack));
    // What is left out takes no number: the others have those of a training that skips it.
    assertEquals(
        train("{format: images, path: " + pictures + "}", "folders"),
        train("{format: pack, path: " + pack + "}", "packed"));
  }

  @Test
  void aShardThatIsDamagedLaterIsRefusedAndMended() throws IOException {
    done("pack", pictures, "--output", "PACK", "--shards", "3");
    Map<String, byte[]> whole = content(pack);
    flip(pack.resolve("shard-00001.parquet"));
    CommandRun refused = trainCommand("{format: pack, path: " + pack + "}", "packed");
    assertEquals(2, refused.status(), refused::toString);
    assertEquals(1, refused.err().size(), refused::toString);
    assertTrue(refused.err().get(0).contains("shard-00001.parquet: must "), refused::toString);
    List<String> out = done("pack", pictures, "--output", "PACK", "--shards", "3");
    assertTrue(out.contains("2 of 3 files were there already, and whole"), out::toString);
    assertSame(whole, content(pack));
  }

  @Test
  void aManifestThatWasChangedIsRefused() throws IOException {
    done("pack", pictures, "--output", "PACK", "--shards", "2");
    Path manifest = pack.resolve("pack.json");
    String whole = Files.readString(manifest);
    String source = "{format: pack, path: " + pack + "}";
    for (String key : List.of("\"mean\": [0.", "\"deviation\": [0.", "\"listing\": \"")) {
      int digit = whole.indexOf(key) + key.length();
      char other = whole.charAt(digit) == '1' ? '2' : '1';
      Files.writeString(manifest, whole.substring(0, digit) + other + whole.substring(digit + 1));
      assertRefused(
          "pack.json: sha256 must be that of the other keys", trainCommand(source, "run"));
      assertRefused("--overwrite makes the pack anew", CommandRun.of("inspect", pack.toString()));
    }
    Files.writeString(manifest, whole.replaceFirst(",\\s*\"sha256\": \"\\w+\"\\s*}\\s*$", "}"));
    assertRefused("but is null: it was changed or damaged", trainCommand(source, "run"));
    Files.writeString(manifest, whole.replace("\"formatVersion\": 2", "\"formatVersion\": 1"));
    assertRefused("sha256 must be absent in format 1", trainCommand(source, "run"));
    Files.writeString(manifest, whole.replace("\"formatVersion\": 2", "\"formatVersion\": 3"));
    assertRefused("formatVersion must be 1 or 2, but is 3", trainCommand(source, "run"));
    String first =
        whole
            .replace("\"formatVersion\": 2", "\"formatVersion\": 1")
            .replaceFirst(",\\s*\"sha256\": \"\\w+\"\\s*}\\s*$", "}");
    Files.writeString(manifest, first);
    assertEquals(
        train("{format: images, path: " + pictures + "}", "folders"), train(source, "packed"));
    done("pack", pictures, "--output", "PACK", "--shards", "2", "--overwrite");
    assertEquals(whole, Files.readString(manifest));
  }

  @Test
  void aPackThatWasKilledGoesOnAndIsTheSame() throws Exception {
    // Enough pictures that there is time between the first shard and the last.
    ImageBlock many = SampleImages.random(1500, Shape.of(3, 64, 64), 3, 9);
    Path source = folder.resolve("many");
    DataFiles.folders(many, CLASSES, source);
    Path expected = folder.resolve("expected");
    done("pack", source.toString(), "--output", expected.toString(), "--shards", "40");
    Path log = folder.resolve("log");
    try (LoggedProcess process =
        ConvoyProcess.start(
            log, "pack", source.toString(), "--output", pack.toString(), "--shards", "40")) {
      process.await(() -> Files.exists(pack) && reports() >= 3);
      process.kill();
    }
    assertFalse(Files.exists(pack.resolve("pack.json")), "killed too late to show anything");
    // What a process may leave that is killed while it writes.
    Files.write(pack.resolve(".shard-00039.parquet.s0a77.part"), new byte[100]);
    Files.write(pack.resolve("._plan.json.part"), new byte[100]);
    String there = "{format: pack, path: " + pack + "}";
    assertRefused("the pack is not whole; the same command goes on", trainCommand(there, "run"));
    List<String> out = done("pack", source.toString(), "--output", "PACK", "--shards", "40");
    assertTrue(
        out.stream().anyMatch(line -> line.endsWith("of 40 files were there already, and whole")),
        out::toString);
    assertSame(content(expected), content(pack));
  }

  private long reports() throws IOException {
    try (Stream<Path> files = Files.list(pack)) {
      return files.filter(file -> file.getFileName().toString().startsWith("_shard-")).count();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{format: cifar10, path: c}",
        "{format: idx, images: i, labels: l}",
        "{format: parquet, path: p}",
        "{format: sequencefile, path: s}"
      })
  void nothingButPicturesInFilesOfTheirOwnIsPacked(String source) {
    CommandRun run = CommandRun.of("pack", source, "--output", pack.toString());
    assertRefused("SOURCE must be pictures in files of their own", run);
    assertFalse(Files.exists(pack));
  }

  @Test
  void nothingButAPackIsReplaced() throws IOException {
    Files.createDirectories(pack);
    Files.writeString(pack.resolve("diary.txt"), "mine");
    assertRefused("holds diary.txt", pack("--output", "PACK", "--overwrite"));
    assertEquals(List.of("diary.txt"), List.copyOf(content(pack).keySet()));
    Files.delete(pack.resolve("diary.txt"));
    done("pack", pictures, "--output", "PACK", "--shards", "2");
    Map<String, byte[]> whole = content(pack);
    assertRefused("differs: seed 0 -> 3", pack("--output", "PACK", "--shards", "2", "--seed", "3"));
    assertRefused("shape none -> ", pack("--output", "PACK", "--shards 2 --decode --size 8"));
    assertSame(whole, content(pack));
    done("pack", pictures, "--output", "PACK", "--shards", "1", "--seed", "3", "--overwrite");
    assertEquals(List.of("pack.json", "shard-00000.parquet"), List.copyOf(content(pack).keySet()));
    assertRefused("must not lie in", pack("--output", pictures + "/cat/pack"));
    assertRefused("at most the number of pictures, 50", pack("--output", "PACK", "--shards", "51"));
    assertRefused("--decode needs --size", pack("--output", "PACK", "--decode"));
    assertRefused("--size needs --decode", pack("--output", "PACK", "--size", "8"));
  }

  @Test
  void inspectShowsAPackAndSomeOfItsPictures() throws IOException {
    done("pack", pictures, "--output", "PACK", "--shards", "3", "--decode --size 8 --grey");
    Path sheet = folder.resolve("sheet.png");
    List<String> out = done("inspect", "PACK", "--sheet", sheet.toString());
    assertTrue(out.contains("Pictures:  pixels [1, 8, 8]"), out::toString);
    assertTrue(out.stream().anyMatch(line -> line.startsWith("Mean:      0.4")), out::toString);
    var picture = ImageIO.read(sheet.toFile());
    assertEquals(3 * 68 + 4, picture.getHeight());
    assertEquals(10 * 68 + 4, picture.getWidth());
    assertRefused(
        "must not be there yet",
        CommandRun.of("inspect", pack.toString(), "--sheet", sheet.toString()));
  }

  private static void assertRefused(String why, CommandRun run) {
    assertEquals(2, run.status(), run::toString);
    assertEquals(1, run.err().size(), run::toString);
    assertTrue(run.err().get(0).contains(why), run::toString);
  }

  private static void flip(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 3] ^= 1;
    Files.write(file, bytes);
  }

  private static String file(int position) {
    return DataFiles.name(position);
  }

  private CommandRun pack(String... options) {
    List<String> all = new ArrayList<>(List.of("pack", pictures));
    all.addAll(List.of(options));
    return command(all);
  }

  private List<String> done(String... arguments) {
    CommandRun run = command(List.of(arguments));
    assertEquals(0, run.status(), run::toString);
    return run.out();
  }

  private CommandRun command(List<String> arguments) {
    return CommandRun.of(
        arguments.stream()
            .map(argument -> argument.equals("PACK") ? pack.toString() : argument)
            .flatMap(a -> a.startsWith("--") ? Arrays.stream(a.split(" ")) : Stream.of(a))
            .filter(argument -> !argument.isEmpty())
            .toArray(String[]::new));
  }

  private CommandRun trainCommand(String source, String output) throws IOException {
    Path job = Files.writeString(folder.resolve("job.yaml"), JOB.replace("SOURCE", source));
    return CommandRun.of("train", job.toString(), "--output", folder.resolve(output).toString());
  }

  /** Trains, and returns the SHA-256 of the parameters. */
  private String train(String source, String output) throws IOException {
    CommandRun run = trainCommand(source, output);
    assertEquals(0, run.status(), run::toString);
    List<String> lines = Files.readAllLines(folder.resolve(output + "/metrics.jsonl"));
    Matcher sum =
        Pattern.compile("\"weightsSha256\":\"(\\w+)\"").matcher(lines.get(lines.size() - 1));
    assertTrue(sum.find(), lines::toString);
    return sum.group(1);
  }

  private static List<String> probabilities(List<String> lines) {
    return lines.stream().map(line -> line.replaceFirst(".*\"class\"", "")).toList();
  }

  private static void assertSame(Map<String, byte[]> expected, Map<String, byte[]> found) {
    assertEquals(expected.keySet(), found.keySet());
    expected.forEach((name, bytes) -> assertArrayEquals(bytes, found.get(name), name));
  }

  private static Map<String, byte[]> content(Path folder) throws IOException {
    Map<String, byte[]> content = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        content.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
    return content;
  }
}
