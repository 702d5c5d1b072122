package dev.convoy.report.explain;

import dev.convoy.nn.Node;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.Window;
import java.util.Arrays;

/**
 * A convolution whose sums can be written out: {@code y[o, m, n] = bias[o] + Σ_c Σ_j Σ_k weight[o,
 * c, j, k] · x[c, m·s + j·d - top, n·s + k·d - left]}. Floats are as {@link Base64Floats} has them.
 *
 * @param layer number of the node
 * @param name of the layer
 * @param sliding of its windows
 * @param stage what of it is here
 * @param filters how many of its filters are here, the first ones
 * @param allFilters how many it has
 * @param channels how many channels of the input are here, all that those filters see
 * @param groupChannels channels that one filter sees
 * @param groupFilters filters of a group; filter o sees the channels from {@code o / groupFilters ·
 *     groupChannels} on
 * @param hasBias whether it adds one
 * @param input {@code [channels, stage.inputs]}
 * @param weight {@code [filters, groupChannels, kh, kw]}
 * @param bias {@code [filters]}; zeros where there is none
 * @param output {@code [filters, stage.outputs]}
 */
record ConvolutionView(
    int layer,
    String name,
    Sliding sliding,
    Stage stage,
    int filters,
    int allFilters,
    int channels,
    int groupChannels,
    int groupFilters,
    boolean hasBias,
    String input,
    String weight,
    String bias,
    String output) {
  /** More than a reader picks from. */
  private static final int MOST_FILTERS = 32;

  /**
   * Makes the view of a node of a trace.
   *
   * @param values of its input, and of its weights, that may be here
   */
  static ConvolutionView of(Trace trace, int layer, Conv2d convolution, int values) {
    Node node = trace.network().nodes().get(layer);
    Window window = convolution.window(node.input());
    int groupFilters = convolution.filters() / convolution.groups();
    int groupChannels = node.input().channels() / convolution.groups();
    int area = convolution.kernel().area();
    int most = Math.max(1, values / (groupChannels * area));
    int filters = Math.min(convolution.filters(), Math.min(MOST_FILTERS, most));
    int channels = ((filters - 1) / groupFilters + 1) * groupChannels;
    float[] y = trace.value(layer + 1);
    int plane = window.outputHeight() * window.outputWidth();
    int strongest = strongest(y, plane);
    Stage stage =
        Stage.around(
            window,
            strongest / window.outputWidth(),
            strongest % window.outputWidth(),
            channels,
            values);
    float[] weight = trace.value(node.parameters().get(0));
    float[] bias =
        convolution.bias()
            ? trace.value(node.parameters().get(1))
            : new float[convolution.filters()];
    float[] x = trace.value(node.source());
    return new ConvolutionView(
        layer,
        node.name(),
        Sliding.of(window),
        stage,
        filters,
        convolution.filters(),
        channels,
        groupChannels,
        groupFilters,
        convolution.bias(),
        Base64Floats.encode(
            stage.inputs().cut(x, channels, window.inputHeight(), window.inputWidth())),
        Base64Floats.encode(Arrays.copyOf(weight, filters * groupChannels * area)),
        Base64Floats.encode(Arrays.copyOf(bias, filters)),
        Base64Floats.encode(
            stage.outputs().cut(y, filters, window.outputHeight(), window.outputWidth())));
  }

  /** Finds where the first map is largest. */
  static int strongest(float[] values, int plane) {
    int best = 0;
    for (int i = 1; i < plane; i++) {
      if (values[i] > values[best]) {
        best = i;
      }
    }
    return best;
  }
}
