package dev.convoy.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.nn.Network;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The networks that come with Convoy, as PyTorch counts the same layers' parameters. */
class NetworksTest {
  private static final Path FOLDER = Path.of("conf/networks");

  @ParameterizedTest
  @CsvSource({
    "lenet5, '[1, 28, 28]', 61706",
    "companion, '[1, 28, 28]', 876618",
    "vgg-small, '[3, 32, 32]', 550570",
    "resnet20, '[3, 32, 32]', 272474",
    "inception-small, '[3, 32, 32]', 70558",
    "mobilenet-small, '[3, 32, 32]', 37162"
  })
  void parametersAreAsManyAsThePapers(String name, String input, int parameters)
      throws IOException {
    assertEquals(parameters, read(name, "network.input=" + input).parameterCount());
  }

  /**
   * The paper's ResNet-20 has 19 convolutions and a dense layer, and three shortcut-free stages.
   */
  @Test
  void resnet20HasTwentyLayersOfWeights() throws IOException {
    Network network = read("resnet20", "seed=1");
    long onThePath =
        network.parameters().stream()
            .filter(p -> p.name().endsWith(".weight") && p.shape().rank() > 1)
            .filter(p -> !p.name().contains("shortcut"))
            .count();
    assertEquals(20, onThePath);
    assertEquals(2 * (16 * 7 + 32 * 7 + 64 * 7), network.bufferCount());
  }

  @Test
  void everyNetworkIsNamedAsItsFile() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      List<Path> all = files.sorted().toList();
      assertEquals(7, all.size());
      for (Path file : all) {
        try (InputStream in = Files.newInputStream(file)) {
          Job job = JobReader.read(in, file.toString(), List.of());
          assertEquals(job.name() + ".yaml", file.getFileName().toString());
          assertEquals("out/" + job.name(), job.output());
        }
      }
    }
  }

  private static Network read(String name, String override) throws IOException {
    List<String> overrides =
        List.of(override, "data.normalize=" /* of one channel; the input here may have three */);
    try (InputStream in = Files.newInputStream(FOLDER.resolve(name + ".yaml"))) {
      return JobReader.read(in, name, overrides).network();
    }
  }
}
