package dev.convoy.spark.split;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Makes the keys of pictures: the first eight bytes, as a number, of the SHA-256 of the seed (eight
 * bytes, big-endian) and the pixels. Another seed gives small keys to other pictures.
 */
final class PictureKey {
  private final byte[] seed;
  private final MessageDigest digest;

  /** Makes keys of this seed. */
  PictureKey(long seed) {
    this.seed = ByteBuffer.allocate(Long.BYTES).putLong(seed).array();
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Returns the key of a picture. */
  long of(byte[] pixels) {
    digest.update(seed);
    return ByteBuffer.wrap(digest.digest(pixels)).getLong();
  }
}
