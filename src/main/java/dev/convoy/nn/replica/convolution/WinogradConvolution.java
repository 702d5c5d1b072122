package dev.convoy.nn.replica.convolution;

import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.lane.Lanes;
import dev.convoy.kernel.lane.Pack;
import dev.convoy.kernel.lane.Workspace;
import dev.convoy.kernel.lane.Workspace.Area;
import dev.convoy.kernel.winograd.Winograd;
import dev.convoy.kernel.winograd.WinogradGeometry;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.Window;
import dev.convoy.nn.replica.convolution.TileRows.Away;
import dev.convoy.nn.replica.step.StepContext;
import dev.convoy.nn.replica.step.Sums;
import dev.convoy.tensor.Check;
import org.jspecify.annotations.Nullable;

/**
 * Convolution by 3x3 filters as {@link Winograd} has it: a quarter of the products, for the price
 * of the transforms. The input's gradient is such a convolution too, of dy by the filters turned by
 * 180 degrees.
 */
public final class WinogradConvolution implements ConvolutionAlgorithm {
  /**
   * The least channels and filters: below so many the transforms cost about what the products save;
   * and the gradient of the filters takes sixteen at a time.
   */
  private static final int LEAST_CHANNELS = Lanes.WIDTH;

  private final Workspace workspace;
  private final int channels;
  private final int inputBlock;
  private final int filters;
  private final int weight;
  private final WinogradProduct product;
  private final @Nullable WinogradProduct inputProduct;
  private final @Nullable WinogradWeightGradient weightGradient;
  private final float[] start;
  private final float[] zeros;

  /** Makes one of what {@link DirectConvolution} is made of. */
  public WinogradConvolution(
      Kernels kernels,
      Window window,
      int channels,
      Conv2d layer,
      int weight,
      int blocks,
      boolean wantsInputGradient,
      boolean trains,
      boolean keepsFilters) {
    this.channels = channels;
    this.weight = weight;
    filters = layer.filters();
    WinogradGeometry geometry =
        new WinogradGeometry(
            window.inputHeight(),
            window.inputWidth(),
            window.outputHeight(),
            window.outputWidth(),
            window.top(),
            window.left());
    WinogradGeometry turned =
        new WinogradGeometry(
            window.outputHeight(),
            window.outputWidth(),
            window.inputHeight(),
            window.inputWidth(),
            Winograd.FILTER - 1 - window.top(),
            Winograd.FILTER - 1 - window.left());
    product = new WinogradProduct(kernels, geometry, channels, filters, blocks, keepsFilters);
    inputProduct =
        wantsInputGradient
            ? new WinogradProduct(kernels, turned, filters, channels, blocks, false)
            : null;
    inputBlock = channels * window.inputHeight() * window.inputWidth() * Lanes.WIDTH;
    workspace = kernels.workspace();
    if (wantsInputGradient) {
      workspace.reserve(Area.GRADIENTS, Math.min(blocks, blocksAtOnce()) * inputBlock);
    }
    weightGradient =
        trains ? new WinogradWeightGradient(kernels, geometry, channels, filters) : null;
    start = new float[filters];
    zeros = new float[channels];
  }

  /** Returns whether a convolution is one for this algorithm: a rule of its shape alone. */
  public static boolean suits(Window window, int channels, Conv2d layer) {
    return window.kernel().height() == Winograd.FILTER
        && window.kernel().width() == Winograd.FILTER
        && window.stride().area() == 1
        && window.dilation().area() == 1
        && window.top() < Winograd.FILTER
        && window.left() < Winograd.FILTER
        && layer.groups() == 1
        && Math.min(channels, layer.filters()) >= LEAST_CHANNELS
        && fillsTiles(window.outputHeight(), window.outputWidth());
  }

  /** Returns whether at least two thirds of the tiles' outputs lie in the plane. */
  private static boolean fillsTiles(int height, int width) {
    return 3L * height * width >= 2L * wholeTiles(height) * wholeTiles(width);
  }

  /** A side rounded up to whole tiles. */
  private static int wholeTiles(int side) {
    return (side + Winograd.TILE - 1) / Winograd.TILE * Winograd.TILE;
  }

  @Override
  public long heldFloats() {
    return product.heldFloats();
  }

  @Override
  public void forward(StepContext step, int bias, float[] x, float[] y) {
    beginForward(step, bias);
    Away away = step.blocks() > 1 ? Away.ALL : Away.NOTHING;
    product.run(step.blocks(), x, 0, start, y, 0, away);
  }

  /**
   * Computes what {@link #forward} does, and pools what it computes, as {@link
   * WinogradProduct#runAndPool}.
   */
  public void forwardAndPool(StepContext step, int bias, float[] x, float[] y, float[] winners) {
    beginForward(step, bias);
    product.runAndPool(step.blocks(), x, start, y, winners);
  }

  /** Takes bias and filters for {@link #partOfForward}; {@code bias} as {@link #forward}. */
  public void beginForward(StepContext step, int bias) {
    if (bias >= 0) {
      System.arraycopy(step.parameters(), bias, start, 0, filters);
    }
    if (!step.sameParameters()) {
      takeFilters(step.parameters());
    }
  }

  /**
   * Computes the output of some lane blocks, whose input is in the cache.
   *
   * @param x of these alone
   * @param y of all
   */
  public void partOfForward(StepContext step, int first, int blocks, float[] x, float[] y) {
    Away away = step.blocks() > 1 ? Away.OUTPUTS : Away.NOTHING;
    product.run(blocks, x, 0, start, y, first, away);
  }

  private void takeFilters(float[] parameters) {
    float[] cells = product.cells();
    int count = product.count();
    for (int o = 0; o < filters; o++) {
      int to = o / Pack.SIZE * channels * Pack.SIZE + o % Pack.SIZE;
      for (int c = 0; c < channels; c++) {
        int from = weight + (o * channels + c) * Winograd.CELLS;
        for (int cell = 0; cell < Winograd.CELLS; cell++) {
          cells[cell * count + to + c * Pack.SIZE] = parameters[from + cell];
        }
      }
    }
    product.transformFilters();
  }

  @Override
  public void backward(StepContext step, float[] x, float[] dy, float @Nullable [] dx) {
    backward(step, x, dy, dx, false);
  }

  @Override
  public boolean adds() {
    return true;
  }

  @Override
  public void backwardAndAdd(StepContext step, float[] x, float[] dy, float[] sum) {
    backward(step, x, dy, sum, true);
  }

  /** Both gradients of some lane blocks at a time, which then find dy in the cache. */
  private void backward(
      StepContext step, float[] x, float[] dy, float @Nullable [] dx, boolean adds) {
    beginWeightGradient();
    if (dx != null) {
      beginInputGradient(step);
    }
    int atOnce = blocksAtOnce();
    for (int first = 0; first < step.blocks(); first += atOnce) {
      int blocks = Math.min(atOnce, step.blocks() - first);
      for (int block = first; block < first + blocks; block++) {
        addWeightGradient(block, x, dy, block);
      }
      if (dx != null && adds) {
        addInputGradient(first, blocks, dy, dx);
      } else if (dx != null) {
        partOfInputGradient(blocks, dy, first, dx, first);
      }
    }
    endWeightGradient(step);
  }

  private void addInputGradient(int first, int blocks, float[] dy, float[] sum) {
    float[] ofBlocks = workspace.of(Area.GRADIENTS);
    inputProduct().run(blocks, dy, first, zeros, ofBlocks, 0, Away.NOTHING);
    int from = first * inputBlock;
    Sums.addTo(sum, from, ofBlocks, 0, blocks * inputBlock);
  }

  /** Begins a gradient of the filters that is summed lane block by lane block. */
  public void beginWeightGradient() {
    weightGradient().begin();
  }

  /**
   * Adds a lane block's part.
   *
   * @param block of x
   * @param dyBlock the same in dy
   */
  public void addWeightGradient(int block, float[] x, float[] dy, int dyBlock) {
    weightGradient().add(block, x, dy, dyBlock);
  }

  /** Stores what was summed. */
  public void endWeightGradient(StepContext step) {
    weightGradient().end(step.gradients(), weight);
  }

  /** Takes the filters for {@link #partOfInputGradient}. */
  public void beginInputGradient(StepContext step) {
    WinogradProduct product = inputProduct();
    float[] cells = product.cells();
    int count = product.count();
    for (int o = 0; o < filters; o++) {
      for (int c = 0; c < channels; c++) {
        int from = weight + (o * channels + c) * Winograd.CELLS;
        int to = (c / Pack.SIZE * filters + o) * Pack.SIZE + c % Pack.SIZE;
        for (int cell = 0; cell < Winograd.CELLS; cell++) {
          cells[(Winograd.CELLS - 1 - cell) * count + to] = step.parameters()[from + cell];
        }
      }
    }
    product.transformFilters();
  }

  private WinogradWeightGradient weightGradient() {
    return Check.present(weightGradient, "The gradient of the filters");
  }

  private WinogradProduct inputProduct() {
    return Check.present(inputProduct, "The gradient of the input");
  }

  /** Returns how many lane blocks are worth a call of {@link #partOfInputGradient}. */
  public int blocksAtOnce() {
    return inputProduct == null ? 1 : inputProduct.blocksAtOnce();
  }

  /**
   * Computes the input's gradient of some lane blocks.
   *
   * @param from the first of them in dy, which are in the cache
   * @param to the first of them in dx
   */
  public void partOfInputGradient(int blocks, float[] dy, int from, float[] dx, int to) {
    inputProduct().run(blocks, dy, from, zeros, dx, to, Away.OUTPUTS);
  }
}
