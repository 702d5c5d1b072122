package dev.convoy.report.explain;

import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.lane.Lanes;
import dev.convoy.kernel.pool.PoolGeometry;
import dev.convoy.nn.Node;
import dev.convoy.nn.layer.AvgPool2d;
import dev.convoy.nn.layer.MaxPool2d;
import dev.convoy.nn.layer.Window;
import dev.convoy.nn.replica.pass.pool.Windows;
import org.jspecify.annotations.Nullable;

/**
 * Pooling, forward and back, whose windows can be looked into. Floats are as {@link Base64Floats}
 * has them.
 *
 * @param layer number of the node
 * @param name of the layer
 * @param max whether it takes the largest value, or else the mean
 * @param sliding of its windows
 * @param stage what of it is here
 * @param channels how many channels are here, the first ones
 * @param allChannels how many there are
 * @param input {@code [channels, stage.inputs]}
 * @param output {@code [channels, stage.outputs]}
 * @param cells of max pooling {@code [channels, stage.outputs]}: the number of the winning cell,
 *     row by row in its window; of average pooling {@code [stage.outputs]}: what the sum is
 *     multiplied by
 * @param outputGradient {@code [channels, stage.outputs]}
 * @param inputGradient {@code [channels, stage.inputs]}: of this layer alone
 */
record PoolView(
    int layer,
    String name,
    boolean max,
    Sliding sliding,
    Stage stage,
    int channels,
    int allChannels,
    String input,
    String output,
    String cells,
    String outputGradient,
    String inputGradient) {
  private static final int MOST_CHANNELS = 16;

  /**
   * Makes the view of a maximum pool in a trace.
   *
   * @param values of its input that may be here
   */
  static PoolView max(Trace trace, int layer, MaxPool2d pool, int values) {
    Node node = trace.network().nodes().get(layer);
    return of(trace, layer, pool.window(node.input()), null, values);
  }

  /** Makes the view of an average pool, as {@link #max} does. */
  static PoolView average(Trace trace, int layer, AvgPool2d pool, int values) {
    Node node = trace.network().nodes().get(layer);
    Window window = pool.window(node.input());
    return of(trace, layer, window, Windows.meanScale(pool, window), values);
  }

  private static PoolView of(
      Trace trace, int layer, Window window, float @Nullable [] scale, int values) {
    Node node = trace.network().nodes().get(layer);
    int all = node.input().channels();
    float[] x = trace.value(node.source());
    float[] y = trace.value(layer + 1);
    float[] dy = trace.gradient(layer + 1);
    PoolGeometry geometry = Windows.geometry(window);
    int strongest = ConvolutionView.strongest(y, geometry.outputSize());
    int m = strongest / window.outputWidth();
    int n = strongest % window.outputWidth();
    Stage stage = Stage.around(window, m, n, 1, values);
    int channels =
        Math.min(Math.min(all, MOST_CHANNELS), Math.max(1, values / stage.inputs().size()));
    Pooling pooling = Pooling.run(geometry, all, scale, x, dy);
    return new PoolView(
        layer,
        node.name(),
        scale == null,
        Sliding.of(window),
        stage,
        channels,
        all,
        inputs(stage, window, channels, x),
        outputs(stage, window, channels, y),
        scale == null
            ? outputs(stage, window, channels, pooling.winners)
            : outputs(stage, window, 1, scale),
        outputs(stage, window, channels, dy),
        inputs(stage, window, channels, pooling.inputGradient));
  }

  private static String inputs(Stage stage, Window window, int channels, float[] values) {
    return Base64Floats.encode(
        stage.inputs().cut(values, channels, window.inputHeight(), window.inputWidth()));
  }

  private static String outputs(Stage stage, Window window, int channels, float[] values) {
    return Base64Floats.encode(
        stage.outputs().cut(values, channels, window.outputHeight(), window.outputWidth()));
  }

  /**
   * The kernels' own run of this layer by itself: a replica tells nobody its winners, and sums the
   * gradients of all that read a value.
   */
  private record Pooling(float[] winners, float[] inputGradient) {
    static Pooling run(
        PoolGeometry geometry, int planes, float @Nullable [] scale, float[] x, float[] dy) {
      Kernels kernels = Kernels.scalar();
      float[] target = new float[planes * geometry.outputSize() * Lanes.WIDTH];
      float[] winners = new float[target.length];
      float[] dx = new float[planes * geometry.inputSize() * Lanes.WIDTH];
      if (scale == null) {
        kernels.pools().maxPool(geometry, planes, lanes(x), 0, target, 0, winners, 0);
        kernels.pools().maxPoolBackward(geometry, planes, lanes(dy), 0, winners, 0, dx, 0);
      } else {
        kernels.pools().avgPoolBackward(geometry, planes, scale, lanes(dy), 0, dx, 0);
      }
      return new Pooling(firstLane(winners), firstLane(dx));
    }

    private static float[] lanes(float[] values) {
      float[] lanes = new float[values.length * Lanes.WIDTH];
      for (int i = 0; i < values.length; i++) {
        lanes[i * Lanes.WIDTH] = values[i];
      }
      return lanes;
    }

    private static float[] firstLane(float[] lanes) {
      float[] values = new float[lanes.length / Lanes.WIDTH];
      for (int i = 0; i < values.length; i++) {
        values[i] = lanes[i * Lanes.WIDTH];
      }
      return values;
    }
  }
}
