package dev.convoy.nn.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.convoy.nn.layer.Dropout;
import dev.convoy.nn.layer.Dropout2d;
import dev.convoy.testing.Bits;
import dev.convoy.testing.KernelsUnderTest;
import dev.convoy.testing.LayerRun;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DropoutTest {
  private static final int IMAGES = 20;
  private static final int FEATURES = 1000;

  private static LayerRun dropout(float rate) {
    return LayerRun.of(new Dropout(rate), new int[] {IMAGES, FEATURES}, KernelsUnderTest.SCALAR);
  }

  private static float[] ones() {
    float[] ones = new float[IMAGES * FEATURES];
    Arrays.fill(ones, 1);
    return ones;
  }

  @ParameterizedTest
  @ValueSource(floats = {0.1f, 0.25f, 0.5f, 0.9f})
  void dropsAtItsRateAndScalesWhatStays(float rate) {
    float[] y = dropout(rate).forwardTraining(ones(), 12345);
    int dropped = 0;
    for (float value : y) {
      if (value == 0) {
        dropped++;
      } else {
        assertEquals(1 / (1 - rate), value);
      }
    }
    double deviation = Math.sqrt(y.length * rate * (1 - rate));
    assertEquals(y.length * rate, dropped, 5 * deviation);
  }

  @Test
  void theMaskIsAFunctionOfTheKey() {
    LayerRun run = dropout(0.5f);
    float[] first = run.forwardTraining(ones(), 1);
    float[] second = run.forwardTraining(ones(), 2);
    Bits.assertSame(first, run.forwardTraining(ones(), 1), "y");
    assertNotEquals(Arrays.hashCode(first), Arrays.hashCode(second));
  }

  @Test
  void masksOfTwoKeysAndOfTwoPlacesAreIndependent() {
    LayerRun run = dropout(0.5f);
    float[] first = run.forwardTraining(ones(), 1);
    float[] second = run.forwardTraining(ones(), 2);
    for (int shift : new int[] {0, 1, 2, 16, 999, 1000}) {
      int count = first.length - shift;
      int both = 0;
      int neighbours = 0;
      for (int i = 0; i < count; i++) {
        both += first[i] == 0 && second[i + shift] == 0 ? 1 : 0;
        neighbours += first[i] == 0 && first[i + shift] == 0 ? 1 : 0;
      }
      double deviation = Math.sqrt(count * 0.25 * 0.75);
      assertEquals(count * 0.25, both, 5 * deviation, "two keys, " + shift + " apart");
      if (shift > 0) {
        assertEquals(count * 0.25, neighbours, 5 * deviation, shift + " apart");
      }
    }
  }

  @Test
  void theGradientGoesThroughTheSameMask() {
    LayerRun run = dropout(0.25f);
    float[] y = run.forwardTraining(ones(), 7);
    Bits.assertSame(y, run.backward(ones()), "dx");
  }

  @Test
  void dropsWholeChannelsIfAsked() {
    int positions = 12;
    LayerRun run =
        LayerRun.of(new Dropout2d(0.25f), new int[] {IMAGES, 50, 3, 4}, KernelsUnderTest.SCALAR);
    float[] ones = new float[IMAGES * 50 * positions];
    Arrays.fill(ones, 1);
    float[] y = run.forwardTraining(ones, 11);
    int dropped = 0;
    for (int channel = 0; channel < IMAGES * 50; channel++) {
      float first = y[channel * positions];
      dropped += first == 0 ? 1 : 0;
      for (int i = 0; i < positions; i++) {
        assertEquals(first, y[channel * positions + i]);
      }
    }
    assertEquals(250, dropped, 5 * Math.sqrt(1000 * 0.25 * 0.75));
    Bits.assertSame(y, run.backward(ones), "dx");
  }

  @Test
  void changesNothingInUseOrAtRateZero() {
    Bits.assertSame(ones(), dropout(0.5f).forward(ones()), "y in use");
    Bits.assertSame(ones(), dropout(0).forwardTraining(ones(), 3), "y at rate 0");
  }
}
