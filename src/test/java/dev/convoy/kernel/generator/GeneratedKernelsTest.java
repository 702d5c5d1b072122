package dev.convoy.kernel.generator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the register tiles to what their generators write: -Dconvoy.kernels.write=true writes them.
 */
class GeneratedKernelsTest {
  private static final Path SOURCES = Path.of("src/main/java");

  static Stream<GeneratedClass> classes() {
    return Stream.of(
        new TapTiles(),
        new TapGradientTiles(),
        new PlaneTiles(),
        new PanelTiles(),
        new PanelGradientTiles(),
        new DenseTiles());
  }

  @ParameterizedTest
  @MethodSource("classes")
  void theCommittedFileIsWhatTheGeneratorWrites(GeneratedClass generated) throws IOException {
    Path file = SOURCES.resolve(generated.path());
    if (Boolean.getBoolean("convoy.kernels.write")) {
      Files.writeString(file, generated.source(), StandardCharsets.UTF_8);
    }
    String committed = Files.readString(file, StandardCharsets.UTF_8);
    assertEquals(generated.source(), committed, file + ": write it by -Dconvoy.kernels.write=true");
  }
}
