package dev.convoy.image.filter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.image.Plane;
import dev.convoy.nn.layer.Padding;
import dev.convoy.nn.layer.Size;
import dev.convoy.nn.layer.Window;
import dev.convoy.tensor.ShapeException;
import dev.convoy.testing.RandomSource;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KernelFilterTest {
  private static final FilterKernel LETTERS =
      FilterKernel.of(new double[] {1, 10, 100}, new double[] {1000, 10_000, 100_000});

  /** Sides odd and even, borders, strides, modes. */
  static Stream<KernelFilter> filters() {
    RandomSource random = new RandomSource("filters");
    return Stream.of(new Size(1, 1), new Size(3, 3), new Size(2, 5), new Size(4, 1), new Size(6, 7))
        .flatMap(
            size -> {
              double[] values = new double[size.area()];
              for (int i = 0; i < values.length; i++) {
                values[i] = random.nextInt(21) - 10;
              }
              FilterKernel kernel = new FilterKernel(size.height(), size.width(), values);
              return Stream.of(Padding.VALID, Padding.SAME, Padding.of(2), Padding.of(0, 1, 5, 3))
                  .flatMap(
                      padding ->
                          Stream.of(new Size(1, 1), new Size(2, 3), new Size(8, 8))
                              .flatMap(
                                  stride ->
                                      Stream.of(FilterMode.values())
                                          .map(
                                              mode ->
                                                  new KernelFilter(
                                                      kernel, padding, stride, mode))));
            });
  }

  @ParameterizedTest
  @MethodSource("filters")
  void eachValueIsTheSumOfItsWindow(KernelFilter filter) {
    int height = 9;
    int width = 11;
    RandomSource random = new RandomSource("image");
    double[] image = new double[height * width];
    for (int i = 0; i < image.length; i++) {
      image[i] = random.nextInt(256);
    }
    Plane actual = filter.apply(Plane.of(height, width, image));
    Window windows = filter.windows(height, width);
    double[] expected = new double[windows.outputHeight() * windows.outputWidth()];
    long[][] participation = new long[height][width];
    for (int m = 0; m < windows.outputHeight(); m++) {
      for (int n = 0; n < windows.outputWidth(); n++) {
        for (int j = 0; j < filter.kernel().height(); j++) {
          for (int k = 0; k < filter.kernel().width(); k++) {
            int y = m * filter.stride().height() + j - windows.top();
            int x = n * filter.stride().width() + k - windows.left();
            boolean turned = filter.mode() == FilterMode.CONVOLUTION;
            double weight =
                turned
                    ? filter
                        .kernel()
                        .at(filter.kernel().height() - 1 - j, filter.kernel().width() - 1 - k)
                    : filter.kernel().at(j, k);
            if (y >= 0 && y < height && x >= 0 && x < width) {
              expected[m * windows.outputWidth() + n] += weight * image[y * width + x];
              participation[y][x]++;
            }
          }
        }
      }
    }
    assertEquals(windows.outputHeight(), actual.height());
    assertEquals(windows.outputWidth(), actual.width());
    assertArrayEquals(expected, actual.values());
    assertArrayEquals(participation, filter.participation(height, width));
  }

  @Test
  void correlationOfADotShowsTheKernelTurnedAndConvolutionTheKernel() {
    Plane dot = Plane.of(1, 1, 1);
    KernelFilter filter = KernelFilter.of(LETTERS).withPadding(Padding.of(1, 2));
    // Padded by one less than its sides at each side, the kernel meets the dot with each cell.
    assertArrayEquals(LETTERS.turned().values(), filter.apply(dot).values());
    assertArrayEquals(
        LETTERS.values(), filter.withMode(FilterMode.CONVOLUTION).apply(dot).values());
  }

  @Test
  void sameKeepsTheSizeAndPadsAnEvenKernelAtTheBottomAndRight() {
    double[] image = {1, 2, 3, 4};
    FilterKernel bottomRight = FilterKernel.of(new double[] {0, 0}, new double[] {0, 1});
    Plane map = KernelFilter.of(bottomRight).withPadding(Padding.SAME).apply(Plane.of(2, 2, image));
    assertArrayEquals(new double[] {4, 0, 0, 0}, map.values());
  }

  @Test
  void sameGivesTheSideByTheStrideRoundedUp() {
    KernelFilter filter =
        KernelFilter.of(NamedKernel.IDENTITY.kernel()).withPadding(Padding.SAME).withStride(3);
    assertEquals(4, filter.windows(10, 12).outputHeight());
    assertEquals(4, filter.windows(10, 12).outputWidth());
  }

  @Test
  void refusesAPlaneThatIsTooSmall() {
    ShapeException e =
        assertThrows(
            ShapeException.class, () -> KernelFilter.of(LETTERS).apply(Plane.of(1, 2, 7, 7)));
    assertEquals("the kernel of 2x3 needs [C, H>=2, W>=3], but got [1, 1, 2]", e.getMessage());
  }
}
