package dev.convoy.image.filter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.image.Plane;
import dev.convoy.nn.layer.Padding;
import org.junit.jupiter.api.Test;

/**
 * Figures 3, 5 and 6 of P. Skalski, "Gentle Dive into Math Behind Convolutional Neural Networks"
 * (2019), number for number. Figure 4 is in {@link EdgeFilterGoldenTest}.
 */
class FilterFiguresTest {
  @Test
  void figure3FindsAnEdge() {
    double[] image = new double[36];
    for (int i = 0; i < 18; i++) {
      image[i] = 10;
    }
    Plane map = KernelFilter.of(NamedKernel.SOBEL_HORIZONTAL.kernel()).apply(Plane.of(6, 6, image));
    assertEquals(4, map.height());
    assertEquals(4, map.width());
    assertArrayEquals(
        new double[] {0, 0, 0, 0, 40, 40, 40, 40, 40, 40, 40, 40, 0, 0, 0, 0}, map.values());
  }

  @Test
  void figure5CountsHowOftenAPixelTakesPart() {
    KernelFilter filter = KernelFilter.of(NamedKernel.IDENTITY.kernel());
    long[][] valid = {
      {1, 2, 3, 2, 1}, {2, 4, 6, 4, 2}, {3, 6, 9, 6, 3}, {2, 4, 6, 4, 2}, {1, 2, 3, 2, 1}
    };
    assertArrayEquals(valid, filter.participation(5, 5));
    long[][] padded = {
      {4, 6, 6, 6, 4}, {6, 9, 9, 9, 6}, {6, 9, 9, 9, 6}, {6, 9, 9, 9, 6}, {4, 6, 6, 6, 4}
    };
    assertArrayEquals(padded, filter.withPadding(Padding.of(1)).participation(5, 5));
    assertArrayEquals(padded, filter.withPadding(Padding.SAME).participation(5, 5));
  }

  @Test
  void figure6SharpensWithStride2() {
    String digits = "1984457 4867917 4059384 7359054 7411812 7669876 3635427".replace(" ", "");
    double[] image = digits.chars().mapToDouble(digit -> digit - '0').toArray();
    Plane map =
        KernelFilter.of(NamedKernel.SHARPEN.kernel()).withStride(2).apply(Plane.of(7, 7, image));
    assertArrayEquals(new double[] {21, 7, -24, -1, 30, 12, 7, 25, 18}, map.values());
  }
}
