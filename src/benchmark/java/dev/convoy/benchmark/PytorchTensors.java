package dev.convoy.benchmark;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import java.nio.FloatBuffer;

/** Makes PyTorch's tensors of one memory format: NCHW as it is by default, or channels last. */
record PytorchTensors(PtNDManager manager, boolean channelsLast) {
  /**
   * A tensor with these values, read row-major.
   *
   * @param offset of the first value
   */
  PtNDArray of(float[] values, int offset, Shape shape) {
    boolean turns = channelsLast && shape.dimension() == 4;
    float[] stored = turns ? channelsLast(values, offset, shape) : values;
    int at = turns ? 0 : offset;
    Shape storedShape = turns ? shapeChannelsLast(shape) : shape;
    FloatBuffer buffer = FloatBuffer.wrap(stored, at, (int) shape.size()).slice();
    try (PtNDManager temporary = manager.newSubManager(manager.getDevice())) {
      PtNDArray tensor = temporary.create(buffer, storedShape, DataType.FLOAT32);
      PtNDArray turned = turns ? (PtNDArray) tensor.transpose(0, 3, 1, 2) : tensor;
      // A tensor that was made from a buffer lives as long as the buffer; its clone has memory of
      // its own, with the strides of the view that is cloned.
      PtNDArray owner = (PtNDArray) turned.duplicate();
      owner.attach(manager);
      return owner;
    }
  }

  private static Shape shapeChannelsLast(Shape shape) {
    return new Shape(shape.get(0), shape.get(2), shape.get(3), shape.get(1));
  }

  private static float[] channelsLast(float[] values, int offset, Shape shape) {
    int channels = (int) shape.get(1);
    int area = (int) (shape.get(2) * shape.get(3));
    float[] turned = new float[(int) shape.size()];
    for (int i = 0; i < turned.length; i++) {
      int image = i / (channels * area);
      int channel = i / area % channels;
      turned[(image * area + i % area) * channels + channel] = values[offset + i];
    }
    return turned;
  }
}
