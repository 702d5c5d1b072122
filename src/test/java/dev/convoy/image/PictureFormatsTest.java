package dev.convoy.image;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.nn.layer.Size;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.PictureBytes;
import java.awt.Color;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Colours, byte for byte where a format keeps them. The files' README says what they hold. */
class PictureFormatsTest {
  private static final Path FILES = Path.of("src/test/resources/pictures");

  @Test
  void losslessWebpKeepsEveryColour() throws IOException {
    assertFormula(decode("lossless.webp"), 8, 6, 255, 0);
  }

  @Test
  void webpWithAlphaIsDrawnOnBlack() throws IOException {
    assertFormula(decode("alpha.webp"), 8, 6, 0, 36);
  }

  @Test
  void lossyWebpIsNearlyItsColour() throws IOException {
    assertColour(new Color(200, 100, 50), decode("lossy.webp"), 0, 0, 3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "16    | 32    | a frame of 32 by 32 does not fit its canvas of 16 by 16",
        "8000  | 8000  | must be a whole WebP picture, but is damaged: its lossy pixels are cut off",
        "16383 | 16383 | must have at most 67,108,864 pixels, but is 16383 by 16383",
        "15    | 16    | a frame of 16 by 16 does not fit its canvas of 15 by 15"
      })
  void webpFramesThatClaimMoreThanTheirCanvasOrThanMemoryAreRefused(
      int canvas, int frame, String why) throws IOException {
    byte[] file = canvas(Files.readAllBytes(FILES.resolve("lossy.webp")), canvas, frame);
    DataException e =
        assertThrows(
            DataException.class,
            () -> ImageDecoder.decodePicture(new ByteArrayInputStream(file), "p"));
    assertTrue(e.getMessage().contains(why), e.getMessage());
  }

  @Test
  void webpFramesOnTheirCanvasAreRead() throws IOException {
    byte[] file = canvas(Files.readAllBytes(FILES.resolve("lossy.webp")), 16, 16);
    Picture picture = ImageDecoder.decodePicture(new ByteArrayInputStream(file), "p");
    assertColour(new Color(200, 100, 50), picture, 0, 0, 3);
  }

  /** A lossy file with a canvas before its frame, whose size is changed. */
  private static byte[] canvas(byte[] lossy, int canvas, int frame) {
    byte[] file = new byte[lossy.length + 18];
    System.arraycopy(lossy, 0, file, 0, 12);
    System.arraycopy(lossy, 12, file, 30, lossy.length - 12);
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(4, file.length - 8);
    bytes.put(12, "VP8X".getBytes(US_ASCII)).putInt(16, 10);
    bytes.putShort(24, (short) (canvas - 1)).putShort(27, (short) (canvas - 1));
    bytes.putShort(44, (short) frame).putShort(46, (short) frame);
    return file;
  }

  @Test
  void theFirstFrameOfAGifIsTaken() throws IOException {
    assertFormula(decode("frames.gif"), 4, 4, 255, 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cmyk.jpg", "ycck.jpg"})
  void inksBecomeTheLightThatTheyLetThrough(String file) throws IOException {
    // 191 * 204 / 255, 127 * 204 / 255, 64 * 204 / 255
    assertColour(new Color(153, 102, 51), decode(file), 0, 0, 1);
    assertColour(new Color(153, 102, 51), decode(file), 15, 15, 1);
  }

  @Test
  void picturesAreTurnedAsTheCameraWasHeld() throws IOException {
    Picture upsideDown = decode("exif-3.jpg");
    assertEquals(Shape.of(3, 8, 16), upsideDown.shape());
    assertColour(new Color(250, 250, 250), upsideDown, 1, 1, 6);
    assertColour(new Color(250, 0, 0), upsideDown, 14, 6, 6);
    assertColour(new Color(0, 250, 0), upsideDown, 14, 1, 6);
    Picture turned = decode("exif-6.jpg");
    assertEquals(Shape.of(3, 16, 8), turned.shape());
    // Turned right: the bottom left comes to the top left, the top left to the top right.
    assertColour(new Color(0, 250, 0), turned, 1, 1, 6);
    assertColour(new Color(250, 0, 0), turned, 6, 1, 6);
    assertColour(new Color(250, 250, 250), turned, 1, 14, 6);
    assertColour(new Color(0, 0, 250), turned, 6, 14, 6);
  }

  /** Where the pixels of 1 2 3 over 4 5 6 are seen. */
  @ParameterizedTest
  @CsvSource({
    "1, 3, 123456", "2, 3, 321654", "3, 3, 654321", "4, 3, 456123",
    "5, 2, 142536", "6, 2, 415263", "7, 2, 635241", "8, 2, 362514"
  })
  void everyOrientationPutsEachPixelInItsPlace(int number, int width, String seen) {
    Picture stored = new Picture(Shape.of(1, 2, 3), new byte[] {1, 2, 3, 4, 5, 6});
    Picture turned = Orientation.of(number).apply(stored);
    assertEquals(width, turned.shape().width());
    StringBuilder found = new StringBuilder();
    for (byte pixel : turned.pixels()) {
      found.append(pixel);
    }
    assertEquals(seen, found.toString());
  }

  @Test
  void sixteenBitColoursWithAlphaAreRoundedAndDrawnOnBlack() {
    ComponentColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            true,
            false,
            Transparency.TRANSLUCENT,
            DataBuffer.TYPE_USHORT);
    WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_USHORT, 2, 1, 4, null);
    raster.setPixel(0, 0, new int[] {257 * 10 + 128, 257 * 20 + 129, 65535, 65535});
    raster.setPixel(1, 0, new int[] {65535, 257 * 100, 0, 257 * 51});
    BufferedImage image = new BufferedImage(model, raster, false, null);
    byte[] png = PictureBytes.encode(image, "png");
    // 2570 + 128 rounds to 10 of 255, 5140 + 129 to 21; a fifth of 255, 100 and 0 is left.
    assertArrayEquals(
        new byte[] {10, 51, 21, 20, (byte) 255, 0},
        new ImageDecoder(Shape.of(3, 1, 2)).decode(png, "picture"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "gif", "jpg"})
  void aHeaderThatClaimsAHugePictureIsRefusedBeforeThereIsMemoryForIt(String format)
      throws IOException {
    byte[] file =
        format.equals("jpg")
            ? Files.readAllBytes(FILES.resolve("cmyk.jpg"))
            : PictureBytes.encode(new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB), format);
    ByteBuffer bytes = ByteBuffer.wrap(file);
    switch (format) {
      case "png" -> bytes.putInt(16, 60_000).putInt(20, 60_000);
      case "bmp" -> bytes.order(ByteOrder.LITTLE_ENDIAN).putInt(18, 60_000).putInt(22, 60_000);
      case "gif" -> setGifSize(bytes, (short) 60_000);
      default -> setJpegSize(bytes, (short) 60_000);
    }
    DataException e =
        assertThrows(
            DataException.class,
            () -> ImageDecoder.decodePicture(new ByteArrayInputStream(file), "bomb"));
    String message = e.getMessage();
    assertTrue(
        message.equals("bomb: must have at most 67,108,864 pixels, but is 60000 by 60000")
            || message.startsWith("bomb: must be a whole "),
        message);
  }

  /** Of the frame, which may be larger than the screen. */
  private static void setGifSize(ByteBuffer gif, short side) {
    gif.order(ByteOrder.LITTLE_ENDIAN).putShort(6, side).putShort(8, side);
    for (int i = 13; i < gif.limit() - 9; i++) {
      if (gif.get(i) == ',' && gif.getInt(i + 1) == 0 && gif.getShort(i + 5) == 3) {
        gif.putShort(i + 5, side).putShort(i + 7, side);
        return;
      }
    }
    throw new IllegalStateException("no frame");
  }

  private static void setJpegSize(ByteBuffer jpeg, short side) {
    for (int i = 2; i < jpeg.limit() - 9; i++) {
      if (jpeg.getShort(i) == (short) 0xFFC0) {
        jpeg.putShort(i + 5, side).putShort(i + 7, side);
        return;
      }
    }
    throw new IllegalStateException("no frame");
  }

  @Test
  void theMiddleIsCropped() {
    Picture picture =
        new Picture(Shape.of(1, 3, 4), new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
    Preprocessing crop = new CenterCrop(new Size(1, 2));
    assertArrayEquals(new byte[] {6, 7}, crop.apply(picture, "p").pixels());
    DataException e =
        assertThrows(DataException.class, () -> new CenterCrop(Size.of(4)).apply(picture, "p"));
    assertEquals(
        "p: must be at least 4 pixels wide and 4 high for centerCrop, but is 4 by 3",
        e.getMessage());
  }

  @Test
  void halvingMeansOverTheTrianglesOfFourPixels() {
    // Weights 1 3 3 1 of 8 inside; at the border what is outside is left out: 3 3 1 of 7.
    Picture picture = new Picture(Shape.of(1, 1, 6), new byte[] {0, 70, 14, 28, 56, 7});
    Picture half = new Resize(null, new Size(1, 3)).apply(picture, "p");
    // (210 + 14) / 7 = 32; (70 + 42 + 84 + 56) / 8 = 31.5; (28 + 168 + 21) / 7 = 31
    assertArrayEquals(new byte[] {32, 32, 31}, half.pixels());
  }

  @Test
  void theShorterSideBecomesWhatItMustAndTheOtherFollows() {
    Picture wide = new Picture(Shape.of(3, 10, 25), new byte[750]);
    Preprocessing resize = new Resize(4, null);
    assertEquals(Shape.of(3, 4, 10), resize.apply(wide, "p").shape());
    Picture high = new Picture(Shape.of(1, 7, 3), new byte[21]);
    assertEquals(Shape.of(1, 9, 4), resize.apply(high, "p").shape());
    Picture strip = new Picture(Shape.of(1, 1, 60_000), new byte[60_000]);
    DataException e =
        assertThrows(DataException.class, () -> new Resize(64, null).apply(strip, "strip"));
    assertEquals(
        "strip: resize must make at most 67108864 pixels, but would make 3840000 by 64 of 60000 by"
            + " 1",
        e.getMessage());
  }

  @Test
  void aPlainColourStaysWhatItIsAtAnySize() {
    Picture plain = new Picture(Shape.of(1, 13, 9), filled(13 * 9, 77));
    for (int side : new int[] {1, 5, 9, 31}) {
      Picture resized = new Resize(null, Size.of(side)).apply(plain, "p");
      assertArrayEquals(filled(side * side, 77), resized.pixels());
    }
  }

  @Test
  void picturesAreBroughtToTheNetworksSizeAndChannels() throws IOException {
    Preparation preparation =
        new Preparation(
            Shape.of(1, 4, 4), List.of(new Resize(4, null), new CenterCrop(Size.of(4))));
    byte[] file = Files.readAllBytes(FILES.resolve("lossy.webp"));
    byte[] pixels = new ImageDecoder(preparation).decode(file, "picture");
    assertEquals(16, pixels.length);
    assertEquals(0.2989 * 200 + 0.5870 * 100 + 0.1140 * 50, pixels[5] & 0xFF, 3);
    Preparation wrong = new Preparation(Shape.of(1, 4, 4), List.of(new Resize(5, null)));
    DataException e =
        assertThrows(DataException.class, () -> new ImageDecoder(wrong).decode(file, "picture"));
    assertEquals(
        "picture: must be 4 pixels wide and 4 high after preprocessing, as the network takes, but"
            + " is 5 by 5",
        e.getMessage());
  }

  private static byte[] filled(int count, int value) {
    byte[] bytes = new byte[count];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static Picture decode(String file) throws IOException {
    byte[] bytes = Files.readAllBytes(FILES.resolve(file));
    return ImageDecoder.decodePicture(new ByteArrayInputStream(bytes), file);
  }

  private static void assertFormula(
      Picture picture, int width, int height, int alpha, int alphaStep) {
    assertEquals(Shape.of(3, height, width), picture.shape());
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int a = alpha + alphaStep * x;
        int blue = (x * y * 16 + 5) % 256;
        Color colour = new Color(shown(x * 32, a), shown(y * 40, a), shown(blue, a));
        assertColour(colour, picture, x, y, 0);
      }
    }
  }

  private static int shown(int value, int alpha) {
    return Math.round(value * alpha / 255f);
  }

  private static void assertColour(Color expected, Picture picture, int x, int y, int within) {
    int plane = picture.shape().height() * picture.shape().width();
    int at = y * picture.shape().width() + x;
    int[] values = {expected.getRed(), expected.getGreen(), expected.getBlue()};
    for (int c = 0; c < 3; c++) {
      int found = picture.pixels()[c * plane + at] & 0xFF;
      assertEquals(values[c], found, within, "channel " + c + " at " + x + ", " + y);
    }
  }
}
