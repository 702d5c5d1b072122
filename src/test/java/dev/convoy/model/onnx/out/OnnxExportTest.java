package dev.convoy.model.onnx.out;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.model.Model;
import dev.convoy.model.onnx.OnnxLayers;
import dev.convoy.nn.Node;
import dev.convoy.testing.OnnxRuntime;
import dev.convoy.testing.RandomModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OnnxExportTest {
  private static final int IMAGES = 3;
  private static final OnnxOptions PLAIN = new OnnxOptions(false, false);

  private static byte[] export(Model model, OnnxOptions options) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    OnnxExport.write(model, options, "test", out);
    return out.toByteArray();
  }

  static void assertNear(float[] expected, float[] found, double tolerance) {
    assertEquals(expected.length, found.length);
    for (int i = 0; i < expected.length; i++) {
      double scale = Math.max(1, Math.abs(expected[i]));
      assertEquals(expected[i], found[i], tolerance * scale, "value " + i);
    }
  }

  @Test
  void everyKindOfLayerIsAmongTheNetworks() {
    Set<Class<?>> tested =
        OnnxLayers.all()
            .flatMap(text -> RandomModel.network(text).nodes().stream())
            .map(Node::layer)
            .map(Object::getClass)
            .collect(Collectors.toSet());
    assertEquals(OnnxLayers.kinds(), tested);
  }

  @ParameterizedTest
  @MethodSource("dev.convoy.model.onnx.OnnxLayers#all")
  void onnxRuntimeGivesTheOutputOfEachLayer(String network) throws IOException {
    Model model = RandomModel.of(network, 5);
    float[] x = RandomModel.values(IMAGES * model.network().input().size(), 9, -4, 4);
    float[] expected = RandomModel.run(model, x, IMAGES);
    float[] found = OnnxRuntime.run(export(model, PLAIN), x, RandomModel.batch(model, IMAGES));
    assertNear(expected, found, 1e-5);
    assertTrue(model.network().output().size() > 0);
  }
}
