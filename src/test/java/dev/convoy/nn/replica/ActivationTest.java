package dev.convoy.nn.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.nn.Network;
import dev.convoy.nn.layer.Clip;
import dev.convoy.nn.layer.Dense;
import dev.convoy.nn.layer.Elu;
import dev.convoy.nn.layer.Gelu;
import dev.convoy.nn.layer.HardSigmoid;
import dev.convoy.nn.layer.HardSwish;
import dev.convoy.nn.layer.Layer;
import dev.convoy.nn.layer.LeakyRelu;
import dev.convoy.nn.layer.LogSoftmax;
import dev.convoy.nn.layer.Mish;
import dev.convoy.nn.layer.Prelu;
import dev.convoy.nn.layer.Relu;
import dev.convoy.nn.layer.Relu6;
import dev.convoy.nn.layer.Selu;
import dev.convoy.nn.layer.Sigmoid;
import dev.convoy.nn.layer.Silu;
import dev.convoy.nn.layer.Softmax;
import dev.convoy.nn.layer.Softplus;
import dev.convoy.nn.layer.Tanh;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.Bits;
import dev.convoy.testing.KernelsUnderTest;
import dev.convoy.testing.LaneBatch;
import dev.convoy.testing.LayerRun;
import dev.convoy.testing.RandomSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Activations at the ends of the floats, and where they lie in memory. */
class ActivationTest {
  private static final float NAN = Float.NaN;
  private static final float INFINITY = Float.POSITIVE_INFINITY;
  private static final Layer GELU = new Gelu(Gelu.Approximation.NONE);
  private static final Layer GELU_TANH = new Gelu(Gelu.Approximation.TANH);
  private static final float SELU_LEAST = (float) (-Selu.SCALE * Selu.ALPHA);

  /** What PyTorch gives for an infinity, -infinity and NaN. */
  record Limit(Layer layer, float atInfinity, float atMinusInfinity, float atNaN) {}

  private static final List<Limit> LIMITS =
      List.of(
          new Limit(new Relu(), INFINITY, 0, NAN),
          new Limit(new Relu6(), 6, 0, NAN),
          new Limit(new LeakyRelu(0.2f), INFINITY, -INFINITY, NAN),
          new Limit(new Elu(0.4f), INFINITY, -0.4f, NAN),
          new Limit(new Selu(), INFINITY, SELU_LEAST, NAN),
          new Limit(GELU, INFINITY, NAN, NAN),
          new Limit(GELU_TANH, INFINITY, NAN, NAN),
          new Limit(new Silu(), INFINITY, NAN, NAN),
          new Limit(new Mish(), INFINITY, NAN, NAN),
          new Limit(new Softplus(2f, 30f), INFINITY, 0, NAN),
          new Limit(new Tanh(), 1, -1, NAN),
          new Limit(new Sigmoid(), 1, 0, NAN),
          new Limit(new HardSigmoid(), 1, 0, NAN),
          new Limit(new Clip(-1f, 2f), 2, -1, NAN),
          new Limit(new Prelu(), INFINITY, -INFINITY, NAN),
          new Limit(new HardSwish(), INFINITY, NAN, NAN));

  static Stream<Arguments> limits() {
    return onEveryKernel(LIMITS);
  }

  private static Stream<Arguments> onEveryKernel(List<?> all) {
    List<Arguments> arguments = new ArrayList<>();
    for (Object one : all) {
      for (KernelsUnderTest kernels : KernelsUnderTest.values()) {
        arguments.add(Arguments.of(one, kernels));
      }
    }
    return arguments.stream();
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("limits")
  void infinitiesAndNaNGoThroughAsInPyTorch(Limit limit, KernelsUnderTest kernels) {
    LayerRun run = LayerRun.of(limit.layer(), new int[] {1, 3}, kernels);
    float[] y = run.forward(new float[] {INFINITY, -INFINITY, NAN});
    float[] expected = {limit.atInfinity(), limit.atMinusInfinity(), limit.atNaN()};
    Bits.assertSame(expected, y, limit.toString());
  }

  @ParameterizedTest
  @EnumSource
  void softmaxOfAnInfinityIsNaNAndOfMinusInfinityNothing(KernelsUnderTest kernels) {
    float[] x = {1, 1, -INFINITY, INFINITY, 0, 0};
    int[] shape = {2, 3};
    Bits.assertSame(
        new float[] {0.5f, 0.5f, 0, NAN, NAN, NAN},
        LayerRun.of(new Softmax(), shape, kernels).forward(x),
        "softmax");
    float[] logarithms = LayerRun.of(new LogSoftmax(), shape, kernels).forward(x);
    assertEquals(-INFINITY, logarithms[2]);
    assertTrue(Float.isNaN(logarithms[3]), "logSoftmax at infinity was " + logarithms[3]);
  }

  static Stream<Arguments> layers() {
    List<Layer> layers = new ArrayList<>(LIMITS.stream().map(Limit::layer).toList());
    layers.add(new Softmax());
    layers.add(new LogSoftmax());
    return onEveryKernel(layers);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("layers")
  void withinTheFloatsOutputsAreFiniteAndNoGradientMakesNone(
      Layer layer, KernelsUnderTest kernels) {
    float[] x = {1e38f, -1e38f, 1e20f, -1e20f, 200, -200, Float.MIN_VALUE, -Float.MIN_VALUE, 0};
    LayerRun run = LayerRun.of(layer, new int[] {1, x.length}, kernels);
    float[] y = run.forward(x);
    float[] dx = run.backward(new float[x.length]);
    for (int i = 0; i < x.length; i++) {
      assertTrue(Float.isFinite(y[i]), layer + " of " + x[i] + " was " + y[i]);
      assertEquals(0, Math.abs(dx[i]), layer + ": gradient at " + x[i]);
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("layers")
  void whereOutputsLieChangesNothing(Layer layer, KernelsUnderTest kernels) {
    Network network =
        Network.of(Shape.of(13), Dense.of(9), layer, layer, Dense.of(7), layer, Dense.of(5));
    RandomSource random = new RandomSource("memory of " + layer);
    int images = 19;
    float[] x = LaneBatch.toLanes(random.normal(images * 13), images);
    float[] gy = LaneBatch.toLanes(random.normal(images * 5), images);
    float[] parameters = random.normal(network.parameterCount());
    float[] shared = gradients(new Replica(network, images, kernels.create()), parameters, x, gy);
    float[] apart =
        gradients(
            new Replica(network, images, kernels.create(), Replica.Extra.ALL_VALUES),
            parameters,
            x,
            gy);
    Bits.assertSame(apart, shared, random.again() + layer);
  }

  private static float[] gradients(Replica replica, float[] parameters, float[] x, float[] gy) {
    System.arraycopy(parameters, 0, replica.parameters(), 0, parameters.length);
    System.arraycopy(x, 0, replica.input(), 0, x.length);
    replica.forwardTraining(replica.batchSize(), 1);
    System.arraycopy(gy, 0, replica.outputGradient(), 0, gy.length);
    replica.backward();
    return replica.gradients();
  }

  @ParameterizedTest
  @EnumSource
  void softplusIsALineAboveItsThreshold(KernelsUnderTest kernels) {
    LayerRun run = LayerRun.of(new Softplus(2f, 3f), new int[] {1, 3}, kernels);
    float[] y = run.forward(new float[] {1.5f, Math.nextUp(1.5f), -INFINITY});
    float[] dx = run.backward(new float[] {1, 1, 1});
    assertEquals(StrictMath.log1p(StrictMath.exp(3)) / 2, y[0], 1e-6);
    assertEquals(1 / (1 + StrictMath.exp(-3)), dx[0], 1e-6);
    assertEquals(Math.nextUp(1.5f), y[1]);
    assertEquals(1, dx[1]);
    assertEquals(0, y[2]);
    assertEquals(0, dx[2]);
  }

  @ParameterizedTest
  @EnumSource
  void softmaxTreatsEachPositionByItself(KernelsUnderTest kernels) {
    RandomSource random = new RandomSource("positions");
    float[] x = random.normal(3 * 4 * 5);
    float[] gy = random.normal(x.length);
    for (Layer layer : List.of(new Softmax(), new LogSoftmax())) {
      LayerRun image = LayerRun.of(layer, new int[] {1, 3, 4, 5}, kernels);
      float[] y = image.forward(x);
      float[] dx = image.backward(gy);
      LayerRun vector = LayerRun.of(layer, new int[] {1, 3}, kernels);
      for (int p = 0; p < 20; p++) {
        String what = random.again() + layer + " at " + p;
        Bits.assertSame(vector.forward(channels(x, p)), channels(y, p), what);
        Bits.assertSame(vector.backward(channels(gy, p)), channels(dx, p), what + ": gradient");
      }
    }
  }

  private static float[] channels(float[] image, int position) {
    return new float[] {image[position], image[20 + position], image[40 + position]};
  }

  @Test
  void whatAnActivationCannotBeIsRefused() {
    assertRefused("LeakyRelu.slope must be at least 0, but was -0.1", () -> new LeakyRelu(-0.1f));
    assertRefused("Elu.alpha must be at least 0, but was -1.0", () -> new Elu(-1f));
    assertRefused("Softplus.beta must be above 0, but was 0.0", () -> new Softplus(0f, null));
    assertRefused(
        "Softplus.threshold must be at least 0, but was NaN", () -> new Softplus(null, NAN));
  }

  private static void assertRefused(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
