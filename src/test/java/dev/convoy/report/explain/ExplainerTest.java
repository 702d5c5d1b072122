package dev.convoy.report.explain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.image.BatchFiller;
import dev.convoy.image.ImageBlock;
import dev.convoy.kernel.Kernels;
import dev.convoy.model.Model;
import dev.convoy.nn.Network;
import dev.convoy.nn.Node;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.Dense;
import dev.convoy.nn.layer.Padding;
import dev.convoy.nn.replica.Replica;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.Bits;
import dev.convoy.testing.KernelsUnderTest;
import dev.convoy.testing.LaneBatch;
import dev.convoy.testing.SampleImages;
import dev.convoy.train.score.Evaluator;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainerTest {
  private static final Model MODEL = SmallModel.named("conv1", "cat", "dog", "bird");
  private static final ImageBlock IMAGE = SampleImages.random(1, SmallModel.INPUT, 3, 9);

  private static Explanation explain(Integer label) {
    return Explainer.explain(MODEL, "model", IMAGE, "image", label);
  }

  /** A replica of its own, on vector kernels, that has seen the image. */
  private static Replica replica() {
    Replica replica =
        new Replica(MODEL.network(), 1, KernelsUnderTest.VECTOR.create(), Replica.Extra.ALL_VALUES);
    replica.use(MODEL.weights());
    new BatchFiller(SmallModel.INPUT, MODEL.normalization())
        .fill(IMAGE, new int[] {0}, 0, 1, replica.input(), 0);
    replica.forward(1);
    return replica;
  }

  private static float[] value(Replica replica, int node) {
    int size = MODEL.network().nodes().get(node).output().size();
    return LaneBatch.fromLanes(replica.value(node), 1, size);
  }

  /** The sum that the page writes out, from what the page has. */
  private static float sum(ConvolutionView view, int filter, int m, int n) {
    float[] input = Base64Floats.decode(view.input());
    float[] weight = Base64Floats.decode(view.weight());
    Sliding s = view.sliding();
    Rectangle inputs = view.stage().inputs();
    float sum = Base64Floats.decode(view.bias())[filter];
    for (int c = 0; c < view.groupChannels(); c++) {
      int plane = filter / view.groupFilters() * view.groupChannels() + c;
      for (int j = 0; j < s.kernel()[0]; j++) {
        for (int k = 0; k < s.kernel()[1]; k++) {
          int y = m * s.stride()[0] - s.border()[0] + j * s.dilation()[0];
          int x = n * s.stride()[1] - s.border()[1] + k * s.dilation()[1];
          boolean inside = y >= 0 && x >= 0 && y < s.input()[0] && x < s.input()[1];
          int at = (plane * inputs.height() + y - inputs.top()) * inputs.width();
          float value = inside ? input[at + x - inputs.left()] : 0;
          int cell = filter * view.groupChannels() + c;
          sum = Math.fma(value, weight[(cell * s.kernel()[0] + j) * s.kernel()[1] + k], sum);
        }
      }
    }
    return sum;
  }

  private static void assertSumsAreTheEngines(ConvolutionView view) {
    float[] engine = value(replica(), view.layer());
    Rectangle outputs = view.stage().outputs();
    float[] sums = new float[view.filters() * outputs.size()];
    float[] expected = new float[sums.length];
    for (int i = 0; i < sums.length; i++) {
      int filter = i / outputs.size();
      int m = outputs.top() + i / outputs.width() % outputs.height();
      int n = outputs.left() + i % outputs.width();
      sums[i] = sum(view, filter, m, n);
      int[] side = view.sliding().output();
      expected[i] = engine[(filter * side[0] + m) * side[1] + n];
    }
    Bits.assertSame(expected, sums, view.name());
    Bits.assertSame(expected, Base64Floats.decode(view.output()), view.name());
  }

  @Test
  void everySumWrittenOutIsTheReplicasOutputToTheBit() {
    List<ConvolutionView> views = explain(null).convolutions();
    assertEquals(List.of("conv1", "conv2"), views.stream().map(ConvolutionView::name).toList());
    for (ConvolutionView view : views) {
      int[] side = view.sliding().output();
      assertEquals(new Rectangle(0, 0, side[0], side[1]), view.stage().outputs());
      assertEquals(view.allFilters(), view.filters());
      assertSumsAreTheEngines(view);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 54, 100, 200})
  void thePartOfALargeLayerHasRightSumsToo(int values) {
    Trace trace = new Trace(MODEL, IMAGE, null);
    for (int layer : new int[] {0, 3}) {
      Conv2d convolution = (Conv2d) MODEL.network().nodes().get(layer).layer();
      ConvolutionView view = ConvolutionView.of(trace, layer, convolution, values);
      assertTrue(view.stage().outputs().size() < trace.value(layer + 1).length, "not all");
      boolean one = view.stage().outputs().size() == 1;
      assertTrue(one || Base64Floats.decode(view.input()).length <= values, "no more");
      assertSumsAreTheEngines(view);
    }
  }

  @Test
  void winnersCarryBackTheWholeGradientThatTheLayerBeforeGot() {
    PoolView view = explain(null).pools().get(0);
    assertTrue(view.max());
    float[] winners = Base64Floats.decode(view.cells());
    float[] output = Base64Floats.decode(view.output());
    float[] input = Base64Floats.decode(view.input());
    float[] dy = Base64Floats.decode(view.outputGradient());
    Sliding s = view.sliding();
    float[] dx = new float[input.length];
    for (int i = 0; i < output.length; i++) {
      int plane = i / (s.output()[0] * s.output()[1]);
      int m = i / s.output()[1] % s.output()[0];
      int n = i % s.output()[1];
      int y = m * s.stride()[0] - s.border()[0] + (int) winners[i] / s.kernel()[1];
      int x = n * s.stride()[1] - s.border()[1] + (int) winners[i] % s.kernel()[1];
      int at = (plane * s.input()[0] + y) * s.input()[1] + x;
      assertEquals(output[i], input[at]);
      dx[at] += dy[i];
    }
    Bits.assertSame(dx, Base64Floats.decode(view.inputGradient()), "mask");
    Bits.assertSame(new Trace(MODEL, IMAGE, null).gradient(2), dx, "what came back to relu1");
    Bits.assertSame(value(replica(), 2), output, "output");
  }

  @Test
  void averagePoolingGivesEachCellItsPart() {
    PoolView view = explain(null).pools().get(1);
    assertEquals("mean", view.name());
    float[] scale = Base64Floats.decode(view.cells());
    // A corner window of 2x2 with one cell of border holds one pixel, which alone counts.
    assertEquals(1, scale[0]);
    Bits.assertSame(value(replica(), 4), Base64Floats.decode(view.output()), "output");
    Bits.assertSame(
        new Trace(MODEL, IMAGE, null).gradient(4),
        Base64Floats.decode(view.inputGradient()),
        "what came back to conv2");
  }

  private static int[][] uses(Padding padding) {
    Network network = Network.of(Shape.of(1, 5, 5), Conv2d.of(1, 3).withPadding(padding));
    Participation uses = Participation.of(network);
    return Arrays.stream(uses.rows())
        .mapToObj(row -> Arrays.stream(uses.columns()).map(column -> row * column).toArray())
        .toArray(int[][]::new);
  }

  @Test
  void figure5CountsHowOftenAPixelTakesPart() {
    assertArrayEquals(
        new int[][] {
          {1, 2, 3, 2, 1}, {2, 4, 6, 4, 2}, {3, 6, 9, 6, 3}, {2, 4, 6, 4, 2}, {1, 2, 3, 2, 1}
        },
        uses(Padding.VALID));
    assertArrayEquals(
        new int[][] {
          {4, 6, 6, 6, 4}, {6, 9, 9, 9, 6}, {6, 9, 9, 9, 6}, {6, 9, 9, 9, 6}, {4, 6, 6, 6, 4}
        },
        uses(Padding.of(1)));
    assertNull(Participation.of(Network.of(Shape.of(4), Dense.of(2))));
  }

  @Test
  void probabilitiesAreThoseOfAPrediction() {
    float[] expected =
        new Evaluator(MODEL.network(), MODEL.weights(), MODEL.normalization(), Kernels.scalar())
            .probabilities(IMAGE)[0];
    Explanation it = explain(null);
    float[] shown = new float[3];
    it.classes().forEach(c -> shown[c.number()] = c.probability());
    Bits.assertSame(expected, shown, "probabilities");
    assertEquals(it.predicted(), it.target());
    for (ClassView other : it.classes()) {
      assertTrue(other.probability() <= it.predicted().probability(), other.name());
    }
  }

  @Test
  void theGradientsAreOfTheNamedClass() {
    Trace predicted = new Trace(MODEL, IMAGE, null);
    int other = (predicted.predicted() + 1) % 3;
    Trace named = new Trace(MODEL, IMAGE, other);
    assertEquals(predicted.predicted(), named.predicted());
    float[] p = named.probabilities();
    float[] gradient = named.gradient(MODEL.network().nodes().size());
    for (int c = 0; c < 3; c++) {
      assertEquals(p[c] - (c == other ? 1 : 0), gradient[c], 1e-6f);
    }
    assertEquals(-Math.log(p[other]), named.loss(), 1e-5);
    assertEquals(other, explain(other).target().number());
    assertTrue(explain(other).labelled());
  }

  @Test
  void layersTellTheirCounts() {
    LayerView conv1 = explain(null).layers().get(0);
    Node node = MODEL.network().nodes().get(0);
    assertEquals("input", conv1.inputs());
    assertEquals("[3, 13, 11]", conv1.input());
    assertEquals("[6, 13, 11]", conv1.output());
    assertEquals(String.valueOf(node.parameterCount()), conv1.parameters());
    assertEquals(6 * 143 * 27, Integer.parseInt(conv1.local().replace(",", "")));
    assertEquals(6 * 143 * 429, Integer.parseInt(conv1.dense().replace(",", "")));
    assertEquals(
        List.of("A", "W", "b", "Z"), conv1.tensors().stream().map(TensorView::symbol).toList());
  }
}
