package dev.convoy.kernel.winograd;

import static dev.convoy.testing.BothKernels.GUARD;
import static dev.convoy.testing.BothKernels.values;

import dev.convoy.testing.BothKernels;
import dev.convoy.testing.RandomSource;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Transforms of filters: vector against scalar bit by bit. */
class WinogradFiltersTest {
  private final BothKernels both = new BothKernels();

  @Test
  void filtersGiveTheSameBits() {
    RandomSource random = new RandomSource("filters");
    for (int count : new int[] {16, 32, 48, 112, 272}) {
      String what = random.again() + count + " filters";
      float[] cells = values(random, Winograd.CELLS * count);
      float[] transformed = values(random, Winograd.POSITIONS * count);
      // These have no offset, so the guard lies behind the target alone.
      both.assertSame(
          what,
          random.normal(Winograd.POSITIONS * count + 2 * GUARD),
          (kernels, to) -> {
            float[] target = Arrays.copyOfRange(to, GUARD, to.length);
            kernels.winograd().filters(cells, target, count);
            System.arraycopy(target, 0, to, GUARD, target.length);
          });
      both.assertSame(
          what + ": gradient",
          random.normal(Winograd.CELLS * count + 2 * GUARD),
          (kernels, to) -> {
            float[] target = Arrays.copyOfRange(to, GUARD, to.length);
            kernels.winograd().filterGradient(transformed, target, count);
            System.arraycopy(target, 0, to, GUARD, target.length);
          });
    }
  }
}
