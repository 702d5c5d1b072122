package dev.convoy.model.weights;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.convoy.data.FileOpener;
import dev.convoy.model.ModelException;
import dev.convoy.nn.Network;
import dev.convoy.nn.layer.BatchNorm2d;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.Dense;
import dev.convoy.nn.layer.Flatten;
import dev.convoy.tensor.Shape;
import dev.convoy.train.tuning.InitialWeights;
import dev.convoy.train.tuning.Rename;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Two hundred damaged files from a seed: each is read, or refused in a line, in little memory. */
class WeightsFuzzTest {
  private static final Path FOLDER = Path.of("src/test/resources/pretrained");
  private static final int CASES = 200;

  /** The network has 500 values, and each file some thousand bytes. */
  private static final long MOST_BYTES = 4 << 20;

  /** What damaged headers are made of, beside bits: numbers and words at the edges. */
  private static final List<String> WORDS =
      List.of(
          "9223372036854775807",
          "-1",
          "4294967296",
          "1e308",
          "[[[[[[[[[[",
          "{\"a\":",
          "null",
          "\"F16\"",
          "\"I64\"",
          "\"U8\"",
          "[]",
          "\\u0000",
          "..",
          "/",
          "0");

  private static final Network NETWORK =
      Network.builder(Shape.of(3, 5, 5))
          .add("conv1", Conv2d.of(4, 3).withoutBias())
          .add("bn1", new BatchNorm2d())
          .add("flatten", new Flatten())
          .add("fc", Dense.of(10))
          .build();

  private static Map<String, byte[]> sound() throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    for (String name :
        List.of(
            "half.safetensors",
            "sharded/model-00001-of-00002.safetensors",
            "sharded/model-00002-of-00002.safetensors",
            "sharded/model.safetensors.index.json")) {
      files.put(name, Files.readAllBytes(FOLDER.resolve(name)));
    }
    return files;
  }

  private static byte[] damaged(byte[] sound, Random random) {
    byte[] bytes = sound.clone();
    int times = 1 + random.nextInt(3);
    for (int i = 0; i < times && bytes.length > 8; i++) {
      // Headers are the first part of each file: half of the damage is there.
      int at = random.nextInt(random.nextBoolean() ? bytes.length : Math.min(600, bytes.length));
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes = Arrays.copyOf(bytes, at + 1);
        case 2 -> {
          byte[] word = WORDS.get(random.nextInt(WORDS.size())).getBytes(StandardCharsets.UTF_8);
          for (int j = 0; j < word.length && at + j < bytes.length; j++) {
            bytes[at + j] = word[j];
          }
        }
        default -> bytes[at] = (byte) random.nextInt(256);
      }
    }
    return bytes;
  }

  private static FileOpener opener(Map<String, byte[]> files) {
    return path -> {
      byte[] bytes = files.get(path);
      if (bytes == null) {
        throw new FileNotFoundException(path);
      }
      return new ByteArrayInputStream(bytes);
    };
  }

  @Test
  void everyDamagedFileIsReadOrRefusedInALine() throws IOException {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Map<String, byte[]> sound = sound();
    List<String> names = List.copyOf(sound.keySet());
    int refused = 0;
    for (int seed = 0; seed < CASES; seed++) {
      Random random = new Random(seed);
      Map<String, byte[]> files = new HashMap<>(sound);
      String hit = names.get(random.nextInt(names.size()));
      files.put(hit, damaged(sound.get(hit), random));
      String path = hit.startsWith("half") ? hit : "sharded/model.safetensors.index.json";
      InitialWeights asked =
          new InitialWeights(path, List.of(new Rename("net\\.(.*)", "$1")), List.of("bn1.*"));
      long before = threads.getCurrentThreadAllocatedBytes();
      try {
        WeightsImport.read(opener(files), NETWORK, 1, asked, path);
      } catch (ModelException | FileNotFoundException e) {
        refused++;
        assertFalse(e.getMessage().isBlank(), "seed " + seed);
        assertFalse(e.getMessage().contains("\n"), "seed " + seed + ": " + e.getMessage());
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + " of " + hit, e);
      }
      long taken = threads.getCurrentThreadAllocatedBytes() - before;
      assertTrue(taken < MOST_BYTES, "seed " + seed + " took " + taken + " bytes");
    }
    assertTrue(refused > CASES / 2, "too few are refused: " + refused);
  }
}
