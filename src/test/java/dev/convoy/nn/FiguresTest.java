package dev.convoy.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.MaxPool2d;
import dev.convoy.nn.layer.Size;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.KernelsUnderTest;
import dev.convoy.testing.LayerRun;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The figures of P. Skalski, "Gentle Dive into Math Behind Convolutional Neural Networks" (2019),
 * number for number.
 */
class FiguresTest {
  private static final int[] IMAGE_6X6 = {1, 1, 6, 6};

  @ParameterizedTest
  @EnumSource
  void figure3ConvolvesAnEdge(KernelsUnderTest kernels) {
    float[] image = new float[36];
    for (int i = 0; i < 18; i++) {
      image[i] = 10;
    }
    float[] kernel = {1, 2, 1, 0, 0, 0, -1, -2, -1};
    float[] map = convolve(IMAGE_6X6, 1, 3, 1, kernels).with(kernel).forward(image);
    float[] expected = {0, 0, 0, 0, 40, 40, 40, 40, 40, 40, 40, 40, 0, 0, 0, 0};
    assertArrayEquals(expected, map);
  }

  @ParameterizedTest
  @EnumSource
  void figure6ConvolvesWithStride2(KernelsUnderTest kernels) {
    float[] image = digits("1984457 4867917 4059384 7359054 7411812 7669876 3635427");
    float[] kernel = {0, -1, 0, -1, 5, -1, 0, -1, 0};
    LayerRun run = convolve(new int[] {1, 1, 7, 7}, 1, 3, 2, kernels).with(kernel);
    assertArrayEquals(new float[] {21, 7, -24, -1, 30, 12, 7, 25, 18}, run.forward(image));
  }

  /**
   * The image holds its row in channel 0, its column in 1, and 1 in 2. Filter 1 sums all of each
   * window, filter 2 takes the row of its centre, filter 3 ten times the column of its left edge.
   */
  @ParameterizedTest
  @EnumSource
  void figure7ConvolvesAVolumeWithThreeFilters(KernelsUnderTest kernels) {
    float[] image = new float[3 * 36];
    for (int i = 0; i < 36; i++) {
      image[i] = i / 6;
      image[36 + i] = i % 6;
      image[72 + i] = 1;
    }
    float[] weights = new float[3 * 27];
    for (int i = 0; i < 27; i++) {
      weights[i] = 1;
    }
    weights[27 + 4] = 1;
    weights[54 + 9 + 3] = 10;
    LayerRun run = convolve(new int[] {1, 3, 6, 6}, 3, 3, 1, kernels).with(weights);
    float[] volume = run.forward(image);
    assertEquals(Shape.of(3, 4, 4), run.replica().network().output());
    float[] expected = {
      // 9·(row + 1) + 9·(column + 1) + 9
      27, 36, 45, 54, 36, 45, 54, 63, 45, 54, 63, 72, 54, 63, 72, 81,
      1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4,
      0, 10, 20, 30, 0, 10, 20, 30, 0, 10, 20, 30, 0, 10, 20, 30,
    };
    assertArrayEquals(expected, volume);
  }

  @ParameterizedTest
  @EnumSource
  void figure9SharesTheKernelAmongTheUnits(KernelsUnderTest kernels) {
    float[] units = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    // A weight for each decimal place shows which units each of A, B, C, D sees.
    float[] kernel = {1, 10, 100, 1000};
    LayerRun run = convolve(new int[] {1, 1, 3, 3}, 1, 2, 1, kernels).with(kernel);
    assertArrayEquals(new float[] {5421, 6532, 8754, 9865}, run.forward(units));
  }

  @ParameterizedTest
  @EnumSource
  void figure11SpreadsTheGradientByFullConvolution(KernelsUnderTest kernels) {
    float f11 = 2;
    float f12 = 3;
    float f21 = 5;
    float f22 = 7;
    float d11 = 11;
    float d12 = 13;
    float d21 = 17;
    float d22 = 19;
    LayerRun run =
        convolve(new int[] {1, 1, 3, 3}, 1, 2, 1, kernels).with(new float[] {f11, f12, f21, f22});
    run.forward(new float[9]);
    float[] expected = {
      f11 * d11,
      f12 * d11 + f11 * d12,
      f12 * d12,
      f21 * d11 + f11 * d21,
      f22 * d11 + f21 * d12 + f12 * d21 + f11 * d22,
      f22 * d12 + f12 * d22,
      f21 * d21,
      f22 * d21 + f21 * d22,
      f22 * d22,
    };
    assertArrayEquals(new float[] {22, 59, 39, 89, 231, 148, 85, 214, 133}, expected);
    assertArrayEquals(expected, run.backward(new float[] {d11, d12, d21, d22}));
  }

  @ParameterizedTest
  @EnumSource
  void figure12TakesTheMaximumOfEachWindow(KernelsUnderTest kernels) {
    float[] image = digits("301513 573446 771835 617005 045572 320202");
    float[] map = LayerRun.of(MaxPool2d.of(2, 2), IMAGE_6X6, kernels).forward(image);
    assertArrayEquals(new float[] {7, 5, 6, 7, 8, 5, 4, 5, 7}, map);
  }

  @ParameterizedTest
  @EnumSource
  void figure13CarriesGradientsBackToTheMaxima(KernelsUnderTest kernels) {
    float[] image = digits("1984 4867 4059 7354");
    LayerRun run = LayerRun.of(MaxPool2d.of(2, 2), new int[] {1, 1, 4, 4}, kernels);
    assertArrayEquals(new float[] {9, 8, 7, 9}, run.forward(image));
    float[] back = run.backward(new float[] {1.2f, 1.9f, 0.9f, 0.3f});
    float[] expected = {0, 1.2f, 1.9f, 0, 0, 0, 0, 0, 0, 0, 0, 0.3f, 0.9f, 0, 0, 0};
    assertArrayEquals(expected, back);
  }

  private static LayerRun convolve(
      int[] batchShape, int filters, int kernel, int stride, KernelsUnderTest kernels) {
    Conv2d layer =
        new Conv2d(filters, Size.of(kernel), Size.of(stride), null, null, null, false, null);
    return LayerRun.of(layer, batchShape, kernels);
  }

  private static float[] digits(String rows) {
    String all = rows.replace(" ", "");
    float[] values = new float[all.length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = all.charAt(i) - '0';
    }
    return values;
  }
}
