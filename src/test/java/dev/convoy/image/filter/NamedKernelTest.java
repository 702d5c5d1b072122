package dev.convoy.image.filter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamedKernelTest {
  /** Those that keep the brightness of a picture; all others but emboss measure differences. */
  private static final List<NamedKernel> MEANS =
      List.of(
          NamedKernel.IDENTITY,
          NamedKernel.BOX_BLUR,
          NamedKernel.GAUSSIAN_BLUR,
          NamedKernel.SHARPEN,
          NamedKernel.EMBOSS);

  @ParameterizedTest
  @EnumSource
  void aFlatPictureStaysAsItIsOrBecomesZero(NamedKernel named) {
    double sum = Arrays.stream(named.kernel().values()).sum();
    assertEquals(MEANS.contains(named) ? 1 : 0, sum, 1e-15);
    assertEquals(3, named.kernel().height());
    assertEquals(3, named.kernel().width());
  }

  @Test
  void aVerticalKernelIsItsHorizontalOneTransposed() {
    for (String family : List.of("sobel", "prewitt", "scharr")) {
      FilterKernel horizontal = NamedKernel.find(family + "-horizontal").orElseThrow().kernel();
      FilterKernel vertical = NamedKernel.find(family + "-vertical").orElseThrow().kernel();
      for (int y = 0; y < 3; y++) {
        for (int x = 0; x < 3; x++) {
          assertEquals(horizontal.at(y, x), vertical.at(x, y));
        }
        assertTrue(horizontal.at(0, y) > 0, "bright above");
      }
    }
  }

  @Test
  void blursAreDivided() {
    assertArrayEquals(
        new double[] {0.0625, 0.125, 0.0625, 0.125, 0.25, 0.125, 0.0625, 0.125, 0.0625},
        NamedKernel.GAUSSIAN_BLUR.kernel().values());
    assertEquals("[[1,1,1],[1,1,1],[1,1,1]] / 9", NamedKernel.BOX_BLUR.formula());
    assertEquals("[[0,1,0],[1,-4,1],[0,1,0]]", NamedKernel.LAPLACIAN.formula());
  }

  @ParameterizedTest
  @EnumSource
  void isFoundByItsName(NamedKernel named) {
    assertEquals(Optional.of(named), NamedKernel.find(named.toString()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sobel-vertical", "sobelVertical", "SOBEL_VERTICAL", "sobelvertical"})
  void caseAndHyphensDoNotCount(String name) {
    assertEquals(Optional.of(NamedKernel.SOBEL_VERTICAL), NamedKernel.find(name));
  }

  @Test
  void noTwoAreTheSame() {
    List<FilterKernel> kernels =
        Arrays.stream(NamedKernel.values()).map(NamedKernel::kernel).toList();
    assertEquals(kernels.size(), new HashSet<>(kernels).size());
    assertEquals(Optional.empty(), NamedKernel.find("zebra"));
  }
}
