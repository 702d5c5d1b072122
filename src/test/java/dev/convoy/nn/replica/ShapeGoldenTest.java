package dev.convoy.nn.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.config.binding.Binder;
import dev.convoy.config.tree.TreeReader;
import dev.convoy.nn.layer.Layer;
import dev.convoy.testing.Golden;
import dev.convoy.testing.KernelsUnderTest;
import dev.convoy.testing.LayerRun;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Layers that move values or resample them, as a job writes them, against PyTorch's. */
class ShapeGoldenTest {
  static Stream<Arguments> cases() {
    return Golden.onEveryKernel("shapes", golden -> true);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("cases")
  void outputAndGradientAreAsInPytorch(Golden golden, KernelsUnderTest kernels) {
    String text = "layer: " + golden.at("/layer").asText();
    Layer layer = Binder.bind(TreeReader.read(text, "golden").get("layer"), Layer.class);
    LayerRun run = LayerRun.of(layer, golden.tensor("/in/x").shape(), kernels);
    int[] shape = golden.tensor("/out/y").shape();
    assertEquals(
        Arrays.toString(Arrays.copyOfRange(shape, 1, shape.length)),
        run.replica().network().output().toString());
    golden.assertMatches("/out/y", run.forward(golden.tensor("/in/x").floats()));
    golden.assertMatches("/grad/dx", run.backward(golden.tensor("/in/gy").floats()));
  }
}
