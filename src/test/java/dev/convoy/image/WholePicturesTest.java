package dev.convoy.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.tensor.Shape;
import dev.convoy.testing.PictureParts;
import dev.convoy.testing.ReferencePictures;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are cut off, claim more than they hold, take work without end, or are no pictures. */
class WholePicturesTest {
  private static final Path FILES = Path.of("src/test/resources/pictures");

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg", "gif", "bmp", "webp"})
  void whereverAFileIsCutItIsRefused(String format) throws IOException {
    List<String> names = ReferencePictures.names(format, "17x23");
    for (String name : names) {
      byte[] whole = ReferencePictures.bytes(name);
      List<Integer> lengths = new ArrayList<>();
      for (int percent = 1; percent < 100; percent += 3) {
        lengths.add(whole.length * percent / 100);
      }
      for (int less = 1; less <= 24; less++) {
        lengths.add(whole.length - less);
      }
      for (int length : lengths) {
        byte[] cut = Arrays.copyOf(whole, length);
        if (format.equals("bmp") && isUncut(cut, whole)) {
          continue;
        }
        DataException e =
            assertThrows(DataException.class, () -> decode(cut), name + " cut to " + length);
        assertTrue(e.getMessage().startsWith("p: must be a "), e.getMessage());
      }
    }
    assertTrue(names.size() >= 14, names.size() + " pictures");
  }

  /** What fills up the last row of a BMP file to whole words is no pixel. */
  private static boolean isUncut(byte[] cut, byte[] whole) throws IOException {
    int rowBytes = (17 * whole[28] + 7) / 8;
    boolean hasRuns = whole[30] == 1 || whole[30] == 2;
    return !hasRuns
        && whole.length - cut.length <= Math.floorMod(-rowBytes, 4)
        && Arrays.equals(decode(cut).pixels(), decode(whole).pixels());
  }

  @ParameterizedTest
  @ValueSource(ints = {50, 70, 90})
  void aLosslessWebpThatIsCutOffIsRefused(int percent) throws IOException {
    byte[] whole = Files.readAllBytes(FILES.resolve("lossless-photo.webp"));
    byte[] cut = Arrays.copyOf(whole, whole.length * percent / 100);
    DataException e = assertThrows(DataException.class, () -> decode(cut));
    assertEquals(
        "p: must be a whole WebP picture, but is damaged: it is cut off: "
            + cut.length
            + " of "
            + whole.length
            + " bytes are there",
        e.getMessage());
    assertEquals(Shape.of(3, 96, 96), decode(whole).shape());
  }

  @Test
  void noFirstBytesOfALosslessWebpAreReadForEver() throws IOException {
    byte[] whole = Files.readAllBytes(FILES.resolve("lossless-photo.webp"));
    for (int length = 0; length < 200; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      // The same with lengths that say that it is whole.
      byte[] told = cut.clone();
      if (length > 20) {
        ByteBuffer bytes = ByteBuffer.wrap(told).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(4, length - 8).putInt(16, length - 20);
      }
      assertTimeoutPreemptively(
          Duration.ofSeconds(5),
          () -> {
            assertThrows(DataException.class, () -> decode(cut));
            assertThrows(DataException.class, () -> decode(told));
          });
    }
  }

  @Test
  void scansWithoutEndAreRefusedBeforeTheyTakeTime() {
    byte[] jpeg = ReferencePictures.bytes("jpeg/420-q75-progressive-64x48.jpg");
    int last = -1;
    for (int i = 0; i < jpeg.length - 1; i++) {
      last = jpeg[i] == (byte) 0xFF && jpeg[i + 1] == (byte) 0xDA ? i : last;
    }
    byte[] scan = Arrays.copyOfRange(jpeg, last, jpeg.length - 2);
    byte[][] scans = new byte[5000][];
    Arrays.fill(scans, scan);
    byte[] many = PictureParts.inserted(jpeg, jpeg.length - 2, scans);
    DataException e = assertThrows(DataException.class, () -> decode(many));
    assertEquals(
        "p: must be a whole JPEG picture, but is damaged: its scans must go over each component at"
            + " most 100 times, but do it 1671 times",
        e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"1, 67000000", "67000000, 1"})
  void picturesOfMillionsOfRowsOrColumnsAreRefused(int width, int height) throws IOException {
    byte[] png = whitePng(width, height);
    DataException e = assertThrows(DataException.class, () -> decode(png));
    assertEquals(
        "p: must be at most 1,000,000 pixels wide and high, but is " + width + " by " + height,
        e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"1, 1000000", "1000000, 1", "2, 999999"})
  void narrowPicturesAreResized(int width, int height) throws IOException {
    Preparation preparation = new Preparation(Shape.of(1, 4, 4), List.of(Resize.to(4, 4)));
    byte[] white = new byte[16];
    Arrays.fill(white, (byte) 255);
    assertArrayEquals(white, new ImageDecoder(preparation).decode(whitePng(width, height), "p"));
  }

  @Test
  void pixelsThatAreMissingInAFileThatIsWholeAreNotMadeUp() throws IOException {
    byte[] gif = ReferencePictures.bytes("gif/256-33x40.gif");
    int image = 13 + 3 * 256;
    while (gif[image] != ',') {
      image++;
    }
    // One block of coded bytes in place of several, and what ends them.
    int block = image + 11;
    byte[] ended = Arrays.copyOf(gif, block + 1 + (gif[block] & 0xFF) + 2);
    ended[ended.length - 1] = 0x3B;
    ended[ended.length - 2] = 0;
    assertRefused(ended, "must be a whole GIF picture");

    byte[] png = ReferencePictures.bytes("png/rgb-8-33x40.png");
    // The header, the first of two chunks of pixels, and the end.
    int length = ByteBuffer.wrap(png).getInt(33);
    byte[] half =
        PictureParts.inserted(
            Arrays.copyOf(png, 45 + length), 45 + length, PictureParts.chunk("IEND", new byte[0]));
    assertRefused(half, "must be a whole PNG picture");

    byte[] jpeg = ReferencePictures.bytes("jpeg/420-q95-33x40.jpg");
    byte[] scan = Arrays.copyOf(jpeg, jpeg.length / 2 + 2);
    scan[scan.length - 2] = (byte) 0xFF;
    scan[scan.length - 1] = (byte) 0xD9;
    assertRefused(scan, "must be a whole JPEG picture");
  }

  @Test
  void aResizeThatGoesThroughTooManyPixelsIsRefused() {
    Picture strip = new Picture(Shape.of(1, 3_000_000, 1), new byte[3_000_000]);
    DataException e =
        assertThrows(DataException.class, () -> Resize.to(224, 224).apply(strip, "p"));
    Picture dot = new Picture(Shape.of(1, 1, 3), new byte[3]);
    assertThrows(DataException.class, () -> Resize.shorterSide(Integer.MAX_VALUE).apply(dot, "p"));
    assertThrows(
        DataException.class, () -> Resize.shorterSide(Integer.MAX_VALUE).apply(strip, "p"));
    assertEquals(
        "p: resize must go through at most 268435456 pixels on its way, but 3000000 rows of 224"
            + " are more",
        e.getMessage());
  }

  @Test
  void whatAFileCanNotHoldIsRefused() {
    byte[] png = ReferencePictures.bytes("png/rgb-8-33x40.png");
    byte[] header = Arrays.copyOfRange(png, 16, 29);
    ByteBuffer.wrap(header).putInt(0, 8000).putInt(4, 8000);
    byte[] large = png.clone();
    System.arraycopy(PictureParts.chunk("IHDR", header), 0, large, 8, 25);
    assertRefused(large, "bytes can't hold 8000 by 8000 pixels");
    byte[] jpeg = ReferencePictures.bytes("jpeg/420-q75-33x40.jpg");
    for (int i = 0; i < jpeg.length; i++) {
      if (jpeg[i] == (byte) 0xFF && jpeg[i + 1] == (byte) 0xC0) {
        ByteBuffer.wrap(jpeg).putShort(i + 5, (short) 8000).putShort(i + 7, (short) 8000);
        break;
      }
    }
    assertRefused(jpeg, "bytes can't hold 8000 by 8000 pixels");
    png[png.length - 20] ^= 1;
    assertRefused(png, "the check sum of chunk 'IDAT' is wrong");
  }

  @Test
  void strayBytesInAJpegAreToldAndPassedOver() throws IOException {
    byte[] jpeg = ReferencePictures.bytes("jpeg/420-q75-33x40.jpg");
    byte[] stray = {17, 0, 42, 99, 5};
    List<String> faults = new ArrayList<>();
    ImageDecoder decoder =
        new ImageDecoder(new Preparation(Shape.of(3, 40, 33), List.of()), faults::add);
    byte[] expected = decoder.decode(jpeg, "p");
    assertEquals(List.of(), faults);
    // Behind its scan, and before a table.
    byte[] behind = PictureParts.inserted(jpeg, jpeg.length - 2, stray);
    assertArrayEquals(expected, decoder.decode(behind, "behind"));
    int tables = 2 + 18;
    assertArrayEquals(
        expected, decoder.decode(PictureParts.inserted(jpeg, tables, stray), "before"));
    assertEquals(2, faults.size());
    assertTrue(faults.get(0).startsWith("behind: Corrupt JPEG data: "), faults.get(0));
    assertEquals("before: there are stray bytes between its segments", faults.get(1));
    // What follows the end is another matter.
    assertArrayEquals(
        expected, decoder.decode(PictureParts.inserted(jpeg, jpeg.length, stray), "after"));
    assertEquals(2, faults.size());
  }

  @Test
  void aSmallFirstFrameLiesOnItsWholeCanvas() throws IOException {
    Picture picture = decode(Files.readAllBytes(FILES.resolve("small-first-frame.gif")));
    assertEquals(Shape.of(3, 30, 40), picture.shape());
    int coloured = 0;
    for (int y = 0; y < 30; y++) {
      for (int x = 0; x < 40; x++) {
        int at = y * 40 + x;
        boolean isBlack =
            picture.pixels()[at] == 0
                && picture.pixels()[1200 + at] == 0
                && picture.pixels()[2400 + at] == 0;
        boolean isInside = x >= 20 && x < 30 && y >= 10 && y < 20;
        assertTrue(isBlack || isInside, x + ", " + y);
        coloured += isBlack ? 0 : 1;
      }
    }
    assertEquals(100, coloured);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lossy-gradient", "lossy-photo-q30", "lossy-photo-q75"})
  void lossyWebpIsThatOfLibwebp(String name) throws IOException {
    Picture expected = decode(Files.readAllBytes(FILES.resolve(name + ".reference.png")));
    Picture found = decode(Files.readAllBytes(FILES.resolve(name + ".webp")));
    assertEquals(expected.shape(), found.shape());
    assertArrayEquals(expected.pixels(), found.pixels());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                      | empty",
        "\\0\\0\\0\\030ftypheic\\0\\0\\0\\0    | a HEIC picture",
        "\\0\\0\\0\\030ftypavif\\0\\0\\0\\0    | an AVIF picture",
        "\\0\\0\\0\\030ftypisom\\0\\0\\0\\0    | a video",
        "II*\\0abcd                              | a TIFF picture",
        "MM\\0*abcd                              | a TIFF picture",
        "<!DOCTYPE html><p>                      | an HTML page",
        "<html><head>                            | an HTML page",
        "<svg xmlns=\"x\">                       | an SVG picture",
        "<?xml version=\"1.0\"?><svg>            | an SVG picture",
        "<?xml version=\"1.0\"?><feed>           | an XML document",
        "%PDF-1.7                                | a PDF document",
        "PK\\003\\004                        | a ZIP archive",
        "version https://git-lfs.github.com/spec/v1 | a Git LFS pointer: `git lfs pull` fetches"
            + " the picture",
        "some words                              | not"
      })
  void aFileThatIsNoPictureIsCalledByItsName(String start, String what) {
    byte[] file = start.translateEscapes().getBytes(ISO_8859_1);
    DataException e = assertThrows(DataException.class, () -> decode(file));
    assertEquals(
        "p: must be a PNG, JPEG, GIF, BMP or WebP picture, but is " + what, e.getMessage());
  }

  private static void assertRefused(byte[] file, String why) {
    DataException e = assertThrows(DataException.class, () -> decode(file));
    assertTrue(e.getMessage().contains(why), e.getMessage());
  }

  private static Picture decode(byte[] file) throws IOException {
    return ImageDecoder.decodePicture(new ByteArrayInputStream(file), "p");
  }

  private static byte[] whitePng(int width, int height) {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    png.writeBytes(PictureParts.chunk("IHDR", header.put((byte) 8).array()));
    Deflater deflater = new Deflater();
    byte[] row = new byte[1 + width];
    Arrays.fill(row, 1, row.length, (byte) 255);
    int rows = Math.max(1, Math.min(height, 100_000 / row.length));
    byte[] some = new byte[rows * row.length];
    for (int i = 0; i < rows; i++) {
      System.arraycopy(row, 0, some, i * row.length, row.length);
    }
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    byte[] buffer = new byte[1 << 16];
    for (int y = 0; y < height; y += rows) {
      deflater.setInput(some, 0, Math.min(rows, height - y) * row.length);
      if (y + rows >= height) {
        deflater.finish();
      }
      int length = deflater.deflate(buffer);
      while (length > 0) {
        packed.write(buffer, 0, length);
        length = deflater.deflate(buffer);
      }
    }
    deflater.end();
    png.writeBytes(PictureParts.chunk("IDAT", packed.toByteArray()));
    png.writeBytes(PictureParts.chunk("IEND", new byte[0]));
    return png.toByteArray();
  }
}
