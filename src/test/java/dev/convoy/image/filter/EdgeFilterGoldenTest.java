package dev.convoy.image.filter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.image.Picture;
import dev.convoy.image.Plane;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.Golden;
import dev.convoy.testing.Golden.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pipeline of figure 4, grey to threshold, against the companion's in float64. */
class EdgeFilterGoldenTest {
  /** Both compute in float64: what is left is another order of summation. */
  private static final double ALLOWED = 1e-12;

  static List<Golden> cases() {
    return Golden.cases("edge_filter");
  }

  @Test
  void theFourKernelsOfFigure4HaveNames() {
    List<NamedKernel> named =
        List.of(
            NamedKernel.SOBEL_HORIZONTAL,
            NamedKernel.SOBEL_DIAGONAL,
            NamedKernel.CROSS_DERIVATIVE,
            NamedKernel.SHARPEN);
    assertEquals(
        named.stream().map(NamedKernel::kernel).toList(),
        cases().stream().map(EdgeFilterGoldenTest::kernel).toList());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void greyValuesAreAsInTheCompanion(Golden golden) {
    assertClose(golden, "/out/gray", picture(golden).grey());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void correlationsAreAsInTheCompanion(Golden golden) {
    Plane filtered = KernelFilter.of(kernel(golden)).apply(picture(golden).grey());
    assertClose(golden, "/out/filtered", filtered);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void thresholdsAreAsInTheCompanion(Golden golden) {
    double threshold = golden.at("/params/threshold").asDouble();
    KernelFilter filter = KernelFilter.of(kernel(golden));
    Picture binary =
        new PictureFilter(filter, false, PixelRange.MINMAX, threshold).apply(picture(golden));
    Tensor expected = golden.tensor("/out/binary");
    assertEquals(
        Shape.of(1, expected.shape()[0], expected.shape()[1]), binary.shape(), golden.name());
    assertArrayEquals(
        Arrays.stream(expected.ints()).map(bit -> -bit).toArray(), // a byte of 255 is -1
        ints(binary.pixels()),
        golden.name());
    assertTrue(Arrays.stream(expected.data()).sum() > 0, "some pixel must be white");
  }

  private static void assertClose(Golden golden, String path, Plane actual) {
    Tensor expected = golden.tensor(path);
    assertArrayEquals(expected.shape(), new int[] {actual.height(), actual.width()});
    assertArrayEquals(expected.data(), actual.values(), ALLOWED, golden + path);
  }

  private static FilterKernel kernel(Golden golden) {
    Tensor kernel = golden.tensor("/in/kernel");
    return new FilterKernel(kernel.shape()[0], kernel.shape()[1], kernel.data());
  }

  /** The golden picture is row by row, pixel by pixel, its colours innermost. */
  private static Picture picture(Golden golden) {
    Tensor bytes = golden.tensor("/in/rgb_hwc_bytes");
    int size = bytes.shape()[0] * bytes.shape()[1];
    byte[] pixels = new byte[3 * size];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i % 3 * size + i / 3] = (byte) bytes.ints()[i];
    }
    return new Picture(Shape.of(3, bytes.shape()[0], bytes.shape()[1]), pixels);
  }

  private static int[] ints(byte[] bytes) {
    int[] ints = new int[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      ints[i] = bytes[i];
    }
    return ints;
  }
}
