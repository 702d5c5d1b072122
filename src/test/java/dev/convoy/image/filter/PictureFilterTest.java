package dev.convoy.image.filter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.image.DataException;
import dev.convoy.image.Picture;
import dev.convoy.nn.layer.Padding;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.ShapeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PictureFilterTest {
  private static final KernelFilter AS_IT_IS = KernelFilter.of(FilterKernel.of(new double[] {1}));
  private static final Picture GREY = picture(1, 1, 5, 20, 45, 70, 95, 120);

  @Test
  void minMaxStretchesTheLeastToBlackAndTheGreatestToWhite() {
    Picture out = new PictureFilter(AS_IT_IS, false, PixelRange.MINMAX, null).apply(GREY);
    assertPixels(out, 0, 64, 128, 191, 255); // 63.75, 127.5, 191.25
  }

  @Test
  void minMaxIsTheDefault() {
    PictureFilter filter = new PictureFilter(AS_IT_IS, false, null, null);
    assertEquals(PixelRange.MINMAX, filter.range());
  }

  @Test
  void clampKeepsValuesAndCutsThemAtBlackAndWhite() {
    assertPixels(
        new PictureFilter(AS_IT_IS, false, PixelRange.CLAMP, null).apply(GREY),
        20,
        45,
        70,
        95,
        120);
    KernelFilter stronger = KernelFilter.of(FilterKernel.of(new double[] {-4, 5.5}));
    assertPixels(
        new PictureFilter(stronger, false, PixelRange.CLAMP, null)
            .apply(picture(1, 1, 4, 0, 100, 30, 30)),
        255,
        0,
        45); // 550, -235, 45
  }

  @Test
  void aThresholdIsOfTheRangeFrom0To1AndItsOwnValueIsBlack() {
    assertPixels(
        new PictureFilter(AS_IT_IS, false, PixelRange.MINMAX, 0.5).apply(GREY), 0, 0, 0, 255, 255);
    Picture bytes = picture(1, 1, 3, 50, 51, 52);
    assertPixels(new PictureFilter(AS_IT_IS, false, PixelRange.CLAMP, 0.2).apply(bytes), 0, 0, 255);
  }

  @Test
  void aFlatPictureIsBlackUnderMinMax() {
    PictureFilter filter = new PictureFilter(AS_IT_IS, false, PixelRange.MINMAX, null);
    assertPixels(filter.apply(picture(1, 1, 3, 9, 9, 9)), 0, 0, 0);
  }

  /** Columns of one colour each hold no horizontal edge, but sums of their grey values round. */
  @ParameterizedTest
  @EnumSource(names = {"SOBEL_HORIZONTAL", "PREWITT_HORIZONTAL", "SCHARR_HORIZONTAL"})
  void roundingIsNotStretchedToAPicture(NamedKernel named) {
    int side = 40;
    byte[] pixels = new byte[3 * side * side];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i % side * 37 + i / (side * side) * 50);
    }
    Picture columns = new Picture(Shape.of(3, side, side), pixels);
    Picture out =
        new PictureFilter(KernelFilter.of(named.kernel()), false, PixelRange.MINMAX, null)
            .apply(columns);
    assertArrayEquals(new byte[38 * 38], out.pixels());
  }

  /** Each window holds the same nine values in another order. */
  @Test
  void roundingOfABlurIsNotStretchedToAPicture() {
    byte[] pixels = new byte[12 * 12];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i / 12 % 3 * 83 + i % 12 % 3 * 7);
    }
    KernelFilter blur = KernelFilter.of(NamedKernel.BOX_BLUR.kernel());
    Picture picture = new Picture(Shape.of(1, 12, 12), pixels);
    assertArrayEquals(
        new byte[100],
        new PictureFilter(blur, false, PixelRange.MINMAX, null).apply(picture).pixels());
  }

  @Test
  void channelsAreFilteredEachByItselfAndStretchedTogether() {
    Picture colour = picture(3, 1, 2, 0, 10, 20, 30, 40, 100);
    PictureFilter filter = new PictureFilter(AS_IT_IS, true, PixelRange.MINMAX, null);
    assertPixels(filter.apply(colour), 0, 26, 51, 77, 102, 255); // 25.5, 51, 76.5, 102
    assertEquals(colour.shape(), filter.apply(colour).shape());
    assertEquals(GREY.shape(), filter.apply(GREY).shape(), "grey stays grey");
  }

  @Test
  void coloursBecomeGreyWithoutRounding() {
    Picture colour = picture(3, 1, 1, 10, 20, 30);
    // 18.149, which is 181.49 ten times
    KernelFilter ten = KernelFilter.of(FilterKernel.of(new double[] {10}));
    assertPixels(new PictureFilter(ten, false, PixelRange.CLAMP, null).apply(colour), 181);
  }

  @Test
  void refusesPicturesOfWhichItMakesNone() {
    PictureFilter sharpen =
        new PictureFilter(KernelFilter.of(NamedKernel.SHARPEN.kernel()), false, null, null);
    ShapeException small = assertThrows(ShapeException.class, () -> sharpen.apply(GREY));
    assertEquals("the kernel of 3x3 needs [C, H>=3, W>=3], but got [1, 1, 5]", small.getMessage());
    PictureFilter padded =
        new PictureFilter(AS_IT_IS.withPadding(Padding.of(100_000)), false, null, null);
    DataException large = assertThrows(DataException.class, () -> padded.apply(GREY));
    assertEquals(
        "what the filter makes must have at most 67,108,864 pixels, but is 200005 by 200001",
        large.getMessage());
    assertThrows(
        IllegalArgumentException.class, () -> new PictureFilter(AS_IT_IS, false, null, 1.0));
  }

  private static Picture picture(int channels, int height, int width, int... values) {
    byte[] pixels = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      pixels[i] = (byte) values[i];
    }
    return new Picture(Shape.of(channels, height, width), pixels);
  }

  private static void assertPixels(Picture picture, int... expected) {
    assertArrayEquals(picture(1, 1, expected.length, expected).pixels(), picture.pixels());
  }
}
