package dev.convoy.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.image.DataException;
import dev.convoy.image.ImageBlock;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.IdxBytes;
import dev.convoy.testing.SampleImages;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdxImagesTest {
  private static final int CLASSES = 10;
  private static final ImageBlock GREY = SampleImages.random(7, Shape.of(1, 3, 5), CLASSES, 1);
  private static final ImageBlock COLOUR = SampleImages.random(4, Shape.of(3, 2, 4), CLASSES, 2);

  private final Map<String, byte[]> files = new HashMap<>();
  private int open;

  @Test
  void readsPlainFilesInPieces() {
    put(IdxBytes.images(GREY), IdxBytes.labels(GREY));
    try (IdxImages images = images()) {
      assertEquals(GREY.shape(), images.shape());
      assertEquals(7, images.count());
      assertTrue(images.seekable());
      assertSame(SampleImages.choose(GREY, 0, 1, 2), images.read(3));
      assertEquals(3, images.position());
      assertSame(SampleImages.choose(GREY, 3, 4, 5), images.read(3));
      assertEquals(1, images.remaining());
      assertSame(SampleImages.choose(GREY, 6), images.read(3));
      assertEquals(0, images.read(3).size());
    }
    assertEquals(0, open);
  }

  @Test
  void knowsGzipByItsBytesAndNotByAName() {
    put(IdxBytes.gzip(IdxBytes.images(GREY)), IdxBytes.labels(GREY));
    try (IdxImages images = images()) {
      assertFalse(images.seekable());
      assertSame(GREY, images.read(100));
    }
  }

  @Test
  void readsImagesWithChannels() {
    put(IdxBytes.images(COLOUR), IdxBytes.gzip(IdxBytes.labels(COLOUR)));
    try (IdxImages images = images()) {
      assertSame(COLOUR, images.read(4));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void skipsImagesAndTheirLabels(boolean gzip) {
    byte[] bytes = IdxBytes.images(GREY);
    put(gzip ? IdxBytes.gzip(bytes) : bytes, IdxBytes.labels(GREY));
    try (IdxImages images = images()) {
      images.skip(2);
      assertSame(SampleImages.choose(GREY, 2), images.read(1));
      images.skip(3);
      assertSame(SampleImages.choose(GREY, 6), images.read(1));
      assertThrows(IndexOutOfBoundsException.class, () -> images.skip(1));
    }
  }

  @Test
  void readsImagesWithoutLabels() {
    put(IdxBytes.images(GREY), new byte[0]);
    try (IdxImages images = IdxImages.open(this::open, "images")) {
      ImageBlock block = images.read(7);
      assertArrayEquals(GREY.pixels(), block.pixels());
      assertTrue(Arrays.stream(block.labels()).allMatch(label -> label == ImageBlock.NO_LABEL));
    }
  }

  @Test
  void refusesAFileOfAnotherKind() {
    put(IdxBytes.labels(GREY), IdxBytes.labels(GREY));
    refused("images: IDX images must start with 0x00000803, but it starts with 0x00000801");
    put(IdxBytes.images(GREY), IdxBytes.images(GREY));
    refused("labels: IDX labels must start with 0x00000801, but it starts with 0x00000803");
    put("not IDX at all".getBytes(UTF_8), new byte[0]);
    refused("images: IDX images must start with 0x00000803, but it starts with 0x6e6f7420");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 4, 15})
  void refusesAnIncompleteHeader(int length) {
    put(Arrays.copyOf(IdxBytes.images(GREY), length), IdxBytes.labels(GREY));
    refused("images: must start with a whole IDX header, but ends within it");
  }

  @Test
  void refusesSizesThatCannotBeBeforeTakingMemoryForThem() {
    put(IdxBytes.of(new byte[0], 0x803, 1, 0x7fffffff, 0x7fffffff), new byte[0]);
    refused(
        "images: an image must be of at most 67108864 bytes, but its header claims"
            + " 1 images of 2147483647x2147483647");
    put(IdxBytes.of(new byte[0], 0x804, 1, 0x10000, 0x10000, 0x10000), new byte[0]);
    refused(
        "images: an image must be of at most 67108864 bytes, but its header claims"
            + " 1 images of 65536x65536x65536");
    put(IdxBytes.of(new byte[0], 0x803, -1, 28, 28), new byte[0]);
    refused("images: number of images must be from 1 to 2147483647, but is 4294967295");
    put(IdxBytes.of(new byte[0], 0x803, 0, 28, 28), new byte[0]);
    refused("images: number of images must be from 1 to 2147483647, but is 0");
    put(IdxBytes.of(new byte[0], 0x803, 5, 28, 0), new byte[0]);
    refused("images: extent of axis 2 must be from 1 to 2147483647, but is 0");
  }

  @Test
  void refusesAHeaderThatClaimsMoreThanTheFileHolds() {
    put(IdxBytes.of(GREY.pixels(), 0x803, 1000, 3, 5), IdxBytes.of(new byte[1000], 0x801, 1000));
    refused("images: must hold 1000 images of 3x5 as its header says, but ends after 7");
    put(IdxBytes.images(GREY), IdxBytes.of(new byte[5], 0x801, 7));
    refused("labels: must hold 7 labels as its header says, but ends after 5");
  }

  @Test
  void refusesAFileThatEndsWithinWhatIsSkipped() {
    put(IdxBytes.of(GREY.pixels(), 0x803, 1000, 3, 5), IdxBytes.of(new byte[1000], 0x801, 1000));
    try (IdxImages images = images()) {
      DataException e = assertThrows(DataException.class, () -> images.skip(900));
      assertEquals(
          "images: must hold 1000 images of 3x5 as its header says, but ends early",
          e.getMessage());
    }
  }

  @Test
  void refusesBytesAfterTheLastItem() {
    put(IdxBytes.of(GREY.pixels(), 0x803, 6, 3, 5), IdxBytes.of(new byte[6], 0x801, 6));
    refused("images: must end after 6 images of 3x5, but goes on");
    try (IdxImages images = images()) {
      images.skip(5);
      assertThrows(DataException.class, () -> images.read(1));
    }
    put(IdxBytes.gzip(IdxBytes.images(GREY)), IdxBytes.of(new byte[8], 0x801, 7));
    refused("labels: must end after 7 labels, but goes on");
  }

  @Test
  void refusesATruncatedGzipFileWhereverItIsCut() {
    byte[] whole = IdxBytes.gzip(IdxBytes.images(GREY));
    for (int length = 2; length < whole.length; length++) {
      put(Arrays.copyOf(whole, length), IdxBytes.labels(GREY));
      String message = assertThrows(DataException.class, this::readAll).getMessage();
      assertTrue(message.startsWith("images: must "), message);
      assertFalse(message.contains("\n"), message);
    }
    put(Arrays.copyOf(whole, whole.length - 30), IdxBytes.labels(GREY));
    refused("images: must hold 7 images of 3x5 as its header says, but its gzip data end after 5");
    put(Arrays.copyOf(whole, whole.length - 3), IdxBytes.labels(GREY));
    refused("images: must be whole gzip data, but its last bytes are missing");
  }

  @Test
  void refusesDamagedGzipData() {
    byte[] damaged = IdxBytes.gzip(IdxBytes.images(GREY));
    damaged[damaged.length - 8] ^= 1;
    put(damaged, IdxBytes.labels(GREY));
    refused("images: must be whole gzip data, but is damaged: Corrupt GZIP trailer");
  }

  @Test
  void refusesCountsThatDiffer() {
    put(IdxBytes.images(GREY), IdxBytes.of(new byte[8], 0x801, 8));
    refused("labels: must hold a label for each of the 7 images of images, but holds 8");
  }

  @Test
  void refusesALabelThatIsNoClass() {
    byte[] labels = {0, 1, 9, 3, 10, 5, 6};
    put(IdxBytes.images(GREY), IdxBytes.of(labels, 0x801, 7));
    refused(
        "labels: labels must be below 10, the number of classes, but label 4 (counted from 0)"
            + " is 10");
    labels[4] = (byte) 255;
    put(IdxBytes.images(GREY), IdxBytes.of(labels, 0x801, 7));
    refused(
        "labels: labels must be below 10, the number of classes, but label 4 (counted from 0)"
            + " is 255");
  }

  @Test
  void namesTheFileThatCannotBeRead() {
    FileOpener broken =
        path -> {
          throw new IOException("the disk is on fire");
        };
    UncheckedIOException e =
        assertThrows(UncheckedIOException.class, () -> IdxImages.open(broken, "images"));
    assertEquals("images: cannot be read: the disk is on fire", e.getMessage());
  }

  private void put(byte[] images, byte[] labels) {
    files.put("images", images);
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

  private IdxImages images() {
    return IdxImages.open(this::open, "images", "labels", CLASSES);
  }

  private void readAll() {
    try (IdxImages images = images()) {
      while (images.remaining() > 0) {
        images.read(2);
      }
    }
  }

  private void refused(String message) {
    DataException e = assertThrows(DataException.class, this::readAll);
    assertEquals(message, e.getMessage());
    assertEquals(0, open, "every stream is closed");
  }

  private static void assertSame(ImageBlock expected, ImageBlock actual) {
    assertEquals(expected.shape(), actual.shape());
    assertArrayEquals(expected.ids(), actual.ids());
    assertArrayEquals(expected.labels(), actual.labels());
    assertArrayEquals(expected.pixels(), actual.pixels());
  }
}
