package dev.convoy.nn.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.nn.Network;
import dev.convoy.nn.layer.BatchNorm2d;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.Bits;
import dev.convoy.testing.Golden;
import dev.convoy.testing.KernelsUnderTest;
import dev.convoy.testing.LaneBatch;
import dev.convoy.testing.LayerRun;
import dev.convoy.testing.RandomSource;
import dev.convoy.testing.Rounded;
import dev.convoy.testing.Rounded.Sum;
import dev.convoy.testing.Slopes;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class BatchNorm2dTest {
  private static final int[] BATCHES = {2, 7, 16, 17, 33};

  static Stream<Arguments> golden() {
    return Golden.onEveryKernel("batch_norm", golden -> true);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("golden")
  void agreesWithFloat64(Golden golden, KernelsUnderTest kernels) {
    boolean affine = golden.at("/params/affine").asBoolean();
    BatchNorm2d layer =
        new BatchNorm2d(
            golden.number("/params/eps", -1), golden.number("/params/momentum", -1), affine);
    LayerRun run = LayerRun.of(layer, golden.tensor("/in/x").shape(), kernels);
    if (affine) {
      run.with(golden.tensor("/in/gamma").floats(), golden.tensor("/in/beta").floats());
    }
    run.withBuffers(
        golden.tensor("/in/running_mean").floats(), golden.tensor("/in/running_var").floats());
    float[] x = golden.tensor("/in/x").floats();
    boolean training = golden.at("/params/training").asBoolean();
    golden.assertMatches("/out/y", training ? run.forwardTraining(x, 1) : run.forward(x));
    float[] buffers = run.replica().buffers();
    int channels = buffers.length / 2;
    assertClose(golden, "/out/running_mean_after", Arrays.copyOf(buffers, channels));
    assertClose(
        golden, "/out/running_var_after", Arrays.copyOfRange(buffers, channels, 2 * channels));
    golden.assertMatches("/grad/dx", run.backward(golden.tensor("/in/gy").floats()));
    if (affine) {
      golden.assertMatches("/grad/dgamma", run.gradient("weight"), gamma(golden));
      golden.assertMatches("/grad/dbeta", run.gradient("bias"));
    }
  }

  /**
   * The gradient of the weights in float64: the sum of {@code gy · (x - mean) / sqrt(var + eps)}.
   */
  private static Rounded[] gamma(Golden golden) {
    int[] shape = golden.tensor("/in/x").shape();
    int channels = shape[1];
    int plane = shape.length == 4 ? shape[2] * shape[3] : 1;
    double[] x = golden.tensor("/in/x").data();
    double[] gy = golden.tensor("/in/gy").data();
    double count = (double) shape[0] * plane;
    double[] mean = golden.tensor("/in/running_mean").data().clone();
    double[] variance = golden.tensor("/in/running_var").data().clone();
    if (golden.at("/params/training").asBoolean()) {
      Arrays.fill(mean, 0);
      Arrays.fill(variance, 0);
      for (int i = 0; i < x.length; i++) {
        mean[i / plane % channels] += x[i] / count;
      }
      for (int i = 0; i < x.length; i++) {
        int c = i / plane % channels;
        variance[c] += (x[i] - mean[c]) * (x[i] - mean[c]) / count;
      }
    }
    Sum[] sums = Rounded.sums(channels);
    for (int i = 0; i < x.length; i++) {
      int c = i / plane % channels;
      double deviation = Math.sqrt(variance[c] + golden.at("/params/eps").asDouble());
      sums[c].add(Rounded.exact(gy[i] * (x[i] - mean[c]) / deviation));
    }
    return Rounded.of(sums);
  }

  /** PyTorch's float32 run says nothing of these: a few roundings of sums in float32. */
  private static void assertClose(Golden golden, String path, float[] actual) {
    double[] expected = golden.tensor(path).data();
    assertEquals(expected.length, actual.length);
    for (int i = 0; i < expected.length; i++) {
      double allowed = 4 * Math.ulp((float) expected[i]) + 1e-7;
      Golden.assertClose(expected[i], actual[i], allowed, golden + " " + path + "[" + i + "]");
    }
  }

  @ParameterizedTest
  @EnumSource(KernelsUnderTest.class)
  void gradientsInTrainingAreSlopes(KernelsUnderTest kernels) {
    for (int images : BATCHES) {
      RandomSource random = new RandomSource("batch norm slopes " + images);
      LayerRun run =
          LayerRun.of(new BatchNorm2d(1e-3f, null, null), new int[] {images, 3, 2, 3}, kernels)
              .with(random.normal(6));
      float[] x = random.normal(images * 18);
      float[] gy = random.normal(x.length);
      run.forwardTraining(x, 1);
      float[] dx = run.backward(gy);
      Slopes.assertSlope(
          dx,
          v -> Slopes.product(gy, run.forwardTraining(v, 1)),
          x,
          random.signs(x.length),
          0.01f,
          5e-3,
          1e-3,
          random.again() + "batch " + images);
    }
  }

  /** In training the images of a batch know of one another: unused lanes are no images. */
  @ParameterizedTest
  @EnumSource(KernelsUnderTest.class)
  void whatLiesInUnusedLanesCountsForNothingInTraining(KernelsUnderTest kernels) {
    int images = 19;
    Shape shape = Shape.of(2, 3, 2);
    RandomSource random = new RandomSource("batch norm lanes");
    float[] x = random.normal(images * shape.size());
    float[] gy = random.normal(x.length);
    float[] parameters = random.normal(4);
    Network network = Network.of(shape, new BatchNorm2d());
    LayerRun clean = new LayerRun(network, images, kernels).with(parameters);
    float[] y = clean.forwardTraining(x, 1);
    float[] dx = clean.backward(gy);

    Replica dirty = new Replica(network, 48, kernels.create(), Replica.Extra.INPUT_GRADIENT);
    System.arraycopy(parameters, 0, dirty.parameters(), 0, parameters.length);
    dirty.buffers()[2] = 1;
    dirty.buffers()[3] = 1;
    Arrays.fill(dirty.input(), 1e20f);
    System.arraycopy(LaneBatch.toLanes(x, images), 0, dirty.input(), 0, 2 * Lanes.WIDTH * 12);
    for (int image = images; image < 2 * Lanes.WIDTH; image++) {
      for (int i = 0; i < shape.size(); i++) {
        dirty.input()[LaneBatch.index(image, i, shape.size())] = 1e20f;
      }
    }
    dirty.forwardTraining(images, 1);
    Bits.assertSame(y, LaneBatch.fromLanes(dirty.output(), images, shape.size()), "y");
    Bits.assertSame(clean.replica().buffers(), dirty.buffers(), "running statistics");
    float[] above = LaneBatch.toLanes(gy, images);
    System.arraycopy(above, 0, dirty.outputGradient(), 0, above.length);
    dirty.backward();
    float[] back = dirty.inputGradient();
    Bits.assertSame(dx, LaneBatch.fromLanes(back, images, shape.size()), "dx");
    Bits.assertSame(clean.replica().gradients(), dirty.gradients(), "gradients");
    for (int image = images; image < 2 * Lanes.WIDTH; image++) {
      for (int i = 0; i < shape.size(); i++) {
        assertEquals(0f, back[LaneBatch.index(image, i, shape.size())], "unused lane");
      }
    }
  }
}
