package dev.convoy.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.kernel.Kernels;
import java.util.function.BiConsumer;

/** The scalar and the vector kernels side by side. */
public final class BothKernels {
  /** What surrounds each target: a kernel that writes beyond its range is found out. */
  public static final int GUARD = 33;

  private final Kernels scalar = Kernels.scalar();
  private final Kernels vector = Kernels.vector();

  /** Values of all sizes, with zeros of both signs among them. */
  public static float[] values(RandomSource random, int count) {
    float[] values = random.normal(count);
    for (int i = 0; i < count; i += 11) {
      values[i] = i % 2 == 0 ? 0f : -0f;
    }
    return values;
  }

  /** Runs both on copies of the same target and compares all of it, guards included. */
  public void assertSame(String what, float[] target, BiConsumer<Kernels, float[]> run) {
    float[] expected = target.clone();
    run.accept(scalar, expected);
    float[] actual = target.clone();
    run.accept(vector, actual);
    Bits.assertSame(expected, actual, what);
    for (int i = 0; i < GUARD; i++) {
      assertEquals(target[i], actual[i], what + ": written before its range");
      int last = target.length - 1 - i;
      assertEquals(target[last], actual[last], what + ": written beyond its range");
    }
  }
}
