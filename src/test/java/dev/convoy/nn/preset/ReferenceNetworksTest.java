package dev.convoy.nn.preset;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.convoy.nn.NamedLayer;
import dev.convoy.nn.Network;
import dev.convoy.nn.NetworkBuilder;
import dev.convoy.nn.Node;
import dev.convoy.nn.Parameter;
import dev.convoy.nn.layer.BatchNorm2d;
import dev.convoy.nn.layer.Dropout;
import dev.convoy.nn.layer.Flatten;
import dev.convoy.nn.layer.Layer;
import dev.convoy.nn.replica.Replica;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.LaneBatch;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.CRC32;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Named networks give what torchvision's own code gives, in float64, for the same weights: {@code
 * zoo/reference.py} says how both sides make these.
 */
class ReferenceNetworksTest {
  /** Of the largest output. */
  private static final double CLOSE = 1e-4;

  /** Of a tensor's norm. */
  private static final double CLOSE_GRADIENT = 1e-3;

  /** Of the largest norm: a gradient that is 0 in truth, as of a bias before a normalisation. */
  private static final double NOISE = 1e-5;

  static Stream<JsonNode> cases() throws IOException {
    try (InputStream in = ReferenceNetworksTest.class.getResourceAsStream("/zoo/reference.json")) {
      JsonNode cases = new ObjectMapper().readTree(in).get("cases");
      return StreamSupport.stream(cases.spliterator(), false);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void outputsAndGradientsAreTorchvisions(JsonNode expected) {
    int images = expected.get("images").asInt();
    int side = expected.get("side").asInt();
    Network network =
        prepared(
            Presets.of(expected.get("name").asText())
                .network(Shape.of(3, side, side), expected.get("classes").asInt()));
    Replica replica = new Replica(network, images);
    fill(network, replica);
    float[] pixels = values("input", images * network.input().size());
    put(pixels, images, replica.input());
    replica.forward(images);
    assertNear(expected.get("output"), output(replica, images));
    if (expected.has("gradients")) {
      replica.forwardTraining(images, 0);
      float[] direction = values("direction", images * network.output().size());
      put(direction, images, replica.outputGradient());
      replica.backward();
      assertGradients(expected.get("gradients"), network, replica.gradients());
    }
  }

  private static void assertNear(JsonNode expected, double[] actual) {
    double largest = 0;
    for (JsonNode value : expected) {
      largest = Math.max(largest, Math.abs(value.asDouble()));
    }
    assertEquals(expected.size(), actual.length);
    for (int i = 0; i < actual.length; i++) {
      assertEquals(expected.get(i).asDouble(), actual[i], CLOSE * largest, "output " + i);
    }
  }

  private static void assertGradients(JsonNode expected, Network network, float[] gradients) {
    double largest = 0;
    for (JsonNode value : expected) {
      largest = Math.max(largest, value.get(0).asDouble());
    }
    assertTrue(expected.size() > 0);
    int found = 0;
    for (Parameter tensor : network.parameters()) {
      JsonNode value = expected.get(torchName(tensor));
      assertTrue(value != null, tensor.name());
      found++;
      float[] along = values("direction." + torchName(tensor), tensor.size());
      double squares = 0;
      double product = 0;
      for (int i = 0; i < along.length; i++) {
        double g = gradients[tensor.offset() + i];
        squares += g * g;
        product += g * along[i];
      }
      double norm = value.get(0).asDouble();
      double limit = CLOSE_GRADIENT * norm + NOISE * largest;
      assertEquals(norm, Math.sqrt(squares), limit, tensor.name());
      assertEquals(value.get(1).asDouble(), product, limit, tensor.name());
    }
    assertEquals(expected.size(), found);
  }

  /** Without dropout, and without the dense layers after a map of fixed size. */
  private static Network prepared(Network whole) {
    boolean cut = whole.nodes().stream().anyMatch(node -> node.name().equals("classifier.6"));
    NetworkBuilder builder = Network.builder(whole.input());
    List<String> names = new ArrayList<>(List.of(Network.INPUT));
    for (Node node : whole.nodes()) {
      if (cut && (node.name().equals("avgpool") || node.layer() instanceof Flatten)) {
        return builder.add(new Flatten()).build();
      }
      List<String> inputs = node.sources().stream().map(names::get).toList();
      if (dropsAtRandom(node.layer())) {
        names.add(inputs.get(0));
      } else {
        builder.add(new NamedLayer(node.name(), inputs, node.layer()));
        names.add(node.name());
      }
    }
    return builder.build();
  }

  private static boolean dropsAtRandom(Layer layer) {
    return layer instanceof Dropout || layer.kind().equals("stochasticDepth");
  }

  private static void fill(Network network, Replica replica) {
    Set<String> norms =
        network.nodes().stream()
            .filter(node -> isNorm(node.layer()))
            .map(Node::name)
            .collect(Collectors.toSet());
    for (Parameter tensor : network.parameters()) {
      String name = torchName(tensor);
      float[] u = values(name, tensor.size());
      boolean scale =
          name.endsWith("layer_scale") || norms.contains(name.substring(0, name.lastIndexOf('.')));
      int fanIn = tensor.size() / tensor.shape().channels();
      float factor = (float) Math.sqrt(6.0 / fanIn);
      for (int i = 0; i < u.length; i++) {
        float value = tensor.shape().rank() > 1 ? factor * u[i] : 0.25f * u[i];
        replica.parameters()[tensor.offset() + i] = scale ? 1 + 0.5f * u[i] : value;
      }
    }
    for (Parameter tensor : network.buffers()) {
      boolean variance = tensor.name().endsWith("runningVar");
      float[] u = values(torchName(tensor), tensor.size());
      for (int i = 0; i < u.length; i++) {
        replica.buffers()[tensor.offset() + i] = variance ? 1 + 0.5f * u[i] : 0.25f * u[i];
      }
    }
  }

  private static boolean isNorm(Layer layer) {
    return layer instanceof BatchNorm2d || layer.kind().equals("layerNorm");
  }

  private static String torchName(Parameter tensor) {
    return tensor
        .name()
        .replace("runningMean", "running_mean")
        .replace("runningVar", "running_var")
        .replaceAll("layer_scale\\.weight$", "layer_scale");
  }

  /** Values in [-1, 1), a function of the name and of the place. */
  private static float[] values(String name, int count) {
    CRC32 crc = new CRC32();
    crc.update(name.getBytes(UTF_8));
    int seed = (int) crc.getValue();
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      int h = i * 0x9E3779B1 + seed;
      h ^= h >>> 15;
      h *= 0x2C1B3C6D;
      h ^= h >>> 12;
      h *= 0x297A2D39;
      h ^= h >>> 15;
      values[i] = (float) (h >>> 8) / (1 << 23) - 1;
    }
    return values;
  }

  private static void put(float[] values, int images, float[] into) {
    float[] lanes = LaneBatch.toLanes(values, images);
    System.arraycopy(lanes, 0, into, 0, lanes.length);
  }

  private static double[] output(Replica replica, int images) {
    float[] values =
        LaneBatch.fromLanes(replica.output(), images, replica.network().output().size());
    double[] wide = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }
}
