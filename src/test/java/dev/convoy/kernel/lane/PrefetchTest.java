package dev.convoy.kernel.lane;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** Whatever it reads has no effect but on time: what is left to hold is what it may not read. */
class PrefetchTest {
  private final Prefetch prefetch = new Prefetch();

  @Test
  void readsUpToTheLastValueOfTheLastPlane() {
    assertDoesNotThrow(() -> prefetch.planes(new float[1000], 10, 190, 5, 200));
    assertThrows(
        IndexOutOfBoundsException.class, () -> prefetch.planes(new float[999], 10, 190, 5, 200));
  }

  @Test
  void refusesPlanesBeforeTheArray() {
    assertThrows(
        IndexOutOfBoundsException.class, () -> prefetch.planes(new float[1000], -1, 190, 5, 200));
  }

  @Test
  void takesNoPlanes() {
    assertDoesNotThrow(() -> prefetch.planes(new float[0], 0, 190, 0, 200));
  }
}
