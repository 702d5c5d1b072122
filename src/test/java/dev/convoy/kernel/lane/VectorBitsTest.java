package dev.convoy.kernel.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VectorBitsTest {
  @Test
  void theWidestAreTakenUnlessOthersAreAskedFor() {
    assertEquals(256, VectorBits.choose(null, 256));
    assertEquals(128, VectorBits.choose("128", 256));
    assertEquals(256, VectorBits.choose("256", 256));
    assertEquals(512, VectorBits.choose("512", 512));
  }

  @Test
  void theWidestAreNoWiderThanALaneBlock() {
    assertTrue(VectorBits.most() <= 512, "bits: " + VectorBits.most());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "64", "100", "1024", "-128", "128.0", " 128", "wide"})
  void refusesWhatIsNoWidthOfVectors(String wanted) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> VectorBits.choose(wanted, 512));
    assertEquals("-Dconvoy.vectorBits must be 128, 256 or 512, but was " + wanted, e.getMessage());
  }

  @Test
  void refusesWhatTheCpuLacks() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> VectorBits.choose("512", 256));
    assertEquals(
        "-Dconvoy.vectorBits must be at most the 256 of this CPU, but was 512", e.getMessage());
  }
}
