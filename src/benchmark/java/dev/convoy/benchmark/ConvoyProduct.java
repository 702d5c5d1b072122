package dev.convoy.benchmark;

import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.dense.DenseGeometry;
import dev.convoy.kernel.lane.Lanes;

/**
 * A product of matrices by the kernel of dense layers: A is the layer's weights, and the columns of
 * B are a batch of images.
 */
final class ConvoyProduct implements Contestant {
  private static final int SIZE = MatrixProduct.SIZE;
  private static final int BLOCKS = SIZE / Lanes.WIDTH;

  private final Kernels kernels = Kernels.chosen();
  private final float[] a = MatrixProduct.matrix(1);
  private final float[] b = MatrixProduct.matrix(2);
  private final float[] c = new float[SIZE * SIZE];
  private final DenseGeometry geometry = new DenseGeometry(BLOCKS, SIZE, SIZE);
  private final float[] start = new float[SIZE];
  private final float[] batch = new float[SIZE * SIZE];
  private final float[] product = new float[SIZE * SIZE];

  @Override
  public String description() {
    return kernels.description();
  }

  @Override
  public void run(String task, int times) {
    for (int i = 0; i < times; i++) {
      multiply();
    }
  }

  /**
   * From row-major matrices to a row-major one: laying B out in lane blocks, and C back, counts.
   */
  void multiply() {
    for (int row = 0; row < SIZE; row++) {
      for (int block = 0; block < BLOCKS; block++) {
        int to = (block * SIZE + row) * Lanes.WIDTH;
        System.arraycopy(b, row * SIZE + block * Lanes.WIDTH, batch, to, Lanes.WIDTH);
      }
    }
    kernels.dense().product(geometry, a, 0, start, 0, batch, 0, product, 0);
    for (int row = 0; row < SIZE; row++) {
      for (int block = 0; block < BLOCKS; block++) {
        int from = (block * SIZE + row) * Lanes.WIDTH;
        System.arraycopy(product, from, c, row * SIZE + block * Lanes.WIDTH, Lanes.WIDTH);
      }
    }
  }

  @Override
  public String answer(String question) {
    return question.equals(MatrixProduct.SUM)
        ? MatrixProduct.sum(c)
        : Contestant.super.answer(question);
  }
}
