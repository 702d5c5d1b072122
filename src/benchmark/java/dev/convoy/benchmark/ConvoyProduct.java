package dev.convoy.benchmark;

import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.Lanes;
import dev.convoy.kernel.TapGeometry;

/** A product of matrices by the kernel of convolutions and dense layers. */
final class ConvoyProduct implements Contestant {
  private static final int SIZE = MatrixProduct.SIZE;

  private final Kernels kernels = Kernels.chosen();
  private final float[] a = MatrixProduct.matrix(1);
  private final float[] b = MatrixProduct.matrix(2);
  private final float[] c = new float[SIZE * SIZE];
  private final float[] packed = new float[Kernels.packedSize(SIZE, SIZE)];
  private final float[] start = new float[Kernels.packedFilters(SIZE)];
  private final TapGeometry geometry = geometry();

  /** Taps are the rows of B, positions its columns, sixteen at a time. */
  private static TapGeometry geometry() {
    int[] rows = new int[SIZE];
    for (int i = 0; i < SIZE; i++) {
      rows[i] = i * SIZE;
    }
    int columns = SIZE / Lanes.WIDTH;
    return new TapGeometry(rows, 1, columns, SIZE, Lanes.WIDTH, SIZE, Lanes.WIDTH, SIZE);
  }

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

  /** The packing of A is part of it. */
  void multiply() {
    pack();
    kernels.product(geometry, packed, 0, start, 0, SIZE, b, 0, c, 0);
  }

  private void pack() {
    int pack = Kernels.PACK;
    for (int row = 0; row < SIZE; row++) {
      int to = row / pack * SIZE * pack + row % pack;
      for (int column = 0; column < SIZE; column++) {
        packed[to + column * pack] = a[row * SIZE + column];
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
