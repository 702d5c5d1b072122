package dev.convoy.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.holdenkarau.spark.testing.SharedJavaSparkContext;
import dev.convoy.config.Cifar10;
import dev.convoy.config.DataSource;
import dev.convoy.config.Fail;
import dev.convoy.config.Idx;
import dev.convoy.config.Images;
import dev.convoy.config.Parquet;
import dev.convoy.config.Paths;
import dev.convoy.config.Sequencefile;
import dev.convoy.data.ClassLabels;
import dev.convoy.data.PixelOrder;
import dev.convoy.image.DataException;
import dev.convoy.image.ImageBlock;
import dev.convoy.loss.SoftmaxCrossEntropy;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.DataFiles;
import dev.convoy.testing.IdxBytes;
import dev.convoy.testing.RandomSource;
import dev.convoy.testing.SampleImages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.io.SequenceFile.CompressionType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
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
  private static final int CASES_A_DAMAGE = 1;

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
    SEQUENCE,
    SEQUENCE_IN_BLOCKS;

    /** Writes all files, and returns the one to damage. */
    Path write(Path folder) throws IOException {
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
    LONGER;

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
      }
      return file;
    }
  }

  @ParameterizedTest
  @EnumSource
  void wholeDataAreRead(Format format) throws IOException {
    format.write(folder);
    assertEquals(ALL.size(), read(format.source(folder)).summary().count());
  }

  @ParameterizedTest
  @EnumSource
  void damagedDataAreReadOrRefusedInOneLine(Format format) throws IOException {
    Path file = format.write(folder);
    byte[] whole = Files.readAllBytes(file);
    int refused = 0;
    for (Damage damage : Damage.values()) {
      RandomSource random = new RandomSource(format + " " + damage);
      for (int i = 0; i < CASES_A_DAMAGE; i++) {
        Files.write(file, damage.apply(whole, random));
        String problem = problem(format.source(folder), random.again() + damage);
        refused += problem.isEmpty() ? 0 : 1;
      }
    }
    assertTrue(refused >= 4, format + ": only " + refused + " were refused");
  }

  /** Why the data are refused; empty if they are not. */
  private String problem(DataSource source, String again) {
    try {
      read(source);
      return "";
    } catch (DataException e) {
      String line = e.getMessage();
      assertEquals(1, line.lines().count(), again + line);
      assertTrue(line.length() < 600, again + line);
      assertTrue(line.contains(folder.toString()), again + line);
      return line;
    } catch (IOException | RuntimeException e) {
      throw new AssertionError(again, e);
    }
  }

  private ReadImages read(DataSource source) throws IOException {
    HadoopFiles files = new HadoopFiles(jsc().hadoopConfiguration());
    FoundImages found = FoundImages.find(source, files, true);
    ImageRequest request =
        new ImageRequest(
            ALL.shape(),
            List.of(),
            new ClassLabels(CLASSES),
            new SoftmaxCrossEntropy(),
            new Fail());
    return found.read(this::jsc, request);
  }
}
