package dev.convoy.model.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.model.Model;
import dev.convoy.model.onnx.out.OnnxOptions;
import dev.convoy.nn.Network;
import dev.convoy.nn.Node;
import dev.convoy.nn.preset.Presets;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.Bits;
import dev.convoy.testing.OnnxFiles;
import dev.convoy.testing.OnnxRuntime;
import dev.convoy.testing.RandomModel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks known by a name go to files of ONNX and come back. */
class PresetExportTest {
  private static final double TOLERANCE = 1e-5;

  @ParameterizedTest
  @CsvSource({
    "squeezenet1_1, 32",
    "mobilenet_v2, 32",
    "mobilenet_v3_small, 32",
    "mnasnet0_5, 32",
    "efficientnet_b0, 32",
    "regnet_y_400mf, 32",
    "shufflenet_v2_x0_5, 32",
    "resnet18, 32",
    "densenet121, 32",
    "googlenet, 32"
  })
  void onnxRuntimeGivesTheOutputAndTheFileComesBack(String name, int side) {
    Network network = Presets.of(name).network(Shape.of(3, side, side), 10);
    Model model =
        new Model(
            network,
            network.initialWeights(5),
            RandomModel.of("{input: [3, 1, 1], layers: [flatten]}", 5).normalization(),
            RandomModel.of("{input: [10], layers: [relu]}", 5).classNames(),
            null);
    byte[] file = OnnxFiles.write(model, new OnnxOptions(false, false));
    float[] x = RandomModel.values(network.input().size(), 9, -2, 2);
    float[] expected = RandomModel.run(model, x, 1);
    float[] found = OnnxRuntime.run(file, x, RandomModel.batch(model, 1));
    double largest = 0;
    double far = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      far = Math.max(far, Math.abs(expected[i] - found[i]));
    }
    assertEquals(expected.length, found.length);
    assertTrue(largest > 0 && far <= TOLERANCE * largest, far + " of " + largest);
    Bits.assertSame(expected, RandomModel.run(OnnxFiles.read(file), x, 1), name);
  }

  @Test
  void headsThatOnlyTrainAreLeftOut() {
    Network network =
        RandomModel.network(
            "{input: [3, 4, 5], layers: [globalAvgPool2d: {name: mean},"
                + " dense: {name: head, units: 2, inputs: [mean]},"
                + " dense: {name: last, units: 2, inputs: [mean]}],"
                + " auxiliary: [{output: head, weight: 0.3}]}");
    Model model = RandomModel.of(network, 5);
    Model back = OnnxFiles.read(OnnxFiles.write(model, new OnnxOptions(false, false)));
    assertEquals(3, network.nodes().size());
    assertEquals(List.of("mean", "last"), back.network().nodes().stream().map(Node::name).toList());
    float[] x = RandomModel.values(60, 9, -2, 2);
    Bits.assertSame(RandomModel.run(model, x, 1), RandomModel.run(back, x, 1), "outputs");
  }
}
