package dev.convoy.nn.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.nn.Network;
import dev.convoy.nn.Parameter;
import dev.convoy.nn.layer.AdaptiveAvgPool2d;
import dev.convoy.nn.layer.AvgPool2d;
import dev.convoy.nn.layer.BatchNorm2d;
import dev.convoy.nn.layer.ChannelMax;
import dev.convoy.nn.layer.ChannelMean;
import dev.convoy.nn.layer.ChannelShuffle;
import dev.convoy.nn.layer.Clip;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.ConvTranspose2d;
import dev.convoy.nn.layer.Crop2d;
import dev.convoy.nn.layer.Dense;
import dev.convoy.nn.layer.DepthToSpace;
import dev.convoy.nn.layer.Dropout;
import dev.convoy.nn.layer.Dropout2d;
import dev.convoy.nn.layer.Elu;
import dev.convoy.nn.layer.Flatten;
import dev.convoy.nn.layer.Gelu;
import dev.convoy.nn.layer.GlobalAvgPool2d;
import dev.convoy.nn.layer.GlobalMaxPool2d;
import dev.convoy.nn.layer.GroupNorm;
import dev.convoy.nn.layer.HardSigmoid;
import dev.convoy.nn.layer.HardSwish;
import dev.convoy.nn.layer.Join;
import dev.convoy.nn.layer.Layer;
import dev.convoy.nn.layer.LayerNorm;
import dev.convoy.nn.layer.LeakyRelu;
import dev.convoy.nn.layer.LocalResponseNorm;
import dev.convoy.nn.layer.LogSoftmax;
import dev.convoy.nn.layer.MaxPool2d;
import dev.convoy.nn.layer.Mish;
import dev.convoy.nn.layer.Pad2d;
import dev.convoy.nn.layer.Padding;
import dev.convoy.nn.layer.Prelu;
import dev.convoy.nn.layer.Relu;
import dev.convoy.nn.layer.Relu6;
import dev.convoy.nn.layer.Reshape;
import dev.convoy.nn.layer.Scale;
import dev.convoy.nn.layer.Selu;
import dev.convoy.nn.layer.Sigmoid;
import dev.convoy.nn.layer.Silu;
import dev.convoy.nn.layer.Size;
import dev.convoy.nn.layer.Slice;
import dev.convoy.nn.layer.Softmax;
import dev.convoy.nn.layer.Softplus;
import dev.convoy.nn.layer.SpaceToDepth;
import dev.convoy.nn.layer.StochasticDepth;
import dev.convoy.nn.layer.Tanh;
import dev.convoy.nn.layer.Upsample2d;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.Bits;
import dev.convoy.testing.KernelsUnderTest;
import dev.convoy.testing.LaneBatch;
import dev.convoy.testing.LayerRun;
import dev.convoy.testing.RandomSource;
import dev.convoy.testing.Slopes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every layer keeps, whatever it computes. */
class LayerContractTest {
  private static final int[] BATCHES = {1, 7, 16, 17, 33};

  /** Largest error of a directional derivative, of the gradient's own length. */
  private static final double GRADIENT_TOLERANCE = 2e-3;

  /**
   * A layer and what is expected of it.
   *
   * @param hasCorners whether its slope jumps, so that inputs must keep their distance
   */
  record Contract(
      Layer layer, Shape input, Shape output, boolean hasCorners, String... parameters) {
    @Override
    public String toString() {
      return layer + " on " + input;
    }
  }

  static Stream<Contract> layers() {
    Conv2d strided =
        new Conv2d(5, new Size(3, 2), new Size(2, 3), Padding.of(1, 0), null, null, false, null);
    Conv2d grouped = new Conv2d(6, Size.of(3), null, Padding.SAME, Size.of(2), 2, null, null);
    Conv2d depthwise = new Conv2d(4, Size.of(3), Size.of(2), Padding.SAME, null, 4, null, null);
    Padding uneven = Padding.of(0, 1, 2, 0);
    MaxPool2d padded = new MaxPool2d(Size.of(3), Size.of(2), Padding.of(1), null, true);
    MaxPool2d dilated = new MaxPool2d(Size.of(2), Size.of(1), null, new Size(2, 1), false);
    AvgPool2d excluding = new AvgPool2d(Size.of(3), Size.of(2), Padding.of(1), true, false, null);
    ConvTranspose2d transposed =
        new ConvTranspose2d(
            6, new Size(3, 2), new Size(2, 1), Padding.of(0, 1), 0, new Size(2, 3), 2, false, null);
    // The stride is wider than the kernel: no window reaches some pixels, which keep the bias.
    ConvTranspose2d sameTransposed =
        new ConvTranspose2d(5, Size.of(2), Size.of(3), Padding.SAME, null, null, null, null, null);
    return Stream.of(
        smooth(Conv2d.of(1, 1), Shape.of(1, 1, 1), Shape.of(1, 1, 1), "weight 1", "bias 1"),
        smooth(Conv2d.of(7, 3), Shape.of(3, 5, 9), Shape.of(7, 3, 7), "weight 189", "bias 7"),
        smooth(
            Conv2d.of(4, 5).withPadding(Padding.SAME),
            Shape.of(2, 7, 6),
            Shape.of(4, 7, 6),
            "weight 200",
            "bias 4"),
        smooth(strided, Shape.of(2, 9, 8), Shape.of(5, 5, 3), "weight 60"),
        smooth(grouped, Shape.of(4, 6, 5), Shape.of(6, 6, 5), "weight 108", "bias 6"),
        smooth(depthwise, Shape.of(4, 6, 7), Shape.of(4, 3, 4), "weight 36", "bias 4"),
        smooth(
            Conv2d.of(2, 2).withPadding(uneven),
            Shape.of(1, 3, 4),
            Shape.of(2, 4, 4),
            "weight 8",
            "bias 2"),
        smooth(
            Conv2d.of(9, 1).withStride(2),
            Shape.of(5, 4, 7),
            Shape.of(9, 2, 4),
            "weight 45",
            "bias 9"),
        smooth(
            Conv2d.of(17, 3).withPadding(uneven),
            Shape.of(18, 5, 7),
            Shape.of(17, 5, 6),
            "weight 2754",
            "bias 17"),
        smooth(Dense.of(1), Shape.of(1), Shape.of(1), "weight 1", "bias 1"),
        smooth(Dense.of(13), Shape.of(31), Shape.of(13), "weight 403", "bias 13"),
        smooth(Dense.of(8), Shape.of(48), Shape.of(8), "weight 384", "bias 8"),
        smooth(new Dense(5, false, null), Shape.of(207), Shape.of(5), "weight 1035"),
        cornered(MaxPool2d.of(2, 2), Shape.of(3, 6, 7), Shape.of(3, 3, 3)),
        cornered(padded, Shape.of(2, 6, 8), Shape.of(2, 4, 5)),
        cornered(dilated, Shape.of(1, 5, 4), Shape.of(1, 3, 3)),
        smooth(AvgPool2d.of(2, 2), Shape.of(3, 6, 7), Shape.of(3, 3, 3)),
        smooth(AvgPool2d.of(3, 1), Shape.of(2, 5, 4), Shape.of(2, 3, 2)),
        smooth(excluding, Shape.of(2, 6, 8), Shape.of(2, 4, 5)),
        cornered(new Relu(), Shape.of(2, 3, 5), Shape.of(2, 3, 5)),
        cornered(new Relu(), Shape.of(13), Shape.of(13)),
        smooth(new Tanh(), Shape.of(2, 3, 5), Shape.of(2, 3, 5)),
        smooth(new Sigmoid(), Shape.of(31), Shape.of(31)),
        cornered(new LeakyRelu(0.2f), Shape.of(2, 3, 5), Shape.of(2, 3, 5)),
        cornered(new Relu6(), Shape.of(2, 3, 5), Shape.of(2, 3, 5)),
        cornered(new HardSigmoid(), Shape.of(31), Shape.of(31)),
        cornered(new HardSwish(), Shape.of(2, 9, 8), Shape.of(2, 9, 8)),
        smooth(new Elu(1f), Shape.of(2, 3, 5), Shape.of(2, 3, 5)),
        cornered(new Elu(0.4f), Shape.of(13), Shape.of(13)),
        cornered(new Selu(), Shape.of(2, 3, 5), Shape.of(2, 3, 5)),
        smooth(new Gelu(Gelu.Approximation.NONE), Shape.of(2, 9, 8), Shape.of(2, 9, 8)),
        smooth(new Gelu(Gelu.Approximation.TANH), Shape.of(2, 3, 5), Shape.of(2, 3, 5)),
        smooth(new Silu(), Shape.of(2, 3, 5), Shape.of(2, 3, 5)),
        smooth(new Softplus(2f, 30f), Shape.of(31), Shape.of(31)),
        smooth(new Mish(), Shape.of(2, 3, 5), Shape.of(2, 3, 5)),
        smooth(new Softmax(), Shape.of(13), Shape.of(13)),
        smooth(new Softmax(), Shape.of(3, 4, 5), Shape.of(3, 4, 5)),
        smooth(new LogSoftmax(), Shape.of(13), Shape.of(13)),
        smooth(new LogSoftmax(), Shape.of(3, 4, 5), Shape.of(3, 4, 5)),
        smooth(new BatchNorm2d(), Shape.of(3, 4, 5), Shape.of(3, 4, 5), "weight 3", "bias 3"),
        smooth(new BatchNorm2d(0.1f, 0.5f, false), Shape.of(31), Shape.of(31)),
        smooth(
            ConvTranspose2d.of(3, 3, 2),
            Shape.of(4, 3, 5),
            Shape.of(3, 7, 11),
            "weight 108",
            "bias 3"),
        smooth(transposed, Shape.of(4, 3, 4), Shape.of(6, 9, 5), "weight 72"),
        smooth(sameTransposed, Shape.of(2, 3, 4), Shape.of(5, 9, 12), "weight 40", "bias 5"),
        smooth(new GlobalAvgPool2d(), Shape.of(3, 4, 5), Shape.of(3)),
        cornered(new GlobalMaxPool2d(), Shape.of(3, 4, 5), Shape.of(3)),
        smooth(new Pad2d(Padding.of(1, 0, 2, 3), 0.5f), Shape.of(2, 3, 4), Shape.of(2, 6, 7)),
        smooth(
            new Pad2d(Padding.of(1, 0, 2, 3), 0, Pad2d.Border.REFLECT),
            Shape.of(2, 3, 4),
            Shape.of(2, 6, 7)),
        smooth(
            new Pad2d(Padding.of(2, 1, 0, 4), 0, Pad2d.Border.REPLICATE),
            Shape.of(2, 2, 3),
            Shape.of(2, 4, 8)),
        smooth(new Crop2d(Padding.of(1, 0, 2, 3)), Shape.of(2, 5, 7), Shape.of(2, 2, 4)),
        smooth(new Reshape(Shape.of(4, 3, 5)), Shape.of(60), Shape.of(4, 3, 5)),
        smooth(
            new DepthToSpace(2, DepthToSpace.ChannelOrder.CRD),
            Shape.of(12, 2, 3),
            Shape.of(3, 4, 6)),
        smooth(
            new DepthToSpace(3, DepthToSpace.ChannelOrder.DCR),
            Shape.of(18, 1, 2),
            Shape.of(2, 3, 6)),
        smooth(
            new SpaceToDepth(2, DepthToSpace.ChannelOrder.CRD),
            Shape.of(3, 4, 2),
            Shape.of(12, 2, 1)),
        smooth(
            new SpaceToDepth(3, DepthToSpace.ChannelOrder.DCR),
            Shape.of(2, 3, 6),
            Shape.of(18, 1, 2)),
        smooth(new ChannelMean(), Shape.of(7, 2, 3), Shape.of(1, 2, 3)),
        cornered(new ChannelMax(), Shape.of(7, 2, 3), Shape.of(1, 2, 3)),
        smooth(new AdaptiveAvgPool2d(new Size(2, 3)), Shape.of(2, 4, 6), Shape.of(2, 2, 3)),
        smooth(new AdaptiveAvgPool2d(new Size(3, 4)), Shape.of(2, 5, 7), Shape.of(2, 3, 4)),
        smooth(new AdaptiveAvgPool2d(Size.of(3)), Shape.of(2, 1, 2), Shape.of(2, 3, 3)),
        smooth(new AdaptiveAvgPool2d(Size.of(3)), Shape.of(2, 3, 3), Shape.of(2, 3, 3)),
        smooth(new Upsample2d(new Size(2, 3)), Shape.of(2, 3, 4), Shape.of(2, 6, 12)),
        smooth(
            new Upsample2d(new Size(3, 2), Upsample2d.Interpolation.BILINEAR),
            Shape.of(2, 3, 4),
            Shape.of(2, 9, 8)),
        smooth(new GlobalAvgPool2d(true), Shape.of(3, 4, 5), Shape.of(3, 1, 1)),
        cornered(new GlobalMaxPool2d(true), Shape.of(3, 4, 5), Shape.of(3, 1, 1)),
        smooth(new Slice(1, 3), Shape.of(4, 2, 3), Shape.of(2, 2, 3)),
        smooth(new Slice(null, 5), Shape.of(13), Shape.of(5)),
        smooth(new Slice(12, null), Shape.of(13), Shape.of(1)),
        smooth(new ChannelShuffle(2), Shape.of(6, 2, 3), Shape.of(6, 2, 3)),
        smooth(new ChannelShuffle(3), Shape.of(12), Shape.of(12)),
        smooth(new Dropout2d(0.5f), Shape.of(2, 3, 5), Shape.of(2, 3, 5)),
        smooth(new Dropout(0.5f), Shape.of(2, 3, 5), Shape.of(2, 3, 5)),
        smooth(new StochasticDepth(0.5f), Shape.of(2, 3, 5), Shape.of(2, 3, 5)),
        smooth(new Scale(0.1f), Shape.of(3, 4, 5), Shape.of(3, 4, 5), "weight 3"),
        smooth(new Scale(null), Shape.of(13), Shape.of(13), "weight 13"),
        smooth(
            new LayerNorm(0.1f, null), Shape.of(9, 3, 4), Shape.of(9, 3, 4), "weight 9", "bias 9"),
        smooth(new LayerNorm(null, false), Shape.of(31), Shape.of(31)),
        smooth(GroupNorm.of(2), Shape.of(6, 3, 5), Shape.of(6, 3, 5), "weight 6", "bias 6"),
        smooth(GroupNorm.of(1), Shape.of(31), Shape.of(31), "weight 31", "bias 31"),
        smooth(new GroupNorm(3, 0.1f, false), Shape.of(3, 4, 5), Shape.of(3, 4, 5)),
        smooth(new LocalResponseNorm(3, 0.5f, 0.6f, 2f), Shape.of(7, 3, 5), Shape.of(7, 3, 5)),
        smooth(LocalResponseNorm.of(4), Shape.of(13), Shape.of(13)),
        cornered(new Clip(-0.4f, 1.3f), Shape.of(2, 3, 5), Shape.of(2, 3, 5)),
        cornered(new Clip(null, 0.5f), Shape.of(13), Shape.of(13)),
        cornered(new Prelu(), Shape.of(2, 3, 5), Shape.of(2, 3, 5), "weight 1"),
        cornered(new Prelu(true, null), Shape.of(3, 9, 8), Shape.of(3, 9, 8), "weight 3"),
        smooth(new Flatten(), Shape.of(3, 4, 5), Shape.of(60)),
        smooth(new Flatten(), Shape.of(1), Shape.of(1)));
  }

  private static Contract smooth(Layer layer, Shape input, Shape output, String... parameters) {
    return new Contract(layer, input, output, false, parameters);
  }

  private static Contract cornered(Layer layer, Shape input, Shape output, String... parameters) {
    return new Contract(layer, input, output, true, parameters);
  }

  static Stream<Arguments> layersOnEveryKernel() {
    List<Arguments> all = new ArrayList<>();
    layers()
        .forEach(
            contract -> {
              for (KernelsUnderTest kernels : KernelsUnderTest.values()) {
                all.add(Arguments.of(contract, kernels));
              }
            });
    return all.stream();
  }

  @Test
  void everyKindOfLayerIsUnderContract() {
    Set<Class<?>> tested =
        layers().map(contract -> contract.layer().getClass()).collect(Collectors.toSet());
    Set<Class<?>> single = new HashSet<>(Set.of(Layer.class.getPermittedSubclasses()));
    single.remove(Join.class); // of several inputs: GraphTest holds them
    assertEquals(single, tested);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layers")
  void shapeAndParametersAreAsStated(Contract contract) {
    Network network = Network.of(contract.input(), contract.layer());
    assertEquals(contract.output(), network.output());
    List<String> found =
        network.parameters().stream()
            .map(p -> p.name().replaceAll(".*\\.", "") + " " + p.size())
            .toList();
    assertEquals(List.of(contract.parameters()), found);
    int sum = network.parameters().stream().mapToInt(Parameter::size).sum();
    assertEquals(sum, network.parameterCount());
    assertTrue(
        network.parameters().stream()
            .allMatch(p -> p.name().startsWith(contract.layer().kind() + "_1.")));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("layersOnEveryKernel")
  void gradientsAreSlopes(Contract contract, KernelsUnderTest kernels) {
    for (int images : BATCHES) {
      RandomSource random = new RandomSource(contract + " slopes " + images);
      Batch batch = new Batch(contract, images, random);
      LayerRun run = batch.run(kernels);
      run.forward(batch.x);
      float[] dx = run.backward(batch.gy);
      float[] gradient = run.replica().gradients().clone();
      // Corners lie 0.05 apart. Where there are none, float's rounding wants a long way.
      float reach = contract.hasCorners() ? 0.01f : 0.03f;
      for (int direction = 0; direction < 3; direction++) {
        Slopes.assertSlope(
            dx,
            x -> batch.lossAt(run, x, batch.parameters),
            batch.x,
            random.signs(batch.x.length),
            reach,
            GRADIENT_TOLERANCE,
            1e-9,
            random.again() + "input, batch " + images);
        Slopes.assertSlope(
            gradient,
            parameters -> batch.lossAt(run, batch.x, parameters),
            batch.parameters,
            random.signs(gradient.length),
            reach,
            GRADIENT_TOLERANCE,
            1e-9,
            random.again() + "parameters, batch " + images);
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layers")
  void scalarAndVectorGiveTheSameBits(Contract contract) {
    for (int images : BATCHES) {
      RandomSource random = new RandomSource(contract + " bits " + images);
      Batch batch = new Batch(contract, images, random);
      LayerRun scalar = batch.run(KernelsUnderTest.SCALAR);
      LayerRun vector = batch.run(KernelsUnderTest.VECTOR);
      String what = random.again() + "batch " + images;
      Bits.assertSame(
          scalar.forwardTraining(batch.x, 3), vector.forwardTraining(batch.x, 3), what + " y");
      Bits.assertSame(scalar.backward(batch.gy), vector.backward(batch.gy), what + " dx");
      Bits.assertSame(
          scalar.replica().gradients(), vector.replica().gradients(), what + " gradients");
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("layersOnEveryKernel")
  void anImageIsTheSameAloneAsAmongOthers(Contract contract, KernelsUnderTest kernels) {
    int images = 33;
    RandomSource random = new RandomSource(contract + " alone");
    Batch batch = new Batch(contract, images, random);
    LayerRun together = batch.run(kernels);
    float[] y = together.forward(batch.x);
    float[] dx = together.backward(batch.gy);
    LayerRun alone = new LayerRun(batch.network, 1, kernels).with(batch.parameters);
    for (int image : new int[] {0, 1, 15, 16, 31, 32}) {
      String what = random.again() + "image " + image;
      float[] one = alone.forward(slice(batch.x, image, images));
      Bits.assertSame(slice(y, image, images), one, what + " y");
      float[] back = alone.backward(slice(batch.gy, image, images));
      Bits.assertSame(slice(dx, image, images), back, what + " dx");
    }
  }

  private static float[] slice(float[] batch, int image, int images) {
    int size = batch.length / images;
    return Arrays.copyOfRange(batch, image * size, (image + 1) * size);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("layersOnEveryKernel")
  void whatLiesInUnusedLanesNeverShows(Contract contract, KernelsUnderTest kernels) {
    int images = 19;
    RandomSource random = new RandomSource(contract + " lanes");
    Batch batch = new Batch(contract, images, random);
    LayerRun clean = batch.run(kernels);
    float[] y = clean.forward(batch.x);
    float[] dx = clean.backward(batch.gy);

    // A replica for more images than come, and with an older, longer batch still in its memory.
    Replica dirty = new Replica(batch.network, 48, kernels.create(), Replica.Extra.INPUT_GRADIENT);
    dirty.use(batch.network.initialWeights(1));
    System.arraycopy(batch.parameters, 0, dirty.parameters(), 0, batch.parameters.length);
    Arrays.fill(dirty.input(), 1e20f);
    dirty.forward(48);
    Arrays.fill(dirty.outputGradient(), 1e10f);
    dirty.backward();
    int size = contract.input().size();
    float[] lanes = LaneBatch.toLanes(batch.x, images);
    System.arraycopy(lanes, 0, dirty.input(), 0, lanes.length);
    for (int image = images; image < 2 * Lanes.WIDTH; image++) {
      for (int i = 0; i < size; i++) {
        dirty.input()[LaneBatch.index(image, i, size)] = 1e20f;
      }
    }
    dirty.forward(images);
    int outputs = contract.output().size();
    Bits.assertSame(y, LaneBatch.fromLanes(dirty.output(), images, outputs), random.again() + "y");
    float[] above = LaneBatch.toLanes(batch.gy, images);
    System.arraycopy(above, 0, dirty.outputGradient(), 0, above.length);
    dirty.backward();
    Bits.assertSame(
        dx, LaneBatch.fromLanes(dirty.inputGradient(), images, size), random.again() + "dx");
    Bits.assertSame(clean.replica().gradients(), dirty.gradients(), random.again() + "gradients");
  }

  /** Random images, parameters and gradients from above. */
  private static final class Batch {
    final Network network;
    final int images;
    final float[] x;
    final float[] gy;
    final float[] parameters;

    Batch(Contract contract, int images, RandomSource random) {
      this.network = Network.of(contract.input(), contract.layer());
      this.images = images;
      int inputs = images * contract.input().size();
      x = contract.hasCorners() ? random.spread(inputs, 0.05f) : random.normal(inputs);
      gy = random.normal(images * contract.output().size());
      parameters = random.normal(network.parameterCount());
    }

    LayerRun run(KernelsUnderTest kernels) {
      return new LayerRun(network, images, kernels).with(parameters);
    }

    /** Σ gy·y, whose gradients the backward pass gives. */
    double lossAt(LayerRun run, float[] input, float[] at) {
      return Slopes.product(gy, run.with(at).forward(input));
    }
  }
}
