package dev.convoy.image.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.image.DataException;
import dev.convoy.testing.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KernelTextTest {
  private static final FilterKernel KERNEL =
      FilterKernel.of(new double[] {0, -1, 0.5}, new double[] {1e3, 5, -2});

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[[0,-1,0.5],[1e3,5,-2]]",
        " [ [0, -1, 0.5],\n  [1000, 5.0, -2] ]\n",
        "0 -1 0.5\n1000 5 -2",
        "\n  0, -1,   .5\r\n\n\t+1E+3\t5. ,-2\n\n",
      })
  void jsonAndPlainRowsAreRead(String text) {
    assertEquals(KERNEL, KernelText.parse(text, "kernel"));
  }

  @Test
  void aSingleNumberIsAKernel() {
    assertEquals(FilterKernel.of(new double[] {7}), KernelText.parse("7", "kernel"));
    assertEquals(FilterKernel.of(new double[] {7}), KernelText.parse("[[7]]", "kernel"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          [[1,2],[3]] | k: the rows of a kernel must be of the same length, but row 1 has 2 numbers and row 2 has 1
          1 2;3 | k: a kernel must be rows of numbers, as in [[0,-1,0],[-1,5,-1],[0,-1,0]], but in row 1 there is '2;3'
          1,,2 | k: a kernel must be rows of numbers, as in [[0,-1,0],[-1,5,-1],[0,-1,0]], but in row 1 there is ''
          0x1p3 | k: a kernel must be rows of numbers, as in [[0,-1,0],[-1,5,-1],[0,-1,0]], but in row 1 there is '0x1p3'
          NaN | k: a kernel must be rows of numbers, as in [[0,-1,0],[-1,5,-1],[0,-1,0]], but in row 1 there is 'NaN'
          [1,2] | k: a kernel must be rows of numbers, as in [[0,-1,0],[-1,5,-1],[0,-1,0]], but row 1 is '1'
          [[1],["2"]] | k: a kernel must be rows of numbers, as in [[0,-1,0],[-1,5,-1],[0,-1,0]], but in row 2 there is '2'
          [[[1]]] | k: a kernel must be rows of numbers, as in [[0,-1,0],[-1,5,-1],[0,-1,0]], but in row 1 there is '['
          [[1]] [[2]] | k: a kernel must be rows of numbers, as in [[0,-1,0],[-1,5,-1],[0,-1,0]], but goes on after it with '['
          [[1,2],[3,1e39]] | k: a kernel's numbers must be in the range of a 32-bit float, but in row 2 there is '1e39'
          -1e999 | k: a kernel's numbers must be in the range of a 32-bit float, but in row 1 there is '-1e999'
          [] | k: a kernel must have at least one row, but has none
          `` | k: a kernel must have at least one row, but has none
          [[]] | k: a kernel must have at least one column, but has none
          """)
  void refusesWhatIsNoMatrix(String text, String message) {
    DataException e = assertThrows(DataException.class, () -> KernelText.parse(text, "k"));
    assertEquals(message, e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[[1,2],[3,4]", "[[1,2}", "[[1 2]]", "[[NaN]]", "[[1,2],]", "[[01]]"})
  void refusesWhatIsNoJson(String text) {
    DataException e = assertThrows(DataException.class, () -> KernelText.parse(text, "k"));
    assertTrue(e.getMessage().startsWith("k: a kernel must be valid JSON, but: "), e.toString());
    assertEquals(1, e.getMessage().lines().count());
  }

  @Test
  void damagedTextIsReadOrRefusedInOneLine() {
    RandomSource random = new RandomSource("damaged kernels");
    String signs = "[]{},.-+eE0123456789 \n\t\"'\\\u0000é";
    for (int i = 0; i < 5000; i++) {
      StringBuilder text = new StringBuilder("[[0,-1,0],[-1,5,-1],[0,-1,0]]");
      for (int change = random.nextInt(4); change >= 0; change--) {
        text.setCharAt(random.nextInt(text.length()), signs.charAt(random.nextInt(signs.length())));
      }
      try {
        KernelText.parse(text.toString(), "k");
      } catch (DataException e) {
        assertEquals(1, e.getMessage().lines().count(), random.again() + e);
      }
    }
  }
}
