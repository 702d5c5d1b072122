package dev.convoy.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.tensor.Shape;
import dev.convoy.testing.PictureParts;
import dev.convoy.testing.SampleImages;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureTest {
  private static final Picture COLOUR =
      new Picture(Shape.of(3, 1, 2), new byte[] {10, -1, 20, -1, 30, -1});

  @Test
  void itsChannelsAreBytesWithoutSign() {
    assertArrayEquals(new double[] {20, 255}, COLOUR.channel(1).values());
  }

  @Test
  void greyIsTheLuminanceNotRounded() {
    assertArrayEquals(new double[] {18.149, 254.9745}, COLOUR.grey().values(), 1e-12);
    Picture grey = new Picture(Shape.of(1, 1, 2), new byte[] {7, -2});
    assertArrayEquals(new double[] {7, 254}, grey.grey().values());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void whatIsWrittenIsReadBack(int channels) throws IOException {
    Shape shape = Shape.of(channels, 13, 31);
    Picture picture = new Picture(shape, SampleImages.random(1, shape, 1, 3).pixels());
    Picture back = ImageDecoder.decodePicture(new ByteArrayInputStream(png(picture)), "picture");
    assertEquals(shape, back.shape());
    assertArrayEquals(picture.pixels(), back.pixels());
  }

  @Test
  void refusesAHugePictureByItsHeader() throws IOException {
    byte[] png = png(COLOUR);
    // Width and height stand after signature, length and name of the first chunk.
    byte[] header = Arrays.copyOfRange(png, 16, 29);
    ByteBuffer.wrap(header).putInt(0, 8192).putInt(4, 8193);
    System.arraycopy(PictureParts.chunk("IHDR", header), 0, png, 8, 25);
    DataException e =
        assertThrows(
            DataException.class,
            () -> ImageDecoder.decodePicture(new ByteArrayInputStream(png), "picture"));
    assertEquals(
        "picture: must have at most 67,108,864 pixels, but is 8192 by 8193", e.getMessage());
  }

  @Test
  void refusesShapesThatNoPictureHas() {
    assertThrows(IllegalArgumentException.class, () -> new Picture(Shape.of(2, 1, 1), new byte[2]));
    assertThrows(
        IndexOutOfBoundsException.class, () -> new Picture(Shape.of(1, 1, 2), new byte[1]));
  }

  private static byte[] png(Picture picture) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    picture.writePng(out);
    return out.toByteArray();
  }
}
