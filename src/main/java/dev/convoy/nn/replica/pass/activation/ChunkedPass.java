package dev.convoy.nn.replica.pass.activation;

import dev.convoy.nn.replica.step.PassContext;

/**
 * An element-wise layer that needs buffers: it works on copies of a chunk at a time, so that these
 * and its buffers stay in the first-level cache, and so that all arrays of a loop start at 0, which
 * compilers ask for to make vectors of it.
 */
abstract class ChunkedPass extends ElementwisePass {
  /** Four kilobytes: up to six arrays of them fit in the 32 of a usual first-level cache. */
  private static final int CHUNK = 1024;

  private final float[] values = buffer();
  private final float[] results = buffer();

  ChunkedPass(PassContext context, Slope slope) {
    super(context, slope);
  }

  /** A new buffer that holds a chunk. */
  static float[] buffer() {
    return new float[CHUNK];
  }

  /** Computes {@link #apply} of a chunk; y is not x. */
  abstract void applyToChunk(float[] x, float[] y, int count);

  /** Computes {@link #multiplyBySlope} of a chunk. */
  abstract void multiplyChunkBySlope(float[] values, float[] gradient, int count);

  @Override
  final void apply(float[] x, float[] y, int count) {
    for (int start = 0; start < count; start += CHUNK) {
      int length = Math.min(CHUNK, count - start);
      System.arraycopy(x, start, values, 0, length);
      applyToChunk(values, results, length);
      System.arraycopy(results, 0, y, start, length);
    }
  }

  @Override
  final void multiplyBySlope(float[] source, float[] gradient, int count) {
    for (int start = 0; start < count; start += CHUNK) {
      int length = Math.min(CHUNK, count - start);
      System.arraycopy(source, start, values, 0, length);
      System.arraycopy(gradient, start, results, 0, length);
      multiplyChunkBySlope(values, results, length);
      System.arraycopy(results, 0, gradient, start, length);
    }
  }
}
