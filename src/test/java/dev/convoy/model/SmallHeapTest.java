package dev.convoy.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.testing.ForkedJvm;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A picture takes the memory of a picture. */
class SmallHeapTest {
  @Test
  void aMobilenetOf224Pixels256MegabytesOfHeapSuffice() throws IOException, InterruptedException {
    ForkedJvm.Result result =
        ForkedJvm.run(SmallHeap.class, List.of("-Xmx256m", ForkedJvm.WITH_VECTORS), "mobilenet_v2");
    assertEquals("probabilities", result.output(), result.errors());
    assertEquals(0, result.status());
  }
}
