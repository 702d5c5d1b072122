package dev.convoy.model.weights;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The types of values in files that become float32. */
enum StoredType {
  /** Half precision of IEEE 754, which float32 holds exactly. */
  F16(2) {
    @Override
    float read(ByteBuffer bytes) {
      return half(bytes.getShort());
    }
  },

  /** The upper half of a float32. */
  BF16(2) {
    @Override
    float read(ByteBuffer bytes) {
      return Float.intBitsToFloat(bytes.getShort() << 16);
    }
  },

  F32(4) {
    @Override
    float read(ByteBuffer bytes) {
      return bytes.getFloat();
    }
  },

  /** Double precision, which is rounded. */
  F64(8) {
    @Override
    float read(ByteBuffer bytes) {
      return (float) bytes.getDouble();
    }
  };

  private static final int EXPONENT = 0x1F;
  private static final int FRACTION = 0x3FF;

  private final int bytes;

  StoredType(int bytes) {
    this.bytes = bytes;
  }

  /** Returns the type of a name in a file; nothing for one whose values are no real numbers. */
  static @Nullable StoredType of(String name) {
    for (StoredType type : values()) {
      if (type.name().equals(name)) {
        return type;
      }
    }
    return null;
  }

  /** Returns how many bytes a value takes. */
  int bytes() {
    return bytes;
  }

  /** Takes the next value. */
  abstract float read(ByteBuffer bytes);

  private static float half(short bits) {
    int exponent = bits >> 10 & EXPONENT;
    int fraction = bits & FRACTION;
    float size;
    if (exponent == EXPONENT) {
      size = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
    } else if (exponent == 0) {
      size = fraction * 0x1p-24f;
    } else {
      size = Math.scalb(1 + fraction * 0x1p-10f, exponent - 15);
    }
    return bits < 0 ? -size : size;
  }
}
