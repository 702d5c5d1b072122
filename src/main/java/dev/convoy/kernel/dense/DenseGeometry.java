package dev.convoy.kernel.dense;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.tensor.Check;

/**
 * A product of a matrix {@code [outputs, inputs]} with a batch: {@code [blocks][inputs][16]} gives
 * {@code [blocks][outputs][16]}.
 *
 * @param blocks lane blocks of the batch
 * @param inputs values of an image that go in
 * @param outputs values of an image that come out
 */
public record DenseGeometry(int blocks, int inputs, int outputs) {
  public DenseGeometry {
    Check.positive(blocks, "DenseGeometry.blocks");
    Check.positive(inputs, "DenseGeometry.inputs");
    Check.positive(outputs, "DenseGeometry.outputs");
  }

  /** Floats of the batch that goes in. */
  long inputSize() {
    return (long) blocks * inputs * Lanes.WIDTH;
  }

  /** Floats of the batch that comes out. */
  long outputSize() {
    return (long) blocks * outputs * Lanes.WIDTH;
  }

  /** Floats of the matrix. */
  long weightSize() {
    return (long) inputs * outputs;
  }
}
