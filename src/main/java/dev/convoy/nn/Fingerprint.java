package dev.convoy.nn;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells whether two sets of parameters agree to the last bit. */
public final class Fingerprint {
  /**
   * Floats that go through the buffer at a time: 64 KiB, so that large networks are not copied
   * whole.
   */
  private static final int CHUNK = 16_384;

  private Fingerprint() {}

  /**
   * The SHA-256 of {@code values} as little-endian float32, in 64 lower-case hexadecimal digits.
   */
  public static String sha256(float[] values) {
    MessageDigest digest = newSha256();
    ByteBuffer buffer =
        ByteBuffer.allocate(Math.min(CHUNK, values.length) * Float.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    for (int start = 0; start < values.length; start += CHUNK) {
      int count = Math.min(CHUNK, values.length - start);
      buffer.asFloatBuffer().put(values, start, count);
      digest.update(buffer.array(), 0, count * Float.BYTES);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256, but this one has not", e);
    }
  }
}
