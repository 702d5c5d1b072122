package dev.convoy.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.testing.ForkedJvm;
import dev.convoy.testing.ForkedJvm.Result;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class KernelChoiceTest {
  /** Prints which kernels were chosen, asking twice. */
  static final class Probe {
    private Probe() {}

    public static void main(String[] args) {
      System.out.println(Kernels.chosen().description());
      System.out.println(Kernels.chosen().description());
    }
  }

  @Test
  void runsScalarWithoutTheModuleAndSaysOnceHowToTurnItOn() throws Exception {
    Result result = ForkedJvm.run(Probe.class, List.of());
    assertEquals(0, result.status(), result.errors());
    assertEquals("scalar\nscalar", result.output().replace("\r", ""));
    assertEquals(1, count(result.errors(), "--add-modules jdk.incubator.vector"), result.errors());
    assertEquals(1, count(result.errors(), "-Dconvoy.kernels=scalar"), result.errors());
  }

  @Test
  void saysNothingWhereScalarWasAskedFor() throws Exception {
    Result result = ForkedJvm.run(Probe.class, List.of("-Dconvoy.kernels=scalar"));
    assertEquals("scalar\nscalar", result.output().replace("\r", ""));
    assertEquals("", result.errors());
  }

  @Test
  void refusesToRunVectorWithoutTheModule() throws Exception {
    Result result = ForkedJvm.run(Probe.class, List.of("-Dconvoy.kernels=vector"));
    assertNotEquals(0, result.status());
    String message = "Vector kernels need a JVM started with --add-modules jdk.incubator.vector";
    assertTrue(result.errors().contains(message), result.errors());
  }

  @Test
  void runsVectorWhereTheJvmHasTheModule() throws Exception {
    Result result = ForkedJvm.run(Probe.class, List.of(ForkedJvm.WITH_VECTORS));
    assertTrue(result.output().startsWith("vector ("), result.output());
    assertEquals(0, count(result.errors(), "--add-modules"), result.errors());
  }

  @Test
  void runsScalarOnDemandThoughTheJvmHasTheModule() {
    assertEquals("scalar", KernelChoice.choose("scalar").get().description());
    assertTrue(KernelChoice.choose("vector").get().description().startsWith("vector ("));
  }

  @Test
  void refusesAnyOtherWord() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> KernelChoice.choose("gpu"));
    assertEquals("-Dconvoy.kernels must be scalar or vector, but was gpu", e.getMessage());
  }

  @Test
  void runsAtTheWidthThatWasAskedFor() throws Exception {
    Result result =
        ForkedJvm.run(Probe.class, List.of(ForkedJvm.WITH_VECTORS, "-Dconvoy.vectorBits=128"));
    String line = "vector (4 lanes of 128 bits)";
    assertEquals(line + "\n" + line, result.output().replace("\r", ""), result.errors());
  }

  @Test
  void refusesAWidthThatNoVectorsHave() throws Exception {
    Result result =
        ForkedJvm.run(Probe.class, List.of(ForkedJvm.WITH_VECTORS, "-Dconvoy.vectorBits=100"));
    assertNotEquals(0, result.status());
    String message =
        "java.lang.IllegalArgumentException: -Dconvoy.vectorBits must be 128, 256 or 512, but was"
            + " 100";
    assertEquals(1, count(result.errors(), message), result.errors());
    assertEquals(0, count(result.errors(), "Caused by"), result.errors());
  }

  private static int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }
}
