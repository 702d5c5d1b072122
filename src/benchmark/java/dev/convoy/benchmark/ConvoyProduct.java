package dev.convoy.benchmark;

import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.MatrixGeometry;
import java.util.Arrays;

/** A product of matrices by the kernel of dense layers and of Winograd's gradients. */
final class ConvoyProduct implements Contestant {
  private static final int SIZE = MatrixProduct.SIZE;

  private final Kernels kernels = Kernels.chosen();
  private final float[] a = MatrixProduct.matrix(1);
  private final float[] b = MatrixProduct.matrix(2);
  private final float[] c = new float[SIZE * SIZE];
  private final float[] packed = new float[Kernels.packedSize(SIZE, SIZE)];
  private final MatrixGeometry geometry =
      new MatrixGeometry(SIZE, SIZE, SIZE, SIZE * Kernels.PACK, Kernels.PACK, SIZE, SIZE);

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
    Arrays.fill(c, 0);
    kernels.addProduct(geometry, packed, 0, b, 0, c, 0);
  }

  private void pack() {
    for (int row = 0; row < SIZE; row += Kernels.PACK) {
      int from = row * SIZE;
      for (int column = 0; column < SIZE; column++) {
        int to = from + column * Kernels.PACK;
        packed[to] = a[from + column];
        packed[to + 1] = a[from + SIZE + column];
        packed[to + 2] = a[from + 2 * SIZE + column];
        packed[to + 3] = a[from + 3 * SIZE + column];
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
