package dev.convoy.nn.replica;

import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.Lanes;
import dev.convoy.kernel.TapGeometry;
import dev.convoy.nn.Node;
import dev.convoy.nn.Parameter;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.Window;

/**
 * Convolution by taps: a filter's cells are taps at fixed offsets in the padded image, summed
 * channel by channel, row by row. The gradient of the weights is the gradient of that product; the
 * input's is {@link Conv2dInputGradient}.
 */
final class Conv2dPass extends LayerPass {
  private final Kernels kernels;
  private final int groups;
  private final int groupFilters;
  private final int filters;
  private final int weight;
  private final int bias;
  private final boolean hasBias;
  private final int channels;
  private final Window window;
  private final TapGeometry geometry;

  /**
   * Floats of one lane block: of the image as read (padded or not), of the input and of the output.
   */
  private final int sourceBlock;

  private final int inputBlock;
  private final int outputBlock;
  private final int sourceGroup;
  private final int outputGroup;
  private final int packedGroup;
  private final float[] padded;
  private final float[] packedWeights;
  private final float[] start;
  private final Conv2dInputGradient inputGradient;

  Conv2dPass(Node node, Conv2d layer, int blocks, Kernels kernels, boolean wantsInputGradient) {
    this.kernels = kernels;
    window = layer.window(node.input());
    groups = layer.groups();
    filters = layer.filters();
    groupFilters = filters / groups;
    channels = node.input().channels();
    Parameter weights = node.parameters().get(0);
    weight = weights.offset();
    hasBias = layer.bias();
    bias = hasBias ? node.parameters().get(1).offset() : 0;

    int height = window.paddedHeight();
    int width = window.paddedWidth();
    geometry = geometry(window, channels / groups);
    sourceBlock = channels * height * width * Lanes.WIDTH;
    inputBlock = node.input().size() * Lanes.WIDTH;
    outputBlock = node.output().size() * Lanes.WIDTH;
    sourceGroup = sourceBlock / groups;
    outputGroup = outputBlock / groups;
    packedGroup = Kernels.packedSize(groupFilters, geometry.taps());
    padded = new float[window.isPadded() ? Math.multiplyExact(blocks, sourceBlock) : 0];
    packedWeights = new float[groups * packedGroup];
    start = new float[groups * Kernels.packedFilters(groupFilters)];
    inputGradient =
        wantsInputGradient ? new Conv2dInputGradient(layer, node, window, kernels) : null;
  }

  private static TapGeometry geometry(Window window, int groupChannels) {
    int height = window.paddedHeight();
    int width = window.paddedWidth();
    int[] offsets = new int[groupChannels * window.kernel().area()];
    int tap = 0;
    for (int c = 0; c < groupChannels; c++) {
      for (int j = 0; j < window.kernel().height(); j++) {
        for (int k = 0; k < window.kernel().width(); k++) {
          int row = c * height + j * window.dilation().height();
          offsets[tap++] = (row * width + k * window.dilation().width()) * Lanes.WIDTH;
        }
      }
    }
    return new TapGeometry(
        offsets,
        window.outputHeight(),
        window.outputWidth(),
        window.stride().height() * width * Lanes.WIDTH,
        window.stride().width() * Lanes.WIDTH,
        window.outputWidth() * Lanes.WIDTH,
        Lanes.WIDTH,
        window.outputHeight() * window.outputWidth() * Lanes.WIDTH);
  }

  @Override
  void forward(Step step, float[] x, float[] y) {
    pack(step.parameters());
    float[] source = source(step.blocks(), x);
    for (int block = 0; block < step.blocks(); block++) {
      for (int group = 0; group < groups; group++) {
        kernels.product(
            geometry,
            packedWeights,
            group * packedGroup,
            start,
            group * Kernels.packedFilters(groupFilters),
            groupFilters,
            source,
            block * sourceBlock + group * sourceGroup,
            y,
            block * outputBlock + group * outputGroup);
      }
    }
  }

  private void pack(float[] parameters) {
    int taps = geometry.taps();
    for (int group = 0; group < groups; group++) {
      int first = group * groupFilters;
      int from = weight + first * taps;
      Packing.rows(parameters, from, groupFilters, taps, taps, packedWeights, group * packedGroup);
      if (hasBias) {
        int to = group * Kernels.packedFilters(groupFilters);
        System.arraycopy(parameters, bias + first, start, to, groupFilters);
      }
    }
  }

  /** The image as the taps read it: with its border, if it has one. */
  private float[] source(int blocks, float[] x) {
    if (!window.isPadded()) {
      return x;
    }
    Packing.pad(
        x,
        0,
        blocks * channels,
        window.inputHeight(),
        window.inputWidth(),
        padded,
        window.top(),
        window.left(),
        window.paddedHeight(),
        window.paddedWidth());
    return padded;
  }

  @Override
  void backward(Step step, float[] x, float[] y, float[] dy, float[] dx) {
    if (hasBias) {
      int plane = outputBlock / filters;
      for (int o = 0; o < filters; o++) {
        step.gradients()[bias + o] =
            kernels.laneSums(dy, o * plane, plane, step.blocks(), outputBlock);
      }
    }
    // Forward has left the padded image where it was.
    float[] source = window.isPadded() ? padded : x;
    for (int group = 0; group < groups; group++) {
      kernels.productGradient(
          geometry,
          step.blocks(),
          sourceBlock,
          outputBlock,
          groupFilters,
          source,
          group * sourceGroup,
          dy,
          group * outputGroup,
          step.gradients(),
          weight + group * groupFilters * geometry.taps());
    }
    if (dx != null) {
      inputGradient.run(step.blocks(), step.parameters(), weight, dy, outputBlock, dx, inputBlock);
    }
  }
}
