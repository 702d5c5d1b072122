package dev.convoy.model;

import dev.convoy.nn.Parameter;
import dev.convoy.tensor.Shape;
import java.nio.ByteBuffer;

/**
 * A tensor of a safetensors file: a slice of an array that it is written from, or read into.
 *
 * @param name in the file
 * @param shape in the file
 * @param array {@code float[]} or {@code double[]}
 * @param offset where the slice starts
 */
record Tensor(String name, Shape shape, Object array, int offset) {
  /** A tensor of a network. */
  static Tensor of(Parameter parameter, float[] values) {
    return new Tensor(parameter.name(), parameter.shape(), values, parameter.offset());
  }

  /** A slice as a vector. */
  static Tensor flat(String name, float[] values, int offset, int count) {
    return new Tensor(name, Shape.of(count), values, offset);
  }

  /** An array as a vector. */
  static Tensor flat(String name, double[] values) {
    return new Tensor(name, Shape.of(values.length), values, 0);
  }

  int size() {
    return shape.size();
  }

  /** Returns the type as the format calls it. */
  String type() {
    return array instanceof float[] ? "F32" : "F64";
  }

  int valueBytes() {
    return array instanceof float[] ? Float.BYTES : Double.BYTES;
  }

  long bytes() {
    return (long) size() * valueBytes();
  }

  /** Puts values into a buffer, which holds as many: {@code count} from {@code from} on. */
  void write(int from, int count, ByteBuffer buffer) {
    if (array instanceof float[] floats) {
      buffer.asFloatBuffer().put(floats, offset + from, count);
    } else {
      buffer.asDoubleBuffer().put((double[]) array, offset + from, count);
    }
  }

  /** Takes them from there. */
  void read(int from, int count, ByteBuffer buffer) {
    if (array instanceof float[] floats) {
      buffer.asFloatBuffer().get(floats, offset + from, count);
    } else {
      buffer.asDoubleBuffer().get((double[]) array, offset + from, count);
    }
  }
}
