package dev.convoy.model.onnx.in;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.model.Model;
import dev.convoy.model.onnx.out.OnnxOptions;
import dev.convoy.nn.Node;
import dev.convoy.testing.Bits;
import dev.convoy.testing.OnnxFiles;
import dev.convoy.testing.RandomModel;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What was written is read as it was. */
class RoundTripTest {
  private static final int IMAGES = 3;

  @ParameterizedTest
  @MethodSource("dev.convoy.model.onnx.OnnxLayers#bothWays")
  void eachLayerComesBackWithTheSameBits(String network) {
    Model model = RandomModel.of(network, 5);
    Model back = OnnxFiles.read(OnnxFiles.write(model, new OnnxOptions(false, false)));
    float[] x = RandomModel.values(IMAGES * model.network().input().size(), 9, -4, 4);
    Bits.assertSame(RandomModel.run(model, x, IMAGES), RandomModel.run(back, x, IMAGES), network);
    assertEquals(model.classNames(), back.classNames());
    assertEquals(model.normalization(), back.normalization());
    assertEquals(model.loss(), back.loss());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[conv2d: {name: conv1, filters: 8, kernel: 3, padding: 1, bias: false},"
            + " batchNorm2d: {name: bn1}, relu: {name: r1},"
            + " conv2d: {name: conv2, filters: 8, kernel: 3, padding: 1}, add: {name: sum,"
            + " inputs: [r1, conv2]}, silu: {name: s1}, maxPool2d: {name: pool, kernel: 2},"
            + " globalAvgPool2d: {name: mean}, dropout: {name: drop, rate: 0.25},"
            + " dense: {name: fc, units: 5}]",
        "[conv2d: {name: conv1, filters: 8, kernel: 3}, gelu: {name: g}, mish: {name: m},"
            + " hardSwish: {name: h}, flatten: {name: flat}, dense: {name: fc1, units: 9},"
            + " softplus: {name: p}, dense: {name: fc2, units: 4}]"
      })
  void namesAndKindsOfLayersComeBack(String layers) {
    Model model = RandomModel.of("{input: [3, 12, 10], layers: " + layers + "}", 3);
    for (boolean inside : List.of(false, true)) {
      Model back = OnnxFiles.read(OnnxFiles.write(model, new OnnxOptions(inside, inside)));
      assertEquals(kinds(model), kinds(back));
      float[] x = RandomModel.values(IMAGES * model.network().input().size(), 9, -4, 4);
      Bits.assertSame(RandomModel.run(model, x, IMAGES), RandomModel.run(back, x, IMAGES), layers);
    }
  }

  private static List<String> kinds(Model model) {
    return model.network().nodes().stream().map(RoundTripTest::shown).toList();
  }

  private static String shown(Node node) {
    return node.name() + " " + node.layer();
  }
}
