package dev.convoy.spark.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.holdenkarau.spark.testing.SharedJavaSparkContext;
import dev.convoy.config.data.Cifar10;
import dev.convoy.config.data.DataSource;
import dev.convoy.config.data.Fail;
import dev.convoy.config.data.Idx;
import dev.convoy.config.data.Images;
import dev.convoy.config.data.Pack;
import dev.convoy.config.data.Parquet;
import dev.convoy.config.data.Paths;
import dev.convoy.config.data.Sequencefile;
import dev.convoy.data.ClassLabels;
import dev.convoy.data.PixelOrder;
import dev.convoy.image.DataException;
import dev.convoy.image.ImageBlock;
import dev.convoy.loss.SoftmaxCrossEntropy;
import dev.convoy.spark.file.HadoopFiles;
import dev.convoy.spark.format.pack.PackFolder;
import dev.convoy.spark.format.pack.PackManifest;
import dev.convoy.spark.pack.PackJob;
import dev.convoy.spark.pack.PackSource;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.DataFiles;
import dev.convoy.testing.IdxBytes;
import dev.convoy.testing.RandomSource;
import dev.convoy.testing.SampleImages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.hadoop.io.SequenceFile.CompressionType;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Damages a file of each format in every way, by a seed: the data are read, as where a pixel has
 * changed, or refused in one line that names the file. Nothing else may happen.
 */
@Timeout(120) // against hanging alone
class MalformedDataIT extends SharedJavaSparkContext {
  private static final List<String> CLASSES = List.of("bird", "cat", "dog");
  private static final ImageBlock ALL = SampleImages.random(20, Shape.of(3, 32, 32), 3, 5);

  /** More by {@code -Dconvoy.malformed.cases=20}. */
  private static final int CASES_A_DAMAGE = Integer.getInteger("convoy.malformed.cases", 1);

  private static final MalformedDataIT LAST = new MalformedDataIT();

  @TempDir private Path folder;

  @BeforeEach
  void startSpark() {
    runBefore();
  }

  @AfterAll
  static void stopSpark() {
    LAST.runAfterClass();
  }

  /** What is written, and how it is read. */
  private enum Format {
    IDX,
    CIFAR,
    PICTURE,
    LIST,
    PARQUET_PICTURES,
    PARQUET_ARRAYS,
    PACK_MANIFEST,
    PACK_SHARD,
    SEQUENCE,
    SEQUENCE_IN_BLOCKS;

    /** Writes all files, and returns the one to damage. */
    Path write(Path folder, JavaSparkContext spark) throws IOException {
      Path file = folder.resolve("data");
      switch (this) {
        case IDX -> {
          Files.write(folder.resolve("labels"), IdxBytes.labels(ALL));
          Files.write(file, IdxBytes.images(ALL));
        }
        case CIFAR -> Files.write(file, DataFiles.cifar10(ALL));
        case PICTURE -> {
          DataFiles.folders(ALL, CLASSES, folder.resolve("data"));
          return folder.resolve("data/cat").toFile().listFiles()[0].toPath();
        }
        case LIST -> {
          DataFiles.folders(ALL, CLASSES, folder);
          StringBuilder list = new StringBuilder("path,label\n");
          for (int i = 0; i < ALL.size(); i++) {
            String name = CLASSES.get(ALL.labels()[i]);
            list.append("%s/%s,%s\n".formatted(name, DataFiles.name(i), name));
          }
          Files.writeString(file, list);
        }
        case PARQUET_PICTURES ->
            DataFiles.parquetOfPictures(
                ALL, CLASSES, file, Map.of("convoy.classes", "[\"bird\", \"cat\", \"dog\"]"));
        case PARQUET_ARRAYS -> DataFiles.parquetOfArrays(ALL, file);
        case PACK_MANIFEST, PACK_SHARD -> {
          pack(folder, spark);
          return file.resolve(this == PACK_SHARD ? "shard-00001.parquet" : PackFolder.MANIFEST);
        }
        case SEQUENCE -> DataFiles.sequence(ALL, CLASSES, file, CompressionType.NONE);
        case SEQUENCE_IN_BLOCKS -> DataFiles.sequence(ALL, CLASSES, file, CompressionType.BLOCK);
      }
      // Hadoop's writers leave checksums beside, which would find the damage first.
      Files.deleteIfExists(folder.resolve(".data.crc"));
      return file;
    }

    DataSource source(Path folder) {
      String file = folder.resolve("data").toString();
      return switch (this) {
        case IDX -> new Idx(file, folder.resolve("labels").toString());
        case CIFAR -> new Cifar10(Paths.of(file), null);
        case PICTURE -> new Images(file, null);
        case LIST -> new Images(null, file);
        case PARQUET_PICTURES -> new Parquet(Paths.of(file), null, null, null, null);
        case PARQUET_ARRAYS ->
            new Parquet(Paths.of(file), null, null, ALL.shape(), PixelOrder.CHANNELS_LAST);
        case PACK_MANIFEST, PACK_SHARD -> new Pack(file);
        case SEQUENCE, SEQUENCE_IN_BLOCKS -> new Sequencefile(Paths.of(file), null);
      };
    }
  }

  /** What happens to a file. */
  private enum Damage {
    TRUNCATED,
    BYTES_CHANGED,
    WRONG_START,
    WRONG_END,
    HUGE_NUMBER,
    EMPTY,
    LONGER,
    DIGIT_CHANGED,
    DIGITS_ADDED;

    byte[] apply(byte[] whole, RandomSource random) {
      byte[] file = whole.clone();
      int edge = Math.min(64, file.length - 4);
      switch (this) {
        case TRUNCATED -> {
          return Arrays.copyOf(file, 1 + random.nextInt(file.length - 1));
        }
        case BYTES_CHANGED -> {
          for (int i = random.nextInt(8); i >= 0; i--) {
            file[random.nextInt(file.length)] = (byte) random.nextInt(256);
          }
        }
        case WRONG_START -> System.arraycopy(random.bytes(4), 0, file, 0, 4);
        case WRONG_END -> System.arraycopy(random.bytes(8), 0, file, file.length - 8, 8);
        case HUGE_NUMBER -> {
          int at = random.nextInt(edge);
          boolean atEnd = random.nextInt(2) == 0;
          ByteBuffer.wrap(file).putInt(atEnd ? file.length - 4 - at : at, 0x7FFFFFF0);
        }
        case EMPTY -> {
          return new byte[0];
        }
        case LONGER -> {
          return Arrays.copyOf(file, file.length + 1 + random.nextInt(1000));
        }
        case DIGIT_CHANGED -> {
          int at = digit(file, random);
          file[at] = (byte) ('0' + (file[at] - '0' + 1 + random.nextInt(9) + 10) % 10);
        }
        case DIGITS_ADDED -> {
          int at = digit(file, random);
          byte[] longer = Arrays.copyOf(file, file.length + 9);
          System.arraycopy(file, at, longer, at + 9, file.length - at);
          Arrays.fill(longer, at, at + 9, (byte) '9');
          return longer;
        }
      }
      return file;
    }
  }

  /** Where one of the digits stands that the file has; anywhere if it has none. */
  private static int digit(byte[] file, RandomSource random) {
    int[] digits =
        IntStream.range(0, file.length).filter(i -> file[i] >= '0' && file[i] <= '9').toArray();
    return digits.length == 0 ? random.nextInt(file.length) : digits[random.nextInt(digits.length)];
  }

  /** A pack of all images in three files, beside their folder. */
  private static void pack(Path folder, JavaSparkContext spark) throws IOException {
    Path pictures = folder.resolve("pictures");
    DataFiles.folders(ALL, CLASSES, pictures);
    packJob(folder, spark).run(spark, (done, all) -> {});
  }

  private static PackJob packJob(Path folder, JavaSparkContext spark) throws IOException {
    HadoopFiles files = new HadoopFiles(spark.hadoopConfiguration());
    PackSource source =
        PackSource.find(files, new Images(folder.resolve("pictures").toString(), null));
    PackFolder pack = new PackFolder(files, folder.resolve("data").toString());
    PackJob job = new PackJob(files, source, pack, 1, 3, null, new Fail());
    job.claim(false);
    return job;
  }

  @ParameterizedTest
  @EnumSource
  void wholeDataAreRead(Format format) throws IOException {
    format.write(folder, jsc());
    assertEquals(ALL.size(), read(format.source(folder)).summary().count());
  }

  @ParameterizedTest
  @EnumSource
  void damagedDataAreReadOrRefusedInOneLine(Format format) throws IOException {
    Path file = format.write(folder, jsc());
    byte[] whole = Files.readAllBytes(file);
    int refused = 0;
    for (Damage damage : Damage.values()) {
      RandomSource random = new RandomSource(format + " " + damage);
      for (int i = 0; i < CASES_A_DAMAGE; i++) {
        Files.write(file, damage.apply(whole, random));
        String problem = problem(format.source(folder), random.again() + damage);
        refused += problem.isEmpty() ? 0 : 1;
        table(format, damage, problem);
      }
    }
    assertTrue(refused >= 4, format + ": only " + refused + " were refused");
  }

  @Test
  void picturesThatChangeWhileTheyAreReadAreRefused() throws IOException {
    DataFiles.folders(ALL, CLASSES, folder.resolve("pictures"));
    PackJob job = packJob(folder, jsc());
    FoundImages found = FoundImages.find(new Images(folder + "/pictures", null), files(), true);
    Path file = folder.resolve("pictures/cat").toFile().listFiles()[0].toPath();
    byte[] whole = Files.readAllBytes(file);
    RandomSource random = new RandomSource("changes");
    for (byte[] now :
        List.of(
            Arrays.copyOf(whole, 1 + random.nextInt(whole.length - 1)),
            Arrays.copyOf(whole, whole.length + 1 + random.nextInt(1000)),
            new byte[0])) {
      Files.write(file, now);
      String problem = refusal(() -> job.run(jsc(), (done, all) -> {}), random.again());
      assertTrue(problem.startsWith(file + ": must not change while it is read"), problem);
      table("PACK", "CHANGED", problem);
    }
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    table("PICTURE", "CHANGED", refusal(() -> found.read(this::jsc, request()), "shorter"));
    Files.delete(file);
    String gone = refusal(() -> found.read(this::jsc, request()), "gone");
    assertTrue(gone.startsWith(file + ": file not found"), gone);
    table("PICTURE", "REMOVED", gone);
    assertTrue(refusal(() -> job.run(jsc(), (done, all) -> {}), "gone").contains("not found"));
  }

  @Test
  void linksOutOfTheFolderAreRefusedAndNeverPacked() throws IOException {
    DataFiles.folders(ALL, CLASSES, folder.resolve("pictures"));
    Path secret = Files.write(folder.resolve("secret.png"), new byte[100]);
    Path link = folder.resolve("pictures/cat/link.png");
    for (Path target : List.of(secret, folder, folder.resolve("pictures"))) {
      Files.createSymbolicLink(link, target);
      String problem = refusal(() -> packJob(folder, jsc()), target.toString());
      assertTrue(problem.startsWith(link + ": must "), problem);
      table("PACK", "LINK", problem);
      Files.delete(link);
    }
    // A pack whose manifest names files elsewhere.
    packJob(folder, jsc()).run(jsc(), (done, all) -> {});
    Path manifest = folder.resolve("data/pack.json");
    String text = Files.readString(manifest);
    Files.writeString(manifest, text.replace("\"shard-00001", "\"../shard-00001"));
    String problem = problem(new Pack(folder + "/data"), "names");
    assertTrue(problem.contains("must be called shard-00001.parquet"), problem);
    table("PACK_MANIFEST", "LINK", problem);
  }

  @Test
  void aManifestThatCountsOtherPicturesIsRefused() throws IOException {
    pack(folder, jsc());
    Path manifest = folder.resolve("data/pack.json");
    PackManifest whole = new PackFolder(files(), folder + "/data").manifest();
    // As one writes it who means to deceive: without a checksum.
    String text =
        Files.readString(manifest)
            .replace("\"formatVersion\": 2", "\"formatVersion\": 1")
            .replaceFirst(",\\s*\"sha256\": \"\\w+\"\\s*}\\s*$", "}");
    List<Integer> moved = new ArrayList<>(whole.counts());
    moved.set(0, moved.get(0) + 1);
    List<Integer> more = List.copyOf(moved);
    moved.set(1, moved.get(1) - 1);
    for (List<Integer> counts : List.of(more, moved)) {
      String changed = text.replace("\"counts\": " + whole.counts(), "\"counts\": " + counts);
      Files.writeString(manifest, changed);
      String problem = problem(new Pack(folder + "/data"), "counts");
      assertTrue(problem.contains("counts must be"), problem);
      table("PACK_MANIFEST", "COUNTS", problem);
    }
  }

  private interface Action {
    void run() throws IOException;
  }

  private String refusal(Action action, String again) throws IOException {
    DataException e = assertThrows(DataException.class, action::run, again);
    return checked(e, again);
  }

  private String checked(DataException e, String again) {
    String line = e.getMessage();
    assertEquals(1, line.lines().count(), again + line);
    assertTrue(line.length() < 600, again + line);
    assertTrue(line.contains(folder.toString()), again + line);
    return line;
  }

  /** With {@code -Dconvoy.malformed.table=true} a row for each damage is printed. */
  private void table(Object format, Object damage, String problem) {
    if (Boolean.getBoolean("convoy.malformed.table")) {
      String shown = problem.isEmpty() ? "(read)" : problem.replace(folder.toString(), "");
      System.out.println("| " + format + " | " + damage + " | " + shown + " |");
    }
  }

  /** Why the data are refused; empty if they are not. */
  private String problem(DataSource source, String again) {
    try {
      read(source);
      return "";
    } catch (DataException e) {
      return checked(e, again);
    } catch (IOException | RuntimeException e) {
      throw new AssertionError(again, e);
    }
  }

  private ReadImages read(DataSource source) throws IOException {
    return FoundImages.find(source, files(), true).read(this::jsc, request());
  }

  private HadoopFiles files() {
    return new HadoopFiles(jsc().hadoopConfiguration());
  }

  private static ImageRequest request() {
    return new ImageRequest(
        ALL.shape(), List.of(), new ClassLabels(CLASSES), new SoftmaxCrossEntropy(), new Fail());
  }
}
