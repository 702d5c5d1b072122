package dev.convoy.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.image.DataException;
import dev.convoy.image.ImageBlock;
import dev.convoy.image.Targets;
import dev.convoy.loss.BinaryCrossEntropy;
import dev.convoy.loss.Loss;
import dev.convoy.loss.MeanSquaredError;
import dev.convoy.loss.SoftmaxCrossEntropy;
import dev.convoy.loss.Task;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.IdxBytes;
import dev.convoy.testing.RandomSource;
import dev.convoy.testing.SampleImages;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** IDX files of labels that are vectors: {@code [N, outputs]}, of bytes or of float32. */
class IdxVectorsTest {
  private static final int COUNT = 7;
  private static final int OUTPUTS = 3;
  private static final Loss BINARY = new BinaryCrossEntropy();
  private static final Loss SQUARED = new MeanSquaredError();

  private static final ImageBlock BITS = with(Targets.bytes(OUTPUTS, bits()));
  private static final ImageBlock NUMBERS =
      with(Targets.floats(OUTPUTS, new RandomSource("numbers").normal(COUNT * OUTPUTS)));

  private final Map<String, byte[]> files = new HashMap<>();
  private int open;

  private static ImageBlock with(Targets targets) {
    ImageBlock images = SampleImages.random(COUNT, Shape.of(1, 3, 5), 2, 1);
    return new ImageBlock(images.shape(), images.ids(), targets, images.pixels());
  }

  private static byte[] bits() {
    byte[] bits = new byte[COUNT * OUTPUTS];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = (byte) (i * i % 7 % 2);
    }
    return bits;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void readsVectorsOfBytesInPieces(boolean gzip) {
    byte[] labels = IdxBytes.byteVectors(BITS);
    put(gzip ? IdxBytes.gzip(labels) : labels);
    try (IdxImages images = images(BINARY)) {
      assertEquals(Task.MULTI_LABEL, images.task());
      assertEquals(3, images.targetBytes());
      assertEquals(18, images.exampleBytes());
      assertTargets(images.read(3), BITS, 0, 3);
      images.skip(2);
      assertTargets(images.read(9), BITS, 5, 2);
    }
    assertEquals(0, open);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void readsVectorsOfFloatsInPieces(boolean gzip) {
    byte[] labels = IdxBytes.floatVectors(NUMBERS);
    put(gzip ? IdxBytes.gzip(labels) : labels);
    try (IdxImages images = images(SQUARED)) {
      assertEquals(Task.REGRESSION, images.task());
      assertEquals(12, images.targetBytes());
      assertTargets(images.read(2), NUMBERS, 0, 2);
      images.skip(1);
      assertTargets(images.read(9), NUMBERS, 3, 4);
    }
  }

  @Test
  void bytesAreNumbersToALossOfNumbers() {
    byte[] labels = {(byte) 255, 0, 7};
    put(IdxBytes.of(repeat(labels, COUNT), 0x802, COUNT, OUTPUTS));
    try (IdxImages images = images(SQUARED)) {
      Targets targets = images.read(COUNT).targets();
      assertEquals(255, targets.value(6, 0));
      assertEquals(7, targets.value(6, 2));
    }
  }

  @Test
  void floatsOfZeroAndOneAreLabels() {
    float[] values = new float[COUNT * OUTPUTS];
    values[4] = 1;
    ImageBlock block = with(Targets.floats(OUTPUTS, values));
    put(IdxBytes.floatVectors(block));
    try (IdxImages images = images(BINARY)) {
      assertEquals(Task.MULTI_LABEL, images.task());
      assertTargets(images.read(COUNT), block, 0, COUNT);
    }
  }

  @Test
  void classNumbersStayClassNumbersWhateverTheLoss() {
    put(IdxBytes.of(new byte[COUNT], 0x801, COUNT));
    for (Loss loss : new Loss[] {BINARY, SQUARED, new SoftmaxCrossEntropy()}) {
      try (IdxImages images = images(loss)) {
        assertEquals(Task.CLASSIFICATION, images.task());
        assertEquals(0, images.targetBytes());
        assertFalse(images.read(COUNT).targets().areVectors());
      }
    }
  }

  @Test
  void refusesVectorsForALossOfClasses() {
    put(IdxBytes.byteVectors(BITS));
    refused(
        "labels: labels must be class numbers, [N], for softmaxCrossEntropy, but are vectors, [7, 3];"
            + " binaryCrossEntropy takes several labels an image",
        new SoftmaxCrossEntropy());
  }

  @Test
  void refusesVectorsOfAnotherWidth() {
    put(IdxBytes.of(new byte[28], 0x802, 7, 4));
    refused(
        "labels: target vectors must have 3 values, one an output of the network, but have 4",
        BINARY);
    put(IdxBytes.of(new byte[56], 0xD02, 7, 2));
    refused(
        "labels: target vectors must have 3 values, one an output of the network, but have 2",
        SQUARED);
  }

  @Test
  void refusesATargetThatIsNoLabel() {
    byte[] labels = IdxBytes.byteVectors(BITS);
    labels[12 + 5 * OUTPUTS + 1] = (byte) 200;
    put(labels);
    refused(
        "labels: targets must be 0 or 1 for binaryCrossEntropy, but value 1 of label 5 (both counted"
            + " from 0) is 200",
        BINARY);
    put(floats(4, 0.5f));
    refused(
        "labels: targets must be 0 or 1 for binaryCrossEntropy, but value 1 of label 1 (both counted"
            + " from 0) is 0.5",
        BINARY);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void refusesATargetThatIsNotFinite(float bad) {
    put(floats(20, bad));
    String value = " is " + (Float.isNaN(bad) ? "NaN" : bad > 0 ? "Infinity" : "-Infinity");
    refused(
        "labels: targets must be finite numbers, but value 2 of label 6 (both counted from 0)"
            + value,
        SQUARED);
  }

  @Test
  void refusesSizesThatCannotBeBeforeTakingMemoryForThem() {
    put(IdxBytes.of(new byte[0], 0x802, 7, 0x7fffffff));
    refused(
        "labels: a target vector must be of at most 67108864 bytes, but its header claims 7 labels"
            + " of 2147483647",
        BINARY);
    put(IdxBytes.of(new byte[0], 0xD02, 7, 0x1000001));
    refused(
        "labels: a target vector must be of at most 67108864 bytes, but its header claims 7 labels"
            + " of 16777217",
        SQUARED);
    put(IdxBytes.of(new byte[0], 0xD02, 7, 0));
    refused("labels: extent of axis 1 must be from 1 to 2147483647, but is 0", SQUARED);
    put(IdxBytes.of(new byte[0], 0xD02, 7, -1));
    refused("labels: extent of axis 1 must be from 1 to 2147483647, but is 4294967295", SQUARED);
    put(IdxBytes.of(new byte[0], 0xD02, -7, 3));
    refused("labels: number of labels must be from 1 to 2147483647, but is 4294967289", SQUARED);
  }

  @Test
  void refusesATruncatedFileWhereverItIsCut() {
    byte[] whole = IdxBytes.floatVectors(NUMBERS);
    for (int length = 0; length < whole.length; length++) {
      put(Arrays.copyOf(whole, length));
      String what =
          length < 12
              ? "start with a whole IDX header, but ends within it"
              : "hold 7 labels of 3 as its header says, but ends after " + (length - 12) / 12;
      refused("labels: must " + what, SQUARED);
    }
    put(Arrays.copyOf(whole, whole.length + 1));
    refused("labels: must end after 7 labels of 3, but goes on", SQUARED);
  }

  @Test
  void refusesAnotherRankOrType() {
    for (int magic : new int[] {0x803, 0xD01, 0xD03, 0xC02, 0x902, 0x10802, 0}) {
      put(IdxBytes.of(new byte[100], magic, 7, 3));
      refused(
          "labels: IDX labels must start with 0x00000801, but it starts with 0x%08x"
              .formatted(magic),
          SQUARED);
    }
  }

  @Test
  void refusesCountsThatDiffer() {
    put(IdxBytes.of(new byte[18], 0x802, 6, 3));
    refused("labels: must hold a label for each of the 7 images of images, but holds 6", BINARY);
  }

  private static byte[] floats(int at, float value) {
    ByteBuffer values = ByteBuffer.allocate(COUNT * OUTPUTS * Float.BYTES);
    values.putFloat(at * Float.BYTES, value);
    return IdxBytes.of(values.array(), 0xD02, COUNT, OUTPUTS);
  }

  private static byte[] repeat(byte[] bytes, int times) {
    byte[] all = new byte[bytes.length * times];
    for (int i = 0; i < all.length; i++) {
      all[i] = bytes[i % bytes.length];
    }
    return all;
  }

  private void put(byte[] labels) {
    files.put("images", IdxBytes.images(BITS));
    files.put("labels", labels);
  }

  /** Hands out a few bytes at a time, as networks do. */
  private InputStream open(String path) {
    open++;
    return new FilterInputStream(new ByteArrayInputStream(files.get(path))) {
      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        return super.read(target, offset, Math.min(length, 11));
      }

      @Override
      public void close() throws IOException {
        open--;
        super.close();
      }
    };
  }

  private IdxImages images(Loss loss) {
    return IdxImages.open(this::open, "images", "labels", new LabelRule(OUTPUTS, loss));
  }

  private void refused(String message, Loss loss) {
    DataException e =
        assertThrows(
            DataException.class,
            () -> {
              try (IdxImages images = images(loss)) {
                while (images.remaining() > 0) {
                  images.read(2);
                }
              }
            });
    assertEquals(message, e.getMessage());
    assertEquals(0, open, "every stream is closed");
  }

  private static void assertTargets(ImageBlock actual, ImageBlock expected, int from, int count) {
    assertEquals(count, actual.size());
    assertTrue(actual.targets().areVectors());
    assertEquals(0, actual.labels().length);
    for (int i = 0; i < count; i++) {
      for (int c = 0; c < OUTPUTS; c++) {
        assertEquals(expected.targets().value(from + i, c), actual.targets().value(i, c));
      }
    }
  }
}
