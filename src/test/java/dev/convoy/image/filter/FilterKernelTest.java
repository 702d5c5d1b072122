package dev.convoy.image.filter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class FilterKernelTest {
  private static final FilterKernel KERNEL =
      FilterKernel.of(new double[] {1, 2, 3}, new double[] {4, 5, -6.5});

  @Test
  void isTurnedBy180Degrees() {
    assertArrayEquals(new double[] {-6.5, 5, 4, 3, 2, 1}, KERNEL.turned().values());
    assertEquals(KERNEL, KERNEL.turned().turned());
  }

  @Test
  void itsGainIsTheSumOfAbsoluteValues() {
    assertEquals(21.5, KERNEL.gain());
  }

  @Test
  void itsTextIsReadBack() {
    assertEquals("[[1,2,3],[4,5,-6.5]]", KERNEL.toString());
    assertEquals(KERNEL, KernelText.parse(KERNEL.toString(), "kernel"));
    FilterKernel blur = NamedKernel.BOX_BLUR.kernel();
    assertEquals(blur, KernelText.parse(blur.toString(), "kernel"));
  }

  @Test
  void cannotBeChangedFromOutside() {
    double[] values = {1, 2};
    FilterKernel kernel = new FilterKernel(1, 2, values);
    values[0] = 7;
    kernel.values()[1] = 7;
    assertArrayEquals(new double[] {1, 2}, kernel.values());
    assertNotEquals(kernel, new FilterKernel(2, 1, kernel.values()));
  }

  @Test
  void refusesWhatIsNoMatrix() {
    assertRefused("FilterKernel.height must be at least 1, but was 0", () -> FilterKernel.of());
    assertRefused(
        "FilterKernel.width must be at least 1, but was 0", () -> FilterKernel.of(new double[0]));
    assertRefused(
        "FilterKernel needs rows of the same length, but got 2 and 1",
        () -> FilterKernel.of(new double[2], new double[1]));
    assertRefused(
        "FilterKernel of 2x2 can't hold 3 values", () -> new FilterKernel(2, 2, new double[3]));
    assertRefused(
        "FilterKernel.values must be in the range of a 32-bit float, but one was NaN",
        () -> FilterKernel.of(new double[] {Double.NaN}));
  }

  private static void assertRefused(String message, Runnable making) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, making::run).getMessage());
  }
}
