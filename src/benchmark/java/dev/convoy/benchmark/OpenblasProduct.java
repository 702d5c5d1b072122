package dev.convoy.benchmark;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas_nolapack;

/**
 * A product of matrices by OpenBLAS's {@code sgemm}, on memory outside the heap, so that nothing is
 * copied. {@code OPENBLAS_NUM_THREADS} holds it to one thread.
 */
final class OpenblasProduct implements Contestant {
  private static final int SIZE = MatrixProduct.SIZE;

  private final FloatPointer a = new FloatPointer(MatrixProduct.matrix(1));
  private final FloatPointer b = new FloatPointer(MatrixProduct.matrix(2));
  private final FloatPointer c = new FloatPointer((long) SIZE * SIZE);

  @Override
  public String description() {
    return openblas_nolapack.OPENBLAS_VERSION.strip();
  }

  @Override
  public void run(String task, int times) {
    for (int i = 0; i < times; i++) {
      multiply();
    }
  }

  private void multiply() {
    openblas_nolapack.cblas_sgemm(
        openblas_nolapack.CblasRowMajor,
        openblas_nolapack.CblasNoTrans,
        openblas_nolapack.CblasNoTrans,
        SIZE,
        SIZE,
        SIZE,
        1,
        a,
        SIZE,
        b,
        SIZE,
        0,
        c,
        SIZE);
  }

  @Override
  public String answer(String question) {
    if (!question.equals(MatrixProduct.SUM)) {
      return Contestant.super.answer(question);
    }
    float[] values = new float[SIZE * SIZE];
    c.get(values);
    return MatrixProduct.sum(values);
  }
}
