package dev.convoy.nn.replica;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.nn.Network;
import dev.convoy.nn.layer.AvgPool2d;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.ConvTranspose2d;
import dev.convoy.nn.layer.Dense;
import dev.convoy.nn.layer.Dropout;
import dev.convoy.nn.layer.Elu;
import dev.convoy.nn.layer.Gelu;
import dev.convoy.nn.layer.HardSigmoid;
import dev.convoy.nn.layer.Layer;
import dev.convoy.nn.layer.LeakyRelu;
import dev.convoy.nn.layer.LogSoftmax;
import dev.convoy.nn.layer.MaxPool2d;
import dev.convoy.nn.layer.Mish;
import dev.convoy.nn.layer.Padding;
import dev.convoy.nn.layer.Relu;
import dev.convoy.nn.layer.Relu6;
import dev.convoy.nn.layer.Selu;
import dev.convoy.nn.layer.Sigmoid;
import dev.convoy.nn.layer.Silu;
import dev.convoy.nn.layer.Size;
import dev.convoy.nn.layer.Softmax;
import dev.convoy.nn.layer.Softplus;
import dev.convoy.nn.layer.Tanh;
import dev.convoy.nn.replica.pass.DropoutMask;
import dev.convoy.nn.replica.pass.DropoutPass;
import dev.convoy.nn.replica.step.StepContext;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.Golden;
import dev.convoy.testing.KernelsUnderTest;
import dev.convoy.testing.LaneBatch;
import dev.convoy.testing.LayerRun;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every layer against values and gradients computed in float64 elsewhere. */
class LayerGoldenTest {
  static Stream<Arguments> conv2d() {
    return Golden.onEveryKernel("conv2d", golden -> true);
  }

  static Stream<Arguments> samePadding() {
    return Golden.onEveryKernel("conv2d", golden -> golden.name().startsWith("same_tf"));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("samePadding")
  void samePaddingIsWorkedOut(Golden golden, KernelsUnderTest kernels) {
    assertConvolutionAgrees(golden, kernels, Padding.SAME);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("conv2d")
  void convolutionAgrees(Golden golden, KernelsUnderTest kernels) {
    assertConvolutionAgrees(golden, kernels, padding(golden));
  }

  private static void assertConvolutionAgrees(
      Golden golden, KernelsUnderTest kernels, Padding padding) {
    int[] filters = golden.tensor("/in/w").shape();
    Conv2d layer =
        new Conv2d(
            filters[0],
            new Size(filters[2], filters[3]),
            size(golden, "stride"),
            padding,
            size(golden, "dilation"),
            golden.integer("/params/groups"),
            golden.has("/in/b"),
            null);
    // The printed formula of a convolution turns the kernel by 180 degrees; its gradient turns too.
    boolean turned = golden.at("/params/flip_kernel").asBoolean();
    float[] weights = golden.tensor("/in/w").floats();
    LayerRun run = LayerRun.of(layer, golden.tensor("/in/x").shape(), kernels);
    run.with(
        turned ? turned(weights) : weights,
        golden.has("/in/b") ? golden.tensor("/in/b").floats() : new float[0]);
    assertForwardAndBackward(golden, run);
    float[] gradient = run.gradient("weight");
    golden.assertMatches("/grad/dw", turned ? turned(gradient) : gradient);
    if (golden.has("/in/b")) {
      golden.assertMatches("/grad/db", run.gradient("bias"));
    }
  }

  private static float[] turned(float[] plane) {
    float[] turned = new float[plane.length];
    for (int i = 0; i < plane.length; i++) {
      turned[i] = plane[plane.length - 1 - i];
    }
    return turned;
  }

  @Test
  void noConvolutionCaseIsLost() {
    assertEquals(71, Golden.cases("conv2d").size());
  }

  static Stream<Arguments> maxPool2d() {
    return Golden.onEveryKernel("max_pool2d", golden -> true);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("maxPool2d")
  void maxPoolingAgrees(Golden golden, KernelsUnderTest kernels) {
    Layer layer =
        new MaxPool2d(
            size(golden, "kernel"),
            size(golden, "stride"),
            padding(golden),
            size(golden, "dilation"),
            golden.at("/params/ceil_mode").asBoolean());
    LayerRun run = LayerRun.of(layer, golden.tensor("/in/x").shape(), kernels);
    assertForwardAndBackward(golden, run);
    assertWinnersAre(golden, run);
  }

  /** A gradient that numbers the outputs finds the pixel of each winner, where no two overlap. */
  private static void assertWinnersAre(Golden golden, LayerRun run) {
    int[] winners = golden.tensor("/out/argmax").ints();
    int[] in = golden.tensor("/in/x").shape();
    int pixels = in[2] * in[3];
    int outputs = winners.length / (in[0] * in[1]);
    double[] expected = new double[in[0] * in[1] * pixels];
    float[] numbers = new float[winners.length];
    for (int i = 0; i < winners.length; i++) {
      numbers[i] = i + 1;
      expected[i / outputs * pixels + winners[i]] += i + 1;
    }
    float[] found = run.backward(numbers);
    assertArrayEquals(expected, doubles(found), golden + ": winners");
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  static Stream<Arguments> avgPool2d() {
    return Golden.onEveryKernel("avg_pool2d", golden -> true);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("avgPool2d")
  void averagePoolingAgrees(Golden golden, KernelsUnderTest kernels) {
    boolean hasDivisor = golden.at("/params/divisor_override").isNumber();
    Layer layer =
        new AvgPool2d(
            size(golden, "kernel"),
            size(golden, "stride"),
            padding(golden),
            golden.at("/params/ceil_mode").asBoolean(),
            golden.at("/params/count_include_pad").asBoolean(),
            hasDivisor ? golden.integer("/params/divisor_override") : null);
    assertForwardAndBackward(golden, LayerRun.of(layer, golden.tensor("/in/x").shape(), kernels));
  }

  static Stream<Arguments> linear() {
    return Golden.onEveryKernel("linear", golden -> true);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("linear")
  void denseAgrees(Golden golden, KernelsUnderTest kernels) {
    boolean hasBias = golden.has("/in/b");
    Dense layer = new Dense(golden.tensor("/in/w").shape()[0], hasBias, null);
    LayerRun run =
        LayerRun.of(layer, golden.tensor("/in/x").shape(), kernels)
            .with(
                golden.tensor("/in/w").floats(),
                hasBias ? golden.tensor("/in/b").floats() : new float[0]);
    assertForwardAndBackward(golden, run);
    golden.assertMatches("/grad/dw", run.gradient("weight"));
    if (hasBias) {
      golden.assertMatches("/grad/db", run.gradient("bias"));
    }
  }

  static Stream<Arguments> activations() {
    return Golden.onEveryKernel("activations", golden -> true);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("activations")
  void activationAgrees(Golden golden, KernelsUnderTest kernels) {
    Layer layer =
        switch (golden.name().replaceAll("/.*", "")) {
          case "relu" -> new Relu();
          case "tanh" -> new Tanh();
          case "sigmoid" -> new Sigmoid();
          case "leaky_relu_0.01", "leaky_relu_0.2" ->
              new LeakyRelu(golden.number("/params/slope", 0));
          case "elu" -> new Elu(golden.number("/params/alpha", 0));
          case "selu" -> new Selu();
          case "gelu" -> new Gelu(Gelu.Approximation.NONE);
          case "gelu_tanh" -> new Gelu(Gelu.Approximation.TANH);
          case "silu" -> new Silu();
          case "softplus" ->
              new Softplus(golden.number("/params/beta", 0), golden.number("/params/threshold", 0));
          case "relu6" -> new Relu6();
          case "hardsigmoid" -> new HardSigmoid();
          case "mish" -> new Mish();
          case "softmax" -> new Softmax();
          case "log_softmax" -> new LogSoftmax();
          default -> throw new IllegalStateException(golden.name());
        };
    int[] shape = golden.tensor("/in/x").shape();
    int[] batchShape = shape.length == 1 ? new int[] {1, shape[0]} : shape;
    assertForwardAndBackward(golden, LayerRun.of(layer, batchShape, kernels));
  }

  static Stream<Arguments> dropout() {
    return Golden.cases("dropout").stream().map(Arguments::of);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dropout")
  void dropoutWithAGivenMaskAgrees(Golden golden) {
    int[] shape = golden.tensor("/in/x").shape();
    int images = shape[0];
    Shape input = Shape.of(shape[1], shape[2]);
    float rate = (float) (1 - golden.at("/params/keep_prob").asDouble());
    Dropout layer = new Dropout(rate);
    float[] mask = LaneBatch.toLanes(golden.tensor("/in/mask").floats(), images);
    DropoutMask given =
        new DropoutMask(rate, mask.length, KernelsUnderTest.SCALAR.create()) {
          @Override
          public void draw(long randomKey, int count, float[] factors) {
            for (int i = 0; i < count; i++) {
              factors[i] = mask[i] == 0 ? 0 : scale();
            }
          }
        };
    DropoutPass pass = DropoutPass.ofValues(Network.of(input, layer).nodes().get(0), given);
    float[] x = LaneBatch.toLanes(golden.tensor("/in/x").floats(), images);
    float[] y = new float[x.length];
    StepContext step = new StepContext(new float[0], new float[0], new float[0]);
    step.begin(images, true, false);
    pass.forward(step, x, y);
    golden.assertMatches("/out/y", LaneBatch.fromLanes(y, images, input.size()));
    float[] dy = LaneBatch.toLanes(golden.tensor("/in/gy").floats(), images);
    pass.backward(step, x, y, dy, dy);
    golden.assertMatches("/grad/dx", LaneBatch.fromLanes(dy, images, input.size()));
  }

  static Stream<Arguments> convTranspose2d() {
    return Golden.onEveryKernel("conv_transpose2d", golden -> true);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource
  void convTranspose2d(Golden golden, KernelsUnderTest kernels) {
    int[] filters = golden.tensor("/in/w").shape();
    int groups = golden.integer("/params/groups");
    ConvTranspose2d layer =
        new ConvTranspose2d(
            filters[1] * groups,
            new Size(filters[2], filters[3]),
            Size.of(golden.integer("/params/stride")),
            Padding.of(golden.integer("/params/pad")),
            golden.integer("/params/output_pad"),
            Size.of(golden.integer("/params/dilation")),
            groups,
            golden.has("/in/b"),
            null);
    LayerRun run = LayerRun.of(layer, golden.tensor("/in/x").shape(), kernels);
    run.with(golden.tensor("/in/w").floats(), golden.tensor("/in/b").floats());
    assertForwardAndBackward(golden, run);
    golden.assertMatches("/grad/dw", run.gradient("weight"));
    golden.assertMatches("/grad/db", run.gradient("bias"));
  }

  private static void assertForwardAndBackward(Golden golden, LayerRun run) {
    golden.assertMatches("/out/y", run.forward(golden.tensor("/in/x").floats()));
    golden.assertMatches("/grad/dx", run.backward(golden.tensor("/in/gy").floats()));
  }

  private static Size size(Golden golden, String parameter) {
    String path = "/params/" + parameter;
    return new Size(golden.integer(path + "/0"), golden.integer(path + "/1"));
  }

  private static Padding padding(Golden golden) {
    int[] pad = Arrays.stream(golden.numbers("/params/pad")).mapToInt(side -> (int) side).toArray();
    return pad.length == 2
        ? Padding.of(pad[0], pad[1])
        : Padding.of(pad[0], pad[1], pad[2], pad[3]);
  }
}
