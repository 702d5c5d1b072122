package dev.convoy.benchmark;

import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.lane.Lanes;
import dev.convoy.kernel.lane.Pack;
import dev.convoy.kernel.tap.TapGeometry;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The kernels under convolutions and dense layers, one thread. */
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class KernelBenchmark {
  private static final int KERNEL = 3;

  /** Floating-point operations a second, beside the calls a second. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Rate {
    /** In units of 10^9. */
    public double gflop;
  }

  /** Matrices. */
  @State(Scope.Thread)
  public static class Matrices {
    private final ConvoyProduct product = new ConvoyProduct();
  }

  /** A 3x3 convolution over 16 images with a border of 1, whose channels stay as many. */
  @State(Scope.Thread)
  public static class Convolutions {
    /** Channels times side: the layers of vgg-small and resnet20. */
    @Param({"16x32", "32x32", "32x16", "64x16", "64x8", "128x8"})
    public String channelsBySide;

    private final Kernels kernels = Kernels.chosen();
    private int channels;
    private TapGeometry geometry;
    private float[] source;
    private float[] weights;
    private float[] start;
    private float[] target;
    private float[] gradient;
    private double gflop;

    /** Fills the arrays. */
    @Setup
    public void fill() {
      String[] numbers = channelsBySide.split("x");
      channels = Integer.parseInt(numbers[0]);
      int side = Integer.parseInt(numbers[1]);
      int padded = side + KERNEL - 1;
      int[] taps = new int[channels * KERNEL * KERNEL];
      for (int tap = 0; tap < taps.length; tap++) {
        int channel = tap / (KERNEL * KERNEL);
        int row = tap / KERNEL % KERNEL;
        taps[tap] = ((channel * padded + row) * padded + tap % KERNEL) * Lanes.WIDTH;
      }
      int sourceRow = padded * Lanes.WIDTH;
      int targetRow = side * Lanes.WIDTH;
      geometry =
          new TapGeometry(
              taps, side, side, sourceRow, Lanes.WIDTH, targetRow, Lanes.WIDTH, side * targetRow);
      source = filled(channels * padded * sourceRow);
      weights = filled(Pack.floats(channels, taps.length));
      start = filled(Pack.wholeFilters(channels));
      target = filled(channels * side * targetRow);
      gradient = new float[channels * taps.length];
      gflop = 2e-9 * target.length * taps.length;
    }

    private static float[] filled(int length) {
      float[] values = new float[length];
      Arrays.fill(values, 0.5f);
      return values;
    }
  }

  /** The product that {@code convoy-bench product} times. */
  @Benchmark
  public void product(Matrices matrices, Rate rate) {
    matrices.product.multiply();
    rate.gflop += MatrixProduct.FLOPS * 1e-9;
  }

  /** A convolution's forward pass; its gradient by the input is of the same kind. */
  @Benchmark
  public float[] convolution(Convolutions state, Rate rate) {
    state
        .kernels
        .taps()
        .product(
            state.geometry,
            state.weights,
            0,
            state.start,
            0,
            state.channels,
            state.source,
            0,
            state.target,
            0);
    rate.gflop += state.gflop;
    return state.target;
  }

  /** A convolution's gradient by the weights. */
  @Benchmark
  public float[] weightGradient(Convolutions state, Rate rate) {
    state
        .kernels
        .taps()
        .productGradient(
            state.geometry,
            1,
            0,
            0,
            state.channels,
            state.source,
            0,
            state.target,
            0,
            state.gradient,
            0);
    rate.gflop += state.gflop;
    return state.gradient;
  }
}
