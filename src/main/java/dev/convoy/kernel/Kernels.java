package dev.convoy.kernel;

import dev.convoy.tensor.Check;

/**
 * The arithmetic of all layers on batches in the layout of {@link Lanes}: checks arguments and
 * passes them to a scalar or a vector implementation. Both give the same bits. Each instance has
 * scratch memory of its own, for one thread.
 */
public final class Kernels {
  /** Filters side by side in packed weights: the height of the register tile. */
  public static final int PACK = 4;

  /** Floats of a panel's row: {@link #PACK} lane blocks. */
  public static final int PANEL = PACK * Lanes.WIDTH;

  private final KernelBackend backend;
  private final WinogradKernels winograd;
  private final DenseKernels dense;
  private final NormalizationKernels normalization;
  private final Workspace workspace = new Workspace();

  Kernels(KernelBackend backend) {
    this.backend = backend;
    winograd = new WinogradKernels(backend.winograd());
    dense = new DenseKernels(backend.dense());
    normalization = new NormalizationKernels(backend.normalization());
  }

  /**
   * The implementation chosen at start: by {@code -Dconvoy.kernels=scalar|vector}, else vector
   * where the JVM has it.
   */
  public static Kernels chosen() {
    return new Kernels(KernelChoice.CHOSEN.get());
  }

  /** Plain Java. */
  public static Kernels scalar() {
    return new Kernels(new ScalarBackend());
  }

  /**
   * Vectors of the CPU's preferred width.
   *
   * @throws IllegalStateException if the JVM runs without {@code jdk.incubator.vector}
   */
  public static Kernels vector() {
    return new Kernels(KernelChoice.vectorBackend());
  }

  /** Where the layers that run on these kernels work in turn. */
  public Workspace workspace() {
    return workspace;
  }

  /** As in {@code vector (16 lanes of 512 bits)}. */
  public String description() {
    return backend.description();
  }

  /**
   * Multiplies panels of four lane blocks by filters: {@code target[panel, f, i] = Σ_t weights[f,
   * t] · source[panel, t, i]}, t in ascending order, from 0 on.
   *
   * @param weights {@code [filters/4][taps][4]}
   * @param filters a multiple of {@link #PACK}
   * @param source {@code [panels][taps][4][16]}
   * @param blocks lane blocks of all panels together; of the last panel at least two are computed
   * @param target {@code [panels][filters][4][16]}, overwritten
   */
  public void panelProduct(
      float[] weights,
      int weightsOffset,
      int filters,
      int taps,
      float[] source,
      int sourceOffset,
      int blocks,
      float[] target,
      int targetOffset) {
    if (filters % PACK != 0) {
      throw new IllegalArgumentException(
          "panelProduct needs filters by " + PACK + ", but got " + filters);
    }
    long panels = (blocks + PACK - 1L) / PACK * PANEL;
    Check.range(weightsOffset, (long) filters * taps, weights.length, "panelProduct weights");
    Check.range(sourceOffset, panels * taps, source.length, "panelProduct source");
    Check.range(targetOffset, panels * filters, target.length, "panelProduct target");
    int computed = blocks % PACK == 1 ? blocks + 1 : blocks;
    backend.panelProduct(
        weights,
        weightsOffset,
        filters,
        taps,
        source,
        sourceOffset,
        computed,
        target,
        targetOffset);
  }

  /**
   * Adds what a panel gives to the gradient of its filters: {@code target[f, c] += Σ_k left[f, k] ·
   * right[k, c]}, k in ascending order, from 0 on.
   *
   * @param filters a multiple of {@link #PACK}
   * @param groups of sixteen channels
   * @param depth values of k: lanes of the panel that are used, at most {@link #PANEL}
   * @param left {@code [filters][64]}
   * @param right channels in the lanes, two groups side by side: {@code [groups/2][64][2][16]}, and
   *     {@code [64][16]} of a last one without a partner
   * @param target {@code [filters][groups][16]}
   */
  public void addPanelGradient(
      int filters,
      int groups,
      int depth,
      float[] left,
      int leftOffset,
      float[] right,
      int rightOffset,
      float[] target,
      int targetOffset) {
    if (filters % PACK != 0 || depth < 0 || depth > PANEL) {
      throw new IllegalArgumentException(
          "addPanelGradient needs filters by "
              + PACK
              + " and a depth of 0 to "
              + PANEL
              + ", but got "
              + filters
              + " and "
              + depth);
    }
    long size = (long) groups * Lanes.WIDTH;
    Check.range(leftOffset, (long) filters * PANEL, left.length, "addPanelGradient left");
    Check.range(rightOffset, size * PANEL, right.length, "addPanelGradient right");
    Check.range(targetOffset, filters * size, target.length, "addPanelGradient target");
    backend.addPanelGradient(
        filters, groups, depth, left, leftOffset, right, rightOffset, target, targetOffset);
  }

  /**
   * Adds products of planes whose channels lie in the lanes, tap by tap: {@code target[f, t, lane]
   * += Σ_p left[p, f] · source[p + offset[t], lane]}, each sum over the positions from 0 on, row by
   * row, in ascending order.
   *
   * @param geometry of the taps; its target is the left factor, whose plane holds sixteen filters
   *     side by side in each position
   * @param filters a multiple of {@link #PACK}
   * @param target {@code [filters][taps][16]}
   */
  public void addPlaneProduct(
      TapGeometry geometry,
      int filters,
      float[] left,
      int leftOffset,
      float[] source,
      int sourceOffset,
      float[] target,
      int targetOffset) {
    if (filters < PACK || filters % PACK != 0) {
      throw new IllegalArgumentException(
          "addPlaneProduct needs filters by " + PACK + ", but got " + filters);
    }
    long leftReach = geometry.targetReach(Lanes.blocks(filters));
    long size = (long) filters * geometry.taps() * Lanes.WIDTH;
    Check.range(leftOffset, leftReach, left.length, "addPlaneProduct left");
    Check.range(sourceOffset, geometry.sourceReach(), source.length, "addPlaneProduct source");
    Check.range(targetOffset, size, target.length, "addPlaneProduct target");
    backend.addPlaneProduct(
        geometry, filters, left, leftOffset, source, sourceOffset, target, targetOffset);
  }

  /**
   * Turns sixteen rows of lane blocks, so that what were rows lie in the lanes: {@code target[lane
   * · targetStride + i · 16 + row] = source[row · sourceStride + i · 16 + lane]}, both from their
   * offsets on.
   *
   * @param count lane blocks of a row
   */
  public void swapLanes(
      float[] source,
      int sourceOffset,
      int sourceStride,
      int count,
      float[] target,
      int targetOffset,
      int targetStride) {
    long blocks = (long) count * Lanes.WIDTH;
    long rows = Lanes.WIDTH - 1L;
    Check.range(sourceOffset, rows * sourceStride + blocks, source.length, "swapLanes source");
    Check.range(targetOffset, rows * targetStride + blocks, target.length, "swapLanes target");
    backend.swapLanes(
        source, sourceOffset, sourceStride, count, target, targetOffset, targetStride);
  }

  /** The transforms of Winograd's convolution. */
  public WinogradKernels winograd() {
    return winograd;
  }

  /** Products of a matrix with a batch. */
  public DenseKernels dense() {
    return dense;
  }

  /** Normalisation of channels. */
  public NormalizationKernels normalization() {
    return normalization;
  }

  /**
   * Factors of a dropout: {@code factors[i]} is 0 where {@link DropoutDraw#at} of key and i lies
   * below the threshold, the scale elsewhere.
   *
   * @param threshold 0 to 2^24
   */
  public void dropoutFactors(
      long key, int threshold, float scale, float[] factors, int offset, int count) {
    Check.range(offset, count, factors.length, "dropoutFactors");
    backend.dropoutFactors(key, threshold, scale, factors, offset, count);
  }

  /** The length of packed weights: filters rounded up to {@link #PACK}, times taps. */
  public static int packedSize(int filters, int taps) {
    return packedFilters(filters) * taps;
  }

  /** Filters rounded up to {@link #PACK}. */
  public static int packedFilters(int filters) {
    return (filters + PACK - 1) / PACK * PACK;
  }

  /**
   * Sums of products: {@code target[f, p] = start[f] + Σ_t weights[f, t] · source[p + offset[t]]}
   * for each filter f and position p, the taps in ascending order.
   *
   * @param weights packed {@code [filters/4][taps][4]}, from {@code weightsOffset} on
   * @param start one value a filter, {@link #packedFilters} of them from {@code startOffset} on
   */
  public void product(
      TapGeometry geometry,
      float[] weights,
      int weightsOffset,
      float[] start,
      int startOffset,
      int filters,
      float[] source,
      int sourceOffset,
      float[] target,
      int targetOffset) {
    int packed = packedSize(filters, geometry.taps());
    Check.range(weightsOffset, packed, weights.length, "product weights");
    Check.range(startOffset, packedFilters(filters), start.length, "product start");
    Check.range(sourceOffset, geometry.sourceReach(), source.length, "product source");
    Check.range(targetOffset, geometry.targetReach(filters), target.length, "product target");
    backend.product(
        geometry,
        weights,
        weightsOffset,
        start,
        startOffset,
        filters,
        source,
        sourceOffset,
        target,
        targetOffset);
  }

  /**
   * The gradient of {@link #product} by its weights over several lane blocks: {@code gradient[f, t]
   * = Σ target[f, p] · source[p + offset[t]]}. Each lane is summed by itself over blocks, rows and
   * columns in ascending order; {@link Lanes#sum} joins the lanes.
   *
   * @param blocks how many blocks there are
   * @param sourceBlock from one block to the next, in the source
   * @param targetBlock from one block to the next, in the target
   * @param target gradients that arrive from above
   * @param gradient {@code [filters, taps]}, overwritten
   */
  public void productGradient(
      TapGeometry geometry,
      int blocks,
      int sourceBlock,
      int targetBlock,
      int filters,
      float[] source,
      int sourceOffset,
      float[] target,
      int targetOffset,
      float[] gradient,
      int gradientOffset) {
    long size = (long) filters * geometry.taps();
    long sourceReach = (long) (blocks - 1) * sourceBlock + geometry.sourceReach();
    long targetReach = (long) (blocks - 1) * targetBlock + geometry.targetReach(filters);
    Check.range(gradientOffset, size, gradient.length, "productGradient gradient");
    Check.range(sourceOffset, sourceReach, source.length, "productGradient source");
    Check.range(targetOffset, targetReach, target.length, "productGradient target");
    backend.productGradient(
        geometry,
        blocks,
        sourceBlock,
        targetBlock,
        filters,
        source,
        sourceOffset,
        target,
        targetOffset,
        gradient,
        gradientOffset);
  }

  /**
   * Adds up planes, each lane by itself: {@code sums[p, lane] += Σ_i values[p, i, lane]}, i in
   * ascending order.
   *
   * @param size floats of a plane, a multiple of {@link Lanes#WIDTH}
   * @param sums {@code [planes][16]}
   */
  public void addPlanes(
      float[] values, int offset, int size, int planes, float[] sums, int sumsOffset) {
    Check.range(offset, (long) planes * size, values.length, "addPlanes values");
    Check.range(sumsOffset, (long) planes * Lanes.WIDTH, sums.length, "addPlanes sums");
    backend.addPlanes(values, offset, size, planes, sums, sumsOffset);
  }

  /**
   * The largest value of each window of each plane; the first in row-major order wins a tie, NaN
   * always wins.
   *
   * @param planes channels times lane blocks
   * @param winners the number of the winning cell, row-major in its window, of each output
   */
  public void maxPool(
      PoolGeometry geometry,
      int planes,
      float[] source,
      int sourceOffset,
      float[] target,
      int targetOffset,
      float[] winners,
      int winnersOffset) {
    checkPool(geometry, planes, source, sourceOffset, target, targetOffset);
    long outputs = (long) planes * geometry.outputSize() * Lanes.WIDTH;
    Check.range(winnersOffset, outputs, winners.length, "maxPool winners");
    backend.maxPool(
        geometry, planes, source, sourceOffset, target, targetOffset, winners, winnersOffset);
  }

  /**
   * Carries each window's gradient back to the cell that won; overlapping windows add, in ascending
   * order of windows.
   */
  public void maxPoolBackward(
      PoolGeometry geometry,
      int planes,
      float[] gradient,
      int gradientOffset,
      float[] winners,
      int winnersOffset,
      float[] sourceGradient,
      int sourceOffset) {
    checkPool(geometry, planes, sourceGradient, sourceOffset, gradient, gradientOffset);
    long outputs = (long) planes * geometry.outputSize() * Lanes.WIDTH;
    Check.range(winnersOffset, outputs, winners.length, "maxPoolBackward winners");
    backend.maxPoolBackward(
        geometry,
        planes,
        gradient,
        gradientOffset,
        winners,
        winnersOffset,
        sourceGradient,
        sourceOffset);
  }

  /**
   * The sum of each window of each plane, row-major, times the scale of its position.
   *
   * @param scale one factor a window, as of a mean
   */
  public void avgPool(
      PoolGeometry geometry,
      int planes,
      float[] scale,
      float[] source,
      int sourceOffset,
      float[] target,
      int targetOffset) {
    checkPool(geometry, planes, source, sourceOffset, target, targetOffset);
    Check.range(0, geometry.outputSize(), scale.length, "avgPool scale");
    backend.avgPool(geometry, planes, scale, source, sourceOffset, target, targetOffset);
  }

  /**
   * Carries each window's gradient, scaled, back to all its cells; overlapping windows add, in
   * ascending order of windows.
   */
  public void avgPoolBackward(
      PoolGeometry geometry,
      int planes,
      float[] scale,
      float[] gradient,
      int gradientOffset,
      float[] sourceGradient,
      int sourceOffset) {
    checkPool(geometry, planes, sourceGradient, sourceOffset, gradient, gradientOffset);
    Check.range(0, geometry.outputSize(), scale.length, "avgPoolBackward scale");
    backend.avgPoolBackward(
        geometry, planes, scale, gradient, gradientOffset, sourceGradient, sourceOffset);
  }

  private static void checkPool(
      PoolGeometry geometry, int planes, float[] inputs, int input, float[] outputs, int output) {
    long read = (long) planes * geometry.inputSize() * Lanes.WIDTH;
    long written = (long) planes * geometry.outputSize() * Lanes.WIDTH;
    Check.range(input, read, inputs.length, "pooling input");
    Check.range(output, written, outputs.length, "pooling output");
  }

  /** {@code target = max(source, 0)}, which may be the same array; NaN stays NaN. */
  public void relu(float[] source, int sourceOffset, float[] target, int targetOffset, int count) {
    checkPair(source, sourceOffset, target, targetOffset, count);
    backend.relu(source, sourceOffset, target, targetOffset, count);
  }

  /** Sets the gradient to 0 where {@link #relu}'s output is 0. */
  public void reluBackward(
      float[] output, int outputOffset, float[] gradient, int gradientOffset, int count) {
    checkPair(output, outputOffset, gradient, gradientOffset, count);
    backend.reluBackward(output, outputOffset, gradient, gradientOffset, count);
  }

  /** {@code target = exp(source)}, which may be the same array. */
  public void exp(float[] source, int sourceOffset, float[] target, int targetOffset, int count) {
    checkPair(source, sourceOffset, target, targetOffset, count);
    backend.exp(source, sourceOffset, target, targetOffset, count);
  }

  /** {@code target = tanh(source)}, which may be the same array. */
  public void tanh(float[] source, int sourceOffset, float[] target, int targetOffset, int count) {
    checkPair(source, sourceOffset, target, targetOffset, count);
    backend.tanh(source, sourceOffset, target, targetOffset, count);
  }

  /** {@code target = 1 / (1 + exp(-source))}, which may be the same array. */
  public void sigmoid(
      float[] source, int sourceOffset, float[] target, int targetOffset, int count) {
    checkPair(source, sourceOffset, target, targetOffset, count);
    backend.sigmoid(source, sourceOffset, target, targetOffset, count);
  }

  /** {@code target = exp(source) - 1}, which may be the same array. */
  public void expm1(float[] source, int sourceOffset, float[] target, int targetOffset, int count) {
    checkPair(source, sourceOffset, target, targetOffset, count);
    backend.expm1(source, sourceOffset, target, targetOffset, count);
  }

  /** {@code target = log(1 + source)}, which may be the same array. */
  public void log1p(float[] source, int sourceOffset, float[] target, int targetOffset, int count) {
    checkPair(source, sourceOffset, target, targetOffset, count);
    backend.log1p(source, sourceOffset, target, targetOffset, count);
  }

  /** {@code target = erf(source)}, which may be the same array. */
  public void erf(float[] source, int sourceOffset, float[] target, int targetOffset, int count) {
    checkPair(source, sourceOffset, target, targetOffset, count);
    backend.erf(source, sourceOffset, target, targetOffset, count);
  }

  /**
   * Sets {@code target = other} where the test value is not above 0, NaN among these: a choice
   * without branches.
   */
  public void replaceUnlessPositive(
      float[] test,
      int testOffset,
      float[] other,
      int otherOffset,
      float[] target,
      int targetOffset,
      int count) {
    checkPair(other, otherOffset, target, targetOffset, count);
    Check.range(testOffset, count, test.length, "test");
    backend.replaceUnlessPositive(
        test, testOffset, other, otherOffset, target, targetOffset, count);
  }

  private static void checkPair(float[] source, int from, float[] target, int to, int count) {
    Check.range(from, count, source.length, "source");
    Check.range(to, count, target.length, "target");
  }
}
