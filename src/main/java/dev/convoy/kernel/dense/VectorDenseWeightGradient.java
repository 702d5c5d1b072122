package dev.convoy.kernel.dense;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.kernel.lane.VectorLaneSwap;
import dev.convoy.kernel.lane.VectorWidth;

/**
 * The gradient of a product of a matrix with a batch by the matrix. A few inputs of many images are
 * turned, so that the inputs lie in the lanes; they stay in the nearest cache while all outputs'
 * rows of weights are computed.
 */
final class VectorDenseWeightGradient {
  private static final int LENGTH = VectorWidth.SPECIES.length();

  /** Inputs that are turned at a time: what the widest tile takes, whole lane blocks at least. */
  private static final int PANEL = Math.max(VectorDenseProduct.WIDTH * LENGTH, Lanes.WIDTH);

  /** Lane blocks that are turned at a time: 96 images, whose panel is 24 KB. */
  private static final int STRETCH = 6;

  private static final int IMAGES = STRETCH * Lanes.WIDTH;
  private static final int HEIGHT = VectorDenseProduct.HEIGHT;

  private final VectorDenseProduct product;
  private final VectorLaneSwap laneSwap = new VectorLaneSwap();

  /** Turned inputs: {@code [inputs/16][images][16]}. */
  private final float[] panel = new float[IMAGES * PANEL];

  /** Gradients from above of a stretch of images, {@code [outputs/4][images][4]}. */
  private float[] above = new float[0];

  /** The last weights of each row, which do not fill a lane block: {@code [outputs][16]}. */
  private float[] edge = new float[0];

  VectorDenseWeightGradient(VectorDenseProduct product) {
    this.product = product;
  }

  void run(
      DenseGeometry geometry,
      float[] x,
      int xOffset,
      float[] dy,
      int dyOffset,
      float[] gradient,
      int gradientOffset) {
    int inputs = geometry.inputs();
    int outputs = geometry.outputs();
    int groups = (outputs + HEIGHT - 1) / HEIGHT;
    if (above.length < groups * HEIGHT * IMAGES) {
      above = new float[groups * HEIGHT * IMAGES];
    }
    if (edge.length < outputs * Lanes.WIDTH) {
      edge = new float[outputs * Lanes.WIDTH];
    }
    int rest = inputs % Lanes.WIDTH;
    int whole = inputs - rest;
    product.weights(above, 1, HEIGHT);
    product.startFromZero();
    for (int block = 0; block < geometry.blocks(); block += STRETCH) {
      int blocks = Math.min(STRETCH, geometry.blocks() - block);
      pack(dy, dyOffset + block * outputs * Lanes.WIDTH, blocks, outputs);
      int from = xOffset + block * inputs * Lanes.WIDTH;
      product.source(panel, LENGTH == Lanes.WIDTH ? IMAGES * Lanes.WIDTH : LENGTH);
      product.target(gradient, inputs, LENGTH);
      for (int first = 0; first < whole; first += PANEL) {
        int width = Math.min(PANEL, whole - first);
        turn(x, from + first * Lanes.WIDTH, blocks, inputs, width);
        rows(outputs, blocks, width, gradientOffset + first, inputs, block > 0);
      }
      if (rest > 0) {
        turnRest(x, from + whole * Lanes.WIDTH, blocks, inputs, rest);
        product.target(edge, Lanes.WIDTH, LENGTH);
        rows(outputs, blocks, Lanes.WIDTH, 0, Lanes.WIDTH, block > 0);
      }
    }
    for (int o = 0; o < outputs && rest > 0; o++) {
      int to = gradientOffset + o * inputs + whole;
      System.arraycopy(edge, o * Lanes.WIDTH, gradient, to, rest);
    }
  }

  private void rows(int outputs, int blocks, int width, int y, int targetRow, boolean goesOn) {
    int images = blocks * Lanes.WIDTH;
    for (int o = 0; o < outputs; o += HEIGHT) {
      int height = Math.min(HEIGHT, outputs - o);
      product.run(height, width / LENGTH, images, o * images, 0, y + o * targetRow, goesOn);
    }
  }

  /** Packs {@code [blocks][outputs][16]} into {@code [outputs/4][images][4]}. */
  private void pack(float[] dy, int from, int blocks, int outputs) {
    int images = blocks * Lanes.WIDTH;
    for (int block = 0; block < blocks; block++) {
      for (int o = 0; o < outputs; o++) {
        int at = from + (block * outputs + o) * Lanes.WIDTH;
        int to = (o / HEIGHT * images + block * Lanes.WIDTH) * HEIGHT + o % HEIGHT;
        for (int lane = 0; lane < Lanes.WIDTH; lane++) {
          above[to + lane * HEIGHT] = dy[at + lane];
        }
      }
    }
  }

  private void turn(float[] x, int from, int blocks, int inputs, int width) {
    for (int block = 0; block < blocks; block++) {
      int to = block * Lanes.WIDTH * Lanes.WIDTH;
      for (int i = 0; i < width; i += Lanes.WIDTH) {
        int at = from + (block * inputs + i) * Lanes.WIDTH;
        laneSwap.swap(x, at, Lanes.WIDTH, 1, panel, to + i * IMAGES, Lanes.WIDTH);
      }
    }
  }

  /** Turns, as {@link #turn} does, fewer inputs than fill a lane block; the others are 0. */
  private void turnRest(float[] x, int from, int blocks, int inputs, int rest) {
    for (int image = 0; image < blocks * Lanes.WIDTH; image++) {
      int at = from + image / Lanes.WIDTH * inputs * Lanes.WIDTH + image % Lanes.WIDTH;
      for (int i = 0; i < Lanes.WIDTH; i++) {
        panel[image * Lanes.WIDTH + i] = i < rest ? x[at + i * Lanes.WIDTH] : 0;
      }
    }
  }
}
