package dev.convoy.nn.replica.convolution;

import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.lane.Lanes;
import dev.convoy.kernel.lane.Pack;
import dev.convoy.kernel.lane.Scratch;
import dev.convoy.kernel.lane.Workspace;
import dev.convoy.kernel.lane.Workspace.Area;
import dev.convoy.kernel.tap.TapGeometry;
import dev.convoy.kernel.tap.TapKernels;
import dev.convoy.nn.layer.Window;
import dev.convoy.tensor.Check;
import org.jspecify.annotations.Nullable;

/**
 * Convolution by taps: a filter's cells are taps at fixed offsets in the padded image, summed
 * channel by channel, row by row. The gradient of the weights is the gradient of that product; the
 * input's is {@link Conv2dInputGradient}.
 */
public final class Convolution {
  private final TapKernels kernels;
  private final int groups;
  private final int groupFilters;
  private final int channels;
  private final Window window;
  private final TapGeometry geometry;

  /** Floats of one lane block: of the image as read (padded or not), and of the output. */
  private final int sourceBlock;

  private final int outputBlock;
  private final int sourceGroup;
  private final int outputGroup;
  private final int packedGroup;
  private final int sourceStart;
  private final Workspace workspace;

  /** Whether the image gets its border group by group, anew when gradients are computed. */
  private final boolean byGroup;

  /** Absent where there is no border. */
  private final @Nullable PaddedPlanes padded;

  /** Filters that stay from step to step; without floats before, and where they do not. */
  private float[] kept = {};

  private final boolean keepsFilters;
  private final float[] start;

  /**
   * A convolution.
   *
   * @param window over the image
   * @param channels of the image
   * @param filters of the bank {@code [filters, channels/groups, kh, kw]}
   * @param blocks lane blocks at most in a batch
   * @param trains whether gradients are asked for after each step
   * @param keepsFilters whether filters that were packed are used again in later steps
   */
  public Convolution(
      Kernels kernels,
      Window window,
      int channels,
      int filters,
      int groups,
      int blocks,
      boolean trains,
      boolean keepsFilters) {
    this.kernels = kernels.taps();
    this.window = window;
    this.channels = channels;
    this.groups = groups;
    groupFilters = filters / groups;
    geometry = geometry(window, channels / groups);
    sourceBlock = channels * window.paddedHeight() * window.paddedWidth() * Lanes.WIDTH;
    outputBlock = filters * window.outputHeight() * window.outputWidth() * Lanes.WIDTH;
    sourceGroup = sourceBlock / groups;
    outputGroup = outputBlock / groups;
    packedGroup = Pack.floats(groupFilters, geometry.taps());
    sourceStart = window.isPadded() ? Scratch.START : 0;
    workspace = kernels.workspace();
    this.keepsFilters = keepsFilters;
    byGroup = groups > 1 && window.isPadded();
    padded =
        window.isPadded()
            ? new PaddedPlanes(
                workspace,
                Math.multiplyExact(blocks, channels / (byGroup ? groups : 1)),
                window.inputHeight(),
                window.inputWidth(),
                window.top(),
                window.left(),
                window.paddedHeight(),
                window.paddedWidth(),
                trains && !byGroup)
            : null;
    if (!keepsFilters) {
      workspace.reserve(Area.PACKED, groups * packedGroup);
    }
    start = new float[groups * Pack.wholeFilters(groupFilters)];
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

  /** Returns the floats that it keeps from step to step. */
  public long heldFloats() {
    return (padded == null ? 0 : padded.heldFloats()) + (keepsFilters ? groups * packedGroup : 0);
  }

  /** Returns the filters that were packed last. */
  private float[] packed() {
    return keepsFilters ? kept : workspace.of(Area.PACKED);
  }

  /** Sets what each filter's sums start from: its bias. */
  public void startFrom(float[] parameters, int bias) {
    for (int group = 0; group < groups; group++) {
      int to = group * Pack.wholeFilters(groupFilters);
      System.arraycopy(parameters, bias + group * groupFilters, start, to, groupFilters);
    }
  }

  /** Returns a group's channels of some lane blocks with their border, from block to block. */
  private float[] group(int blocks, int first, int group, float[] x) {
    int count = channels / groups;
    int plane = window.inputHeight() * window.inputWidth() * Lanes.WIDTH;
    float[] values = x;
    for (int block = 0; block < blocks; block++) {
      int from = ((first + block) * channels + group * count) * plane;
      values = Check.present(padded, "The border").take(x, from, count, block * count);
    }
    return values;
  }

  /** Computes the output by the filters that were packed last. */
  public void forward(int blocks, float[] x, float[] y) {
    float[] whole = byGroup ? x : source(blocks, x);
    float[] packed = packed();
    for (int block = 0; block < blocks; block++) {
      for (int group = 0; group < groups; group++) {
        float[] source = byGroup ? group(1, block, group, x) : whole;
        int of = byGroup ? 0 : block * sourceBlock + group * sourceGroup;
        kernels.product(
            geometry,
            packed,
            group * packedGroup,
            start,
            group * Pack.wholeFilters(groupFilters),
            groupFilters,
            source,
            sourceStart + of,
            y,
            block * outputBlock + group * outputGroup);
      }
    }
  }

  /**
   * Takes filters.
   *
   * @param weight where they start in the parameters
   */
  public void pack(float[] parameters, int weight) {
    int taps = geometry.taps();
    if (keepsFilters && kept.length == 0) {
      kept = new float[groups * packedGroup];
    }
    float[] packed = packed();
    for (int group = 0; group < groups; group++) {
      int from = weight + group * groupFilters * taps;
      Packing.rows(parameters, from, groupFilters, taps, taps, packed, group * packedGroup);
    }
  }

  /**
   * Computes what some filters of a bank without groups, {@link #pack packed} before, give of a
   * lane block.
   *
   * @param first the first filter, a multiple of {@link Pack#SIZE}
   * @param source the images, as {@link #source} gave them
   * @param target {@code [count][H][W][16]} from {@code offset} on
   */
  public void filters(int block, int first, int count, float[] source, float[] target, int offset) {
    kernels.product(
        geometry,
        packed(),
        first * geometry.taps(),
        start,
        first,
        count,
        source,
        sourceStart + block * sourceBlock,
        target,
        offset);
  }

  /**
   * The image as the taps read it: with its border, if it has one. In training it stays where it
   * was put until the next; none is made where groups get theirs one by one.
   */
  public float[] source(int blocks, float[] x) {
    return padded == null || byGroup ? x : padded.take(x, 0, blocks * channels, 0);
  }

  /**
   * Computes the gradient of the filters.
   *
   * @param x the image that {@link #source} or {@link #forward} took last
   * @param weight where the filters start in the gradients
   */
  public void weightGradient(int blocks, float[] x, float[] dy, float[] gradients, int weight) {
    float[] whole = byGroup ? x : lastSource(x);
    for (int group = 0; group < groups; group++) {
      float[] source = byGroup ? group(blocks, 0, group, x) : whole;
      kernels.productGradient(
          geometry,
          blocks,
          byGroup ? sourceGroup : sourceBlock,
          outputBlock,
          groupFilters,
          source,
          sourceStart + (byGroup ? 0 : group * sourceGroup),
          dy,
          group * outputGroup,
          gradients,
          weight + group * groupFilters * geometry.taps());
    }
  }

  /**
   * Computes the gradient of some filters of a bank without groups.
   *
   * @param dy of these filters alone, {@code [blocks][count][H][W][16]} from {@code offset} on
   * @param to where the first of them lies in the gradients
   */
  public void weightGradient(
      int blocks, int count, float[] source, float[] dy, int offset, float[] gradients, int to) {
    int plane = outputBlock / (groups * groupFilters);
    kernels.productGradient(
        geometry,
        blocks,
        sourceBlock,
        count * plane,
        count,
        source,
        sourceStart,
        dy,
        offset,
        gradients,
        to);
  }

  /** Returns where the image starts in what {@link #source} gave. */
  int sourceStart() {
    return sourceStart;
  }

  /** The image that the last {@link #forward} read. */
  public float[] lastSource(float[] x) {
    return padded == null ? x : padded.values();
  }
}
