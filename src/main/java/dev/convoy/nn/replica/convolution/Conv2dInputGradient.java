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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The gradient of a convolution by its input, as products of taps: {@code dx[c, h, w] = Σ weight[o,
 * c, j, k] · dy[o, m, n]} over all o, j, k with {@code m·s + j·d - top = h} and {@code n·s + k·d -
 * left = w}.
 *
 * <p>For stride 1 that is the full convolution of dy with the filters turned by 180 degrees. With
 * larger strides the pixels fall into s·s classes by their place between two windows; those of a
 * class see the same cells of the filters, so each class is a product of its own, and none
 * multiplies by zeros put between.
 */
public final class Conv2dInputGradient {
  private final TapKernels kernels;
  private final Window window;
  private final int groups;
  private final int groupFilters;
  private final int groupChannels;
  private final int cells;

  /** An array: going over a list would allocate an iterator in each step. */
  private final PixelClass[] classes;

  private final boolean leavesPixels;

  /** The border that dy needs around it so that every tap of every pixel lies in it. */
  private final Reach vertical;

  private final Reach horizontal;
  private final Workspace workspace;
  private final PaddedPlanes padded;

  /** What each channel's sums start from: 0, but for a transposed convolution's bias. */
  private final float[] start;

  private final int inputBlock;
  private final int outputBlock;

  /**
   * The gradient of a convolution.
   *
   * @param window over the image
   * @param channels of the image
   * @param filters of the bank {@code [filters, channels/groups, kh, kw]}
   */
  public Conv2dInputGradient(
      Kernels kernels, Window window, int channels, int filters, int groups) {
    this.kernels = kernels.taps();
    this.window = window;
    this.groups = groups;
    groupFilters = filters / groups;
    groupChannels = channels / groups;
    inputBlock = channels * window.inputHeight() * window.inputWidth() * Lanes.WIDTH;
    outputBlock = filters * window.outputHeight() * window.outputWidth() * Lanes.WIDTH;
    cells = window.kernel().area();
    vertical =
        Reach.of(
            window.inputHeight(),
            window.outputHeight(),
            window.kernel().height(),
            window.stride().height(),
            window.dilation().height(),
            window.top());
    horizontal =
        Reach.of(
            window.inputWidth(),
            window.outputWidth(),
            window.kernel().width(),
            window.stride().width(),
            window.dilation().width(),
            window.left());
    workspace = kernels.workspace();
    padded =
        new PaddedPlanes(
            workspace,
            groupFilters,
            window.outputHeight(),
            window.outputWidth(),
            vertical.before(),
            horizontal.before(),
            vertical.size(),
            horizontal.size(),
            false);
    start = new float[groups * Pack.wholeFilters(groupChannels)];
    List<PixelClass> found = new ArrayList<>();
    int packed = 0;
    int pixels = 0;
    for (int y = 0; y < Math.min(window.stride().height(), window.inputHeight()); y++) {
      for (RowRun rows : vertical.runs(y, window.inputHeight())) {
        for (int x = 0; x < Math.min(window.stride().width(), window.inputWidth()); x++) {
          int[] columns = horizontal.cellsOf(x);
          if (rows.cells().length > 0 && columns.length > 0) {
            PixelClass pixelClass = pixelClass(rows, x, columns, packed);
            found.add(pixelClass);
            packed += Pack.floats(groupChannels, pixelClass.geometry.taps());
            pixels += pixelClass.geometry.rows() * pixelClass.geometry.columns();
          }
        }
      }
    }
    workspace.reserve(Area.PACKED, packed);
    classes = found.toArray(new PixelClass[0]);
    leavesPixels = pixels < window.inputHeight() * window.inputWidth();
  }

  /**
   * Pixels that see the same cells: a run of every stride-th row, every stride-th column from
   * {@code x} on.
   */
  private static final class PixelClass {
    final TapGeometry geometry;
    final int[] cells;
    final int start;

    /** Where its filters start among those that are packed. */
    final int packed;

    PixelClass(TapGeometry geometry, int[] cells, int start, int packed) {
      this.geometry = geometry;
      this.cells = cells;
      this.start = start;
      this.packed = packed;
    }
  }

  /** The class of these rows and every stride-th column from {@code x} on. */
  private PixelClass pixelClass(RowRun run, int x, int[] columns, int packed) {
    int y = run.first();
    int[] rows = run.cells();
    int kernelWidth = window.kernel().width();
    int[] cellsOfClass = new int[rows.length * columns.length];
    int[] offsets = new int[groupFilters * cellsOfClass.length];
    int width = horizontal.size();
    int i = 0;
    for (int j : rows) {
      for (int k : columns) {
        cellsOfClass[i++] = j * kernelWidth + k;
      }
    }
    int tap = 0;
    for (int o = 0; o < groupFilters; o++) {
      for (int cell : cellsOfClass) {
        int m = vertical.windowOf(y, cell / kernelWidth);
        int n = horizontal.windowOf(x, cell % kernelWidth);
        offsets[tap++] = ((o * vertical.size() + m) * width + n) * Lanes.WIDTH;
      }
    }
    int strideY = window.stride().height();
    int strideX = window.stride().width();
    int inputWidth = window.inputWidth();
    TapGeometry geometry =
        new TapGeometry(
            offsets,
            run.count(),
            (inputWidth - x + strideX - 1) / strideX,
            width * Lanes.WIDTH,
            Lanes.WIDTH,
            strideY * inputWidth * Lanes.WIDTH,
            strideX * Lanes.WIDTH,
            window.inputHeight() * inputWidth * Lanes.WIDTH);
    return new PixelClass(geometry, cellsOfClass, (y * inputWidth + x) * Lanes.WIDTH, packed);
  }

  /**
   * Rows, every stride-th from {@code first} on, that see the same rows of the filters.
   *
   * @param cells those rows
   */
  private record RowRun(int first, int count, int[] cells) {}

  /** Returns the floats that it keeps from step to step. */
  public long heldFloats() {
    return padded.heldFloats();
  }

  /** Sets what each channel's sums start from. */
  public void startFrom(float[] parameters, int bias) {
    for (int group = 0; group < groups; group++) {
      int to = group * Pack.wholeFilters(groupChannels);
      System.arraycopy(parameters, bias + group * groupChannels, start, to, groupChannels);
    }
  }

  /**
   * Computes the gradient.
   *
   * @param weight where the filters start in the parameters
   */
  public void run(int blocks, float[] parameters, int weight, float[] dy, float[] dx) {
    float[] packed = workspace.of(Area.PACKED);
    if (leavesPixels) {
      fillWithStart(blocks, dx);
    }
    for (int group = 0; group < groups; group++) {
      for (PixelClass pixelClass : classes) {
        pack(parameters, weight + group * groupFilters * groupChannels * cells, pixelClass, packed);
      }
      for (int block = 0; block < blocks; block++) {
        float[] source =
            padded.take(dy, block * outputBlock + group * (outputBlock / groups), groupFilters, 0);
        for (PixelClass pixelClass : classes) {
          kernels.product(
              pixelClass.geometry,
              packed,
              pixelClass.packed,
              start,
              group * Pack.wholeFilters(groupChannels),
              groupChannels,
              source,
              Scratch.START,
              dx,
              block * inputBlock + group * (inputBlock / groups) + pixelClass.start);
        }
      }
    }
  }

  private void fillWithStart(int blocks, float[] dx) {
    int plane = inputBlock / (groups * groupChannels);
    int at = 0;
    for (int block = 0; block < blocks; block++) {
      for (int c = 0; c < groups * groupChannels; c++) {
        int from = c / groupChannels * Pack.wholeFilters(groupChannels) + c % groupChannels;
        Arrays.fill(dx, at, at + plane, start[from]);
        at += plane;
      }
    }
  }

  /** Packs the cells of a class as {@code [channels/4][filters, cells][4]}. */
  private void pack(float[] parameters, int weight, PixelClass pixelClass, float[] packed) {
    int count = pixelClass.cells.length;
    int taps = pixelClass.geometry.taps();
    for (int c = 0; c < groupChannels; c++) {
      int to = pixelClass.packed + c / Pack.SIZE * taps * Pack.SIZE + c % Pack.SIZE;
      for (int o = 0; o < groupFilters; o++) {
        int from = weight + (o * groupChannels + c) * cells;
        for (int i = 0; i < count; i++) {
          packed[to + (o * count + i) * Pack.SIZE] = parameters[from + pixelClass.cells[i]];
        }
      }
    }
  }

  /**
   * One side of dy with its border: which windows reach which pixels.
   *
   * @param output windows without the border
   * @param before windows of border before the first
   * @param size windows with the border on both ends
   */
  private record Reach(
      int output, int kernel, int stride, int dilation, int border, int before, int size) {
    /** Share of the products with the border's zeros from which they are worth leaving out. */
    private static final double WORTHWHILE = 0.1;

    static Reach of(int input, int output, int kernel, int stride, int dilation, int border) {
      // Cell j of window m covers pixel m·stride + j·dilation - border.
      int first = 0;
      int last = output - 1;
      for (int pixel = 0; pixel < input; pixel++) {
        for (int j = 0; j < kernel; j++) {
          int start = pixel + border - j * dilation;
          if (Math.floorMod(start, stride) == 0) {
            first = Math.min(first, Math.floorDiv(start, stride));
            last = Math.max(last, Math.floorDiv(start, stride));
          }
        }
      }
      return new Reach(output, kernel, stride, dilation, border, -first, last - first + 1);
    }

    /** The cells with which windows reach this pixel and every stride-th one after it. */
    int[] cellsOf(int pixel) {
      return IntStream.range(0, kernel)
          .filter(j -> Math.floorMod(pixel + border - j * dilation, stride) == 0)
          .toArray();
    }

    /** Those of {@link #cellsOf} whose window is none of the border's. */
    private int[] innerCellsOf(int pixel) {
      return Arrays.stream(cellsOf(pixel))
          .filter(j -> windowOf(pixel, j) >= before && windowOf(pixel, j) < before + output)
          .toArray();
    }

    /**
     * The rows {@code first}, {@code first + stride} and so on, in runs that see the same cells;
     * all in one, the border's zeros among what they see, where little is gained by leaving these
     * out.
     */
    List<RowRun> runs(int first, int input) {
      int count = (input - first + stride - 1) / stride;
      int[] all = cellsOf(first);
      List<RowRun> runs = new ArrayList<>();
      long products = 0;
      for (int i = 0; i < count; i++) {
        int[] cells = innerCellsOf(first + i * stride);
        products += cells.length;
        RowRun last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
        if (last != null && Arrays.equals(last.cells(), cells)) {
          runs.set(runs.size() - 1, new RowRun(last.first(), last.count() + 1, cells));
        } else {
          runs.add(new RowRun(first + i * stride, 1, cells));
        }
      }
      boolean worthwhile = products < (1 - WORTHWHILE) * count * all.length;
      return worthwhile ? runs : List.of(new RowRun(first, count, all));
    }

    /** The window, counted with the border, whose cell j covers this pixel. */
    int windowOf(int pixel, int j) {
      return Math.floorDiv(pixel + border - j * dilation, stride) + before;
    }
  }
}
