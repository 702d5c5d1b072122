package dev.convoy.nn.replica.convolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.lane.Lanes;
import dev.convoy.kernel.lane.Workspace;
import dev.convoy.nn.Network;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.Padding;
import dev.convoy.nn.layer.Size;
import dev.convoy.nn.layer.Window;
import dev.convoy.nn.replica.PlainConvolution;
import dev.convoy.nn.replica.step.StepContext;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.Bits;
import dev.convoy.testing.KernelsUnderTest;
import dev.convoy.testing.LaneBatch;
import dev.convoy.testing.LayerRun;
import dev.convoy.testing.RandomSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Winograd's convolution and its gradients beside plain ones in float64, and beside taps. */
class WinogradConvolutionTest {
  /**
   * Largest error of Winograd's convolution, as {@link PlainConvolution} measures it: three times
   * what is found on these cases, where outputs have 5e-7 and the filters' gradients 8e-7.
   */
  private static final double WINOGRAD_ERROR = 2.5e-6;

  /**
   * The same of a convolution by taps, where 4e-7 is found: what Winograd costs is the distance
   * between the two.
   */
  private static final double DIRECT_ERROR = 1e-6;

  private static final Size THREE = Size.of(3);
  private static final Padding UNEVEN = Padding.of(0, 1, 2, 0);
  private static final Padding WIDE_BELOW = Padding.of(2, 0, 4, 3);

  /** A convolution and a batch for it. */
  record Case(Shape input, int filters, Padding padding, int images, boolean hasBias) {
    Conv2d layer() {
      return new Conv2d(filters, THREE, null, padding, null, null, hasBias, null);
    }

    Window window() {
      return layer().window(input);
    }

    int outputs() {
      return layer().outputShape(input).size();
    }

    int weights() {
      return filters * input.channels() * 9;
    }
  }

  static Stream<Case> cases() {
    int[][] maps = {{16, 16}, {17, 20}, {32, 16}, {48, 33}};
    int[][] sides = {{4, 4}, {7, 11}, {8, 8}, {13, 7}};
    Padding[] paddings = {
      Padding.SAME, Padding.of(1), Padding.of(2), UNEVEN, WIDE_BELOW, Padding.VALID
    };
    int[] batches = {1, 16, 20};
    List<Case> cases = new ArrayList<>();
    for (int i = 0; i < maps.length; i++) {
      for (int j = 0; j < sides.length; j++) {
        for (int k = 0; k < 3; k++) {
          // Each number of maps and each size meets several borders and batches, but not all.
          Padding padding = paddings[(i + j + 2 * k) % paddings.length];
          int images = batches[(i + j + k) % batches.length];
          Shape input = Shape.of(maps[i][0], sides[j][0], sides[j][1]);
          cases.add(new Case(input, maps[i][1], padding, images, (i + k) % 2 == 0));
        }
      }
    }
    // Planes of more tiles than are transformed at once, which then begins within a row of tiles.
    cases.add(new Case(Shape.of(16, 40, 37), 17, Padding.SAME, 3, true));
    cases.add(new Case(Shape.of(96, 12, 34), 64, Padding.of(1), 1, true));
    // Short and narrow tiles at the edges: forward, backward, in whole and in part.
    cases.add(new Case(Shape.of(32, 14, 14), 64, Padding.SAME, 40, true));
    cases.add(new Case(Shape.of(16, 14, 30), 17, Padding.VALID, 17, false));
    cases.add(new Case(Shape.of(17, 5, 13), 16, Padding.of(2), 3, true));
    cases.add(new Case(Shape.of(16, 30, 14), 16, UNEVEN, 1, false));
    // A border so wide that tiles begin behind the input.
    cases.add(new Case(Shape.of(16, 40, 4), 16, Padding.of(1, 1, 1, 40), 2, true));
    return cases.stream().filter(c -> fits(c.window(), c.input(), c.layer()));
  }

  private static boolean fits(Window window, Shape input, Conv2d layer) {
    return WinogradConvolution.suits(window, input.channels(), layer);
  }

  /** Images, parameters and gradients from above, and what comes of them in float64. */
  private static final class Batch {
    final Case of;
    final String again;
    final float[] x;
    final float[] weight;
    final float[] bias;
    final float[] dy;

    Batch(Case of) {
      this.of = of;
      RandomSource random = new RandomSource(of.toString());
      again = random.again();
      x = random.normal(of.images() * of.input().size());
      weight = random.normal(of.weights());
      bias = of.hasBias() ? random.normal(of.filters()) : null;
      dy = random.normal(of.images() * of.outputs());
    }

    PlainConvolution plain() {
      return new PlainConvolution(
          of.window(), of.images(), of.input().channels(), of.filters(), x, weight, bias, dy);
    }

    float[] parameters() {
      float[] parameters = Arrays.copyOf(weight, weight.length + of.filters());
      if (bias != null) {
        System.arraycopy(bias, 0, parameters, weight.length, bias.length);
      }
      return parameters;
    }
  }

  /** What an algorithm makes of a batch. */
  private record Outcome(float[] y, float[] weightGradient, float[] inputGradient) {
    static Outcome of(ConvolutionAlgorithm algorithm, Batch batch) {
      float[] x = LaneBatch.toLanes(batch.x, batch.of.images());
      return of(algorithm, batch, x);
    }

    static Outcome of(ConvolutionAlgorithm algorithm, Batch batch, float[] x) {
      int images = batch.of.images();
      float[] gradients = new float[batch.weight.length];
      StepContext step = new StepContext(batch.parameters(), gradients, new float[0]);
      step.begin(images, true, false);
      int blocks = step.blocks();
      float[] y = new float[blocks * batch.of.outputs() * Lanes.WIDTH];
      algorithm.forward(step, batch.bias == null ? -1 : batch.weight.length, x, y);
      float[] dy = LaneBatch.toLanes(batch.dy, images);
      float[] dx = new float[x.length];
      algorithm.backward(step, x, dy, dx);
      return new Outcome(
          LaneBatch.fromLanes(y, images, batch.of.outputs()),
          gradients,
          LaneBatch.fromLanes(dx, images, batch.of.input().size()));
    }

    void assertClose(PlainConvolution plain, double bound, String what) {
      plain.y.assertClose(y, bound, what + " y");
      plain.weightGradient.assertClose(weightGradient, bound, what + " dW");
      plain.inputGradient.assertClose(inputGradient, bound, what + " dx");
    }

    void assertSame(Outcome other, String what) {
      Bits.assertSame(y, other.y, what + " y");
      Bits.assertSame(weightGradient, other.weightGradient, what + " dW");
      Bits.assertSame(inputGradient, other.inputGradient, what + " dx");
    }
  }

  private static ConvolutionAlgorithm winograd(Case of, KernelsUnderTest under) {
    return winograd(of, under.create());
  }

  private static ConvolutionAlgorithm winograd(Case of, Kernels kernels) {
    int blocks = Lanes.blocks(of.images());
    return new WinogradConvolution(
        kernels, of.window(), of.input().channels(), of.layer(), 0, blocks, true, true, false);
  }

  private static ConvolutionAlgorithm direct(Case of, KernelsUnderTest under) {
    return direct(of, under.create());
  }

  private static ConvolutionAlgorithm direct(Case of, Kernels kernels) {
    int blocks = Lanes.blocks(of.images());
    return new DirectConvolution(
        kernels, of.window(), of.input().channels(), of.layer(), 0, blocks, true, true, false);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void errorsAreBounded(Case of) {
    Batch batch = new Batch(of);
    PlainConvolution plain = batch.plain();
    Outcome scalar = Outcome.of(winograd(of, KernelsUnderTest.SCALAR), batch);
    scalar.assertClose(plain, WINOGRAD_ERROR, batch.again + "winograd");
    Outcome vector = Outcome.of(winograd(of, KernelsUnderTest.VECTOR), batch);
    vector.assertSame(scalar, batch.again + "winograd, vector beside scalar");
    Outcome taps = Outcome.of(direct(of, KernelsUnderTest.VECTOR), batch);
    taps.assertClose(plain, DIRECT_ERROR, batch.again + "direct");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void readsNothingThatOthersLeftInTheWorkspace(Case of) {
    Batch batch = new Batch(of);
    Outcome expected = Outcome.of(winograd(of, KernelsUnderTest.VECTOR), batch);
    Kernels kernels = KernelsUnderTest.VECTOR.create();
    ConvolutionAlgorithm algorithm = winograd(of, kernels);
    ConvolutionAlgorithm byTaps = direct(of, kernels);
    fillWithNaN(kernels.workspace());
    Outcome.of(algorithm, batch).assertSame(expected, batch.again + "among what others left");
    Outcome taps = Outcome.of(direct(of, KernelsUnderTest.VECTOR), batch);
    fillWithNaN(kernels.workspace());
    Outcome.of(byTaps, batch).assertSame(taps, batch.again + "direct, among that");
  }

  private static void fillWithNaN(Workspace workspace) {
    for (Workspace.Area area : Workspace.Area.values()) {
      Arrays.fill(workspace.of(area), Float.NaN);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void addsTheGradientToWhatIsThere(Case of) {
    Batch batch = new Batch(of);
    Outcome expected = Outcome.of(winograd(of, KernelsUnderTest.VECTOR), batch);
    int images = of.images();
    float[] x = LaneBatch.toLanes(batch.x, images);
    float[] sum = x.clone();
    float[] gradients = new float[batch.weight.length];
    StepContext step = new StepContext(batch.parameters(), gradients, new float[0]);
    step.begin(images, true, false);
    ConvolutionAlgorithm algorithm = winograd(of, KernelsUnderTest.VECTOR);
    assertTrue(algorithm.adds(), batch.again + "adds");
    algorithm.backwardAndAdd(step, x, LaneBatch.toLanes(batch.dy, images), sum);
    float[] dx = LaneBatch.fromLanes(sum, images, of.input().size());
    for (int i = 0; i < dx.length; i++) {
      assertEquals(batch.x[i] + expected.inputGradient[i], dx[i], batch.again + "dx[" + i + "]");
    }
    Bits.assertSame(expected.weightGradient, gradients, batch.again + "dW");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void aNetworkComputesTheSame(Case of) {
    Batch batch = new Batch(of);
    Outcome expected = Outcome.of(winograd(of, KernelsUnderTest.VECTOR), batch);
    for (KernelsUnderTest kernels : KernelsUnderTest.values()) {
      LayerRun run = new LayerRun(Network.of(of.input(), of.layer()), of.images(), kernels);
      run = batch.bias == null ? run.with(batch.weight) : run.with(batch.weight, batch.bias);
      float[] y = run.forward(batch.x);
      float[] dx = run.backward(batch.dy);
      Outcome actual = new Outcome(y, run.gradient("weight"), dx);
      expected.assertSame(actual, batch.again + kernels);
      if (of.hasBias()) {
        PlainConvolution.Sums plain = batch.plain().biasGradient;
        plain.assertClose(run.gradient("bias"), DIRECT_ERROR, batch.again + kernels + " db");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatLiesInUnusedLanesNeverShows(KernelsUnderTest kernels) {
    Case of = new Case(Shape.of(17, 7, 11), 20, Padding.SAME, 20, true);
    Batch batch = new Batch(of);
    ConvolutionAlgorithm algorithm = winograd(of, kernels);
    Outcome clean = Outcome.of(algorithm, batch);
    float[] x = LaneBatch.toLanes(batch.x, of.images());
    int size = of.input().size();
    for (int image = of.images(); image < 2 * Lanes.WIDTH; image++) {
      for (int i = 0; i < size; i++) {
        x[LaneBatch.index(image, i, size)] = i % 2 == 0 ? 1e30f : -3e25f;
      }
    }
    clean.assertSame(Outcome.of(algorithm, batch, x), batch.again + kernels);
  }

  @ParameterizedTest
  @EnumSource
  void aLongSumStaysWithinTheBound(KernelsUnderTest kernels) {
    Case of = new Case(Shape.of(16, 32, 32), 16, Padding.of(1), 64, false);
    Batch batch = new Batch(of);
    Outcome outcome = Outcome.of(winograd(of, kernels), batch);
    outcome.assertClose(batch.plain(), WINOGRAD_ERROR, batch.again + kernels);
  }

  @Test
  void smallFiltersOfStrideOneOnManyMapsSuit() {
    assertTrue(suits(Shape.of(16, 4, 4), layer(16, THREE, 1, Padding.SAME, 1, 1)));
    assertTrue(suits(Shape.of(64, 6, 9), layer(33, THREE, 1, Padding.VALID, 1, 1)));
    assertTrue(suits(Shape.of(16, 2, 2), layer(16, THREE, 1, Padding.of(2), 1, 1)));
  }

  @Test
  void otherConvolutionsGoByTaps() {
    Shape input = Shape.of(32, 8, 8);
    Padding same = Padding.SAME;
    assertFalse(suits(input, layer(32, THREE, 1, same, 1, 2)), "groups");
    assertFalse(suits(input, layer(32, THREE, 2, same, 1, 1)), "stride");
    assertFalse(suits(input, layer(32, THREE, 1, same, 2, 1)), "dilation");
    assertFalse(suits(input, layer(32, Size.of(5), 1, same, 1, 1)), "5x5");
    assertFalse(suits(input, layer(32, new Size(3, 1), 1, same, 1, 1)), "3x1");
    assertFalse(suits(input, layer(32, THREE, 1, Padding.of(3, 0), 1, 1)), "3 rows above");
    assertFalse(suits(input, layer(32, THREE, 1, Padding.of(0, 3), 1, 1)), "3 columns before");
    assertFalse(suits(input, layer(15, THREE, 1, same, 1, 1)), "15 filters");
    assertFalse(suits(Shape.of(8, 8, 8), layer(32, THREE, 1, same, 1, 1)), "8 channels");
    assertFalse(
        suits(Shape.of(32, 6, 6), layer(32, THREE, 1, same, 1, 1)), "6 x 6 in tiles of 4 x 4");
    assertFalse(suits(Shape.of(32, 8, 5), layer(32, THREE, 1, Padding.VALID, 1, 1)), "3 columns");
  }

  private static Conv2d layer(
      int filters, Size kernel, int stride, Padding padding, int dilation, int groups) {
    return new Conv2d(
        filters, kernel, Size.of(stride), padding, Size.of(dilation), groups, null, null);
  }

  private static boolean suits(Shape input, Conv2d layer) {
    return fits(layer.window(input), input, layer);
  }
}
