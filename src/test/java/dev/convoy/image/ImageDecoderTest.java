package dev.convoy.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.tensor.Shape;
import dev.convoy.testing.RandomSource;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {
  private static final Shape GREY = Shape.of(1, 2, 3);
  private static final Shape COLOUR = Shape.of(3, 2, 3);

  @Test
  void greyPicturesKeepTheirValues() {
    byte[] values = {0, 1, 100, (byte) 128, (byte) 200, (byte) 255};
    byte[] png = png(grey(values));
    assertArrayEquals(values, decode(GREY, png));
    byte[] thrice = Arrays.copyOf(values, 18);
    System.arraycopy(values, 0, thrice, 6, 6);
    System.arraycopy(values, 0, thrice, 12, 6);
    assertArrayEquals(thrice, decode(COLOUR, png));
  }

  @Test
  void colourPicturesBecomeGreyByTheirLuminance() {
    // 76.2195, 149.685, 29.07, 254.9745, 0.2989 * 10 + 0.5870 * 20 + 0.1140 * 30 = 18.149, 0
    assertArrayEquals(
        new byte[] {76, (byte) 150, 29, (byte) 255, 18, 0},
        decode(GREY, png(rgb(0xFF0000, 0x00FF00, 0x0000FF, 0xFFFFFF, 0x0A141E, 0x000000))));
  }

  @Test
  void colourPicturesAreDecodedChannelByChannelAndRowByRow() {
    assertArrayEquals(
        new byte[] {1, 4, 7, 10, 13, 16, 2, 5, 8, 11, 14, 17, 3, 6, 9, 12, 15, 18},
        decode(COLOUR, png(rgb(0x010203, 0x040506, 0x070809, 0x0A0B0C, 0x0D0E0F, 0x101112))));
  }

  @Test
  void whatIsTransparentShowsBlack() {
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x00FFFFFF);
    image.setRGB(1, 0, 0x80FFFFFF);
    image.setRGB(2, 0, 0xFFFFFFFF);
    assertArrayEquals(new byte[] {0, (byte) 128, (byte) 255, 0, 0, 0}, decode(GREY, png(image)));
  }

  @Test
  void palettesAreLookedUp() {
    IndexColorModel palette =
        new IndexColorModel(
            8, 2, new byte[] {(byte) 255, 10}, new byte[] {0, 20}, new byte[] {0, 30});
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_INDEXED, palette);
    image.getRaster().setSample(1, 0, 0, 1);
    assertArrayEquals(new byte[] {76, 18, 76, 76, 76, 76}, decode(GREY, png(image)));
  }

  @Test
  void blackAndWhitePicturesKeepTheirValues() {
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_BINARY);
    image.setRGB(2, 1, 0xFFFFFF);
    assertArrayEquals(new byte[] {0, 0, 0, 0, 0, (byte) 255}, decode(GREY, png(image)));
  }

  @Test
  void sixteenBitsAreRoundedToEight() {
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_USHORT_GRAY);
    int[] values = {0, 257, 25_700, 25_829, 65_406, 65_535};
    image.getRaster().setPixels(0, 0, 3, 2, values);
    assertArrayEquals(
        new byte[] {0, 1, 100, 101, (byte) 254, (byte) 255}, decode(GREY, png(image)));
  }

  @Test
  void jpegPicturesAreDecoded() {
    BufferedImage image = grey(new byte[16 * 16], 16, 16);
    WritableRaster raster = image.getRaster();
    for (int i = 0; i < 256; i++) {
      raster.setSample(i % 16, i / 16, 0, 100);
    }
    byte[] pixels = decode(Shape.of(1, 16, 16), encode(image, "jpeg"));
    for (byte pixel : pixels) {
      assertEquals(100, pixel, 1);
    }
    byte[] red = decode(Shape.of(3, 16, 16), encode(filled(16, 16, Color.RED), "jpeg"));
    assertEquals(254, red[0] & 0xFF, 1);
    assertEquals(0, red[256], 1);
    assertEquals(0, red[512], 1);
  }

  @Test
  void refusesAnotherSizeBeforeDecodingIt() {
    byte[] large = png(filled(640, 480, Color.RED));
    String message =
        "picture: must be 3 pixels wide and 2 high, as the network takes, but is 640 by 480";
    assertRefused(message, GREY, large);
    assertRefused(
        "picture: must be 3 pixels wide and 2 high, as the network takes, but is 4 by 2",
        GREY,
        png(filled(4, 2, Color.RED)));
    assertRefused(
        "picture: must be 3 pixels wide and 2 high, as the network takes, but is 3 by 1",
        GREY,
        png(filled(3, 1, Color.RED)));
    assertRefused(
        "picture: must be a whole PNG picture, but is damaged: it is cut off",
        GREY,
        Arrays.copyOf(large, 60));
  }

  @Test
  void refusesAHugePictureByItsHeader() {
    byte[] png = png(filled(3, 2, Color.RED));
    // Width and height stand after signature, length and name of the first chunk.
    Arrays.fill(png, 16, 24, (byte) 0x7F);
    assertThrows(DataException.class, () -> decode(GREY, png));
  }

  @Test
  void refusesWhatIsNoPicture() {
    String message = "picture: must be a PNG, JPEG, GIF, BMP or WebP picture, but is ";
    assertRefused(message + "empty", GREY, new byte[0]);
    assertRefused(message + "not", GREY, new byte[1000]);
  }

  @Test
  void bmpKeepsEveryColour() {
    BufferedImage image = rgb(0x010203, 0xFF0506, 0x070809, 0x0A0BFF, 0x0D0E0F, 0x101112);
    assertArrayEquals(
        new byte[] {1, -1, 7, 10, 13, 16, 2, 5, 8, 11, 14, 17, 3, 6, 9, -1, 15, 18},
        decode(COLOUR, encode(image, "bmp")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg", "bmp", "gif"})
  void refusesAPictureThatIsCutOff(String format) {
    BufferedImage noise = noise(28, 28);
    byte[] whole = encode(noise, format);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThrows(DataException.class, () -> decode(Shape.of(3, 28, 28), cut), "cut to " + length);
    }
    decode(Shape.of(3, 28, 28), whole);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg", "bmp", "gif"})
  void damagedPicturesAreDecodedOrRefused(String format) {
    RandomSource random = new RandomSource("damaged " + format);
    byte[] whole = encode(noise(28, 28), format);
    for (int i = 0; i < 3000; i++) {
      byte[] damaged = whole.clone();
      for (int change = random.nextInt(4); change >= 0; change--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        decode(Shape.of(3, 28, 28), damaged);
      } catch (DataException e) {
        assertTrue(e.getMessage().startsWith("picture: must be "), random.again() + e);
        assertEquals(1, e.getMessage().lines().count(), random.again() + e);
      }
    }
  }

  @Test
  void refusesShapesThatNoPictureHas() {
    assertThrows(IllegalArgumentException.class, () -> new ImageDecoder(Shape.of(2, 5, 5)));
    assertThrows(IllegalArgumentException.class, () -> new ImageDecoder(Shape.of(3)));
  }

  private static byte[] decode(Shape shape, byte[] file) {
    return new ImageDecoder(shape).decode(file, "picture");
  }

  private static void assertRefused(String message, Shape shape, byte[] file) {
    DataException e = assertThrows(DataException.class, () -> decode(shape, file));
    assertEquals(message, e.getMessage());
  }

  private static BufferedImage grey(byte[] values) {
    return grey(values, 3, 2);
  }

  private static BufferedImage grey(byte[] values, int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setDataElements(0, 0, width, height, values);
    return image;
  }

  private static BufferedImage rgb(int... colours) {
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 3, 2, colours, 0, 3);
    return image;
  }

  private static BufferedImage filled(int width, int height, Color colour) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int[] row = new int[width];
    Arrays.fill(row, colour.getRGB());
    for (int y = 0; y < height; y++) {
      image.setRGB(0, y, width, 1, row, 0, width);
    }
    return image;
  }

  private static BufferedImage noise(int width, int height) {
    RandomSource random = new RandomSource("noise");
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width * height; i++) {
      image.setRGB(i % width, i / width, random.nextInt(1 << 24));
    }
    return image;
  }

  private static byte[] png(BufferedImage image) {
    return encode(image, "png");
  }

  private static byte[] encode(BufferedImage image, String format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      assertTrue(ImageIO.write(image, format, out));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
