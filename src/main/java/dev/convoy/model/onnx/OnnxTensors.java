package dev.convoy.model.onnx;

import com.google.protobuf.ByteString;
import dev.convoy.data.FileOpener;
import dev.convoy.model.ModelException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import onnx.Onnx.StringStringEntryProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorProto.DataLocation;
import onnx.Onnx.TensorProto.DataType;

/** Reads tensors of a file, and of the files beside it. What they hold bounds what they take. */
public final class OnnxTensors {
  private final FileOpener files;
  private final String name;

  /**
   * Makes a reader.
   *
   * @param name of the file, beside which values may lie
   */
  public OnnxTensors(FileOpener files, String name) {
    this.files = files;
    this.name = name;
  }

  /** Reads a tensor: all kinds of floats become float32, all kinds of whole numbers longs. */
  public Constant read(TensorProto tensor) throws IOException {
    DataType type = DataType.forNumber(tensor.getDataType());
    if (type == null || width(type) == 0) {
      throw wrong(tensor, "must be of numbers, but is " + (type == null ? "unknown" : type));
    }
    long size = 1;
    int[] dimensions = new int[tensor.getDimsCount()];
    for (int i = 0; i < dimensions.length; i++) {
      long dimension = tensor.getDims(i);
      if (dimension < 0 || dimension > Integer.MAX_VALUE) {
        throw wrong(tensor, "must have dimensions from 0 to 2^31 - 1, but has " + dimension);
      }
      dimensions[i] = (int) dimension;
      size *= dimension;
      if (size > Integer.MAX_VALUE) {
        throw wrong(tensor, "must have fewer than 2^31 values, but claims more");
      }
    }
    if (tensor.getDataLocation() == DataLocation.EXTERNAL) {
      return new Constant(dimensions, values(type, external(tensor, size * width(type))));
    } else if (tensor.hasRawData()) {
      ByteString raw = tensor.getRawData();
      check(tensor, size * width(type), raw.size(), "bytes");
      return new Constant(dimensions, values(type, raw.asReadOnlyByteBuffer()));
    }
    return new Constant(dimensions, listed(tensor, type, (int) size));
  }

  private static int width(DataType type) {
    return switch (type) {
      case UINT8, INT8, BOOL -> 1;
      case UINT16, INT16, FLOAT16, BFLOAT16 -> 2;
      case FLOAT, INT32, UINT32 -> 4;
      case DOUBLE, INT64, UINT64 -> 8;
      default -> 0;
    };
  }

  private static Object values(DataType type, ByteBuffer bytes) {
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    int count = bytes.remaining() / width(type);
    switch (type) {
      case FLOAT, DOUBLE, FLOAT16, BFLOAT16 -> {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
          values[i] =
              switch (type) {
                case FLOAT -> bytes.getFloat();
                case DOUBLE -> (float) bytes.getDouble();
                case FLOAT16 -> half(bytes.getShort());
                default -> Float.intBitsToFloat(bytes.getShort() << 16);
              };
        }
        return values;
      }
      default -> {
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
          values[i] =
              switch (type) {
                case UINT8, BOOL -> bytes.get() & 0xFF;
                case INT8 -> bytes.get();
                case UINT16 -> bytes.getShort() & 0xFFFF;
                case INT16 -> bytes.getShort();
                case INT32 -> bytes.getInt();
                case UINT32 -> bytes.getInt() & 0xFFFFFFFFL;
                default -> bytes.getLong();
              };
        }
        return values;
      }
    }
  }

  private Object listed(TensorProto tensor, DataType type, int size) {
    int count =
        switch (type) {
          case FLOAT -> tensor.getFloatDataCount();
          case DOUBLE -> tensor.getDoubleDataCount();
          case INT64 -> tensor.getInt64DataCount();
          case UINT32, UINT64 -> tensor.getUint64DataCount();
          default -> tensor.getInt32DataCount();
        };
    check(tensor, size, count, "values");
    boolean isFloat =
        type == DataType.FLOAT
            || type == DataType.DOUBLE
            || type == DataType.FLOAT16
            || type == DataType.BFLOAT16;
    float[] floats = new float[isFloat ? size : 0];
    long[] longs = new long[isFloat ? 0 : size];
    for (int i = 0; i < size; i++) {
      switch (type) {
        case FLOAT -> floats[i] = tensor.getFloatData(i);
        case DOUBLE -> floats[i] = (float) tensor.getDoubleData(i);
        case FLOAT16 -> floats[i] = half((short) tensor.getInt32Data(i));
        case BFLOAT16 -> floats[i] = Float.intBitsToFloat(tensor.getInt32Data(i) << 16);
        case INT64 -> longs[i] = tensor.getInt64Data(i);
        case UINT32, UINT64 -> longs[i] = tensor.getUint64Data(i);
        default -> longs[i] = tensor.getInt32Data(i);
      }
    }
    return isFloat ? floats : longs;
  }

  /** Widens a float of 16 bits. */
  static float half(short bits) {
    int exponent = bits >> 10 & 0x1F;
    int fraction = bits & 0x3FF;
    float value =
        exponent == 0
            ? fraction * 0x1p-24f
            : exponent == 31
                ? (fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN)
                : (1 + fraction * 0x1p-10f) * (float) Math.scalb(1.0, exponent - 15);
    return bits < 0 ? -value : value;
  }

  /** Values that lie in a file beside this one; never elsewhere. */
  private ByteBuffer external(TensorProto tensor, long expected) throws IOException {
    Map<String, String> entries = new HashMap<>();
    for (StringStringEntryProto entry : tensor.getExternalDataList()) {
      entries.put(entry.getKey(), entry.getValue());
    }
    String location = entries.getOrDefault("location", "");
    boolean leads =
        location.isEmpty()
            || location.startsWith("/")
            || location.contains("\\")
            || location.contains(":")
            || List.of(location.split("/")).contains("..");
    if (leads) {
      throw wrong(
          tensor, "must have its values in a file beside this one, but in '" + location + "'");
    }
    int slash = name.lastIndexOf('/');
    String path = name.substring(0, slash + 1) + location;
    long offset = whole(tensor, entries.getOrDefault("offset", "0"));
    long available = files.length(path) - offset;
    long length = entries.containsKey("length") ? whole(tensor, entries.get("length")) : available;
    check(tensor, expected, length, "bytes");
    if (length > available) {
      throw wrong(tensor, "must have " + length + " bytes in " + location + ", but has fewer");
    }
    try (InputStream in = files.open(path)) {
      in.skipNBytes(offset);
      byte[] bytes = in.readNBytes((int) Math.min(length, Integer.MAX_VALUE - 8));
      check(tensor, expected, bytes.length, "bytes");
      return ByteBuffer.wrap(bytes);
    }
  }

  private long whole(TensorProto tensor, String text) {
    if (!text.matches("\\d{1,18}")) {
      throw wrong(tensor, "must have whole numbers as offset and length, but has '" + text + "'");
    }
    return Long.parseLong(text);
  }

  private void check(TensorProto tensor, long expected, long found, String what) {
    if (expected != found) {
      throw wrong(tensor, "must have " + expected + " " + what + ", but has " + found);
    }
  }

  private ModelException wrong(TensorProto tensor, String rule) {
    return new ModelException(name + ": tensor '" + tensor.getName() + "' " + rule);
  }
}
