package dev.convoy.data;

import dev.convoy.image.ImageBlock;
import dev.convoy.tensor.Shape;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Tells whether two data sets are the same: the SHA-256 of C, H and W, and of the SHA-256 of each
 * image in order. Of an image, its label or target vector is taken, its weight if that isn't 1,
 * then its pixels; numbers of 4 bytes, big-endian, but vectors of bytes as they are. Images can be
 * taken anywhere and in any order; what joins them is short.
 */
public final class DataFingerprint {
  /** Bytes of a SHA-256. */
  public static final int BYTES = 32;

  private final MessageDigest all = sha256();

  /** Begins the fingerprint of images of this shape, with none so far. */
  public DataFingerprint(Shape shape) {
    ByteBuffer number = ByteBuffer.allocate(Integer.BYTES);
    for (int dimension : shape.toArray()) {
      all.update(number.putInt(0, dimension).array());
    }
  }

  /** The digests of a block's images, one after the other. */
  public static byte[] digests(ImageBlock block) {
    MessageDigest digest = sha256();
    int pixels = block.shape().size();
    byte[] digests = new byte[block.size() * BYTES];
    for (int i = 0; i < block.size(); i++) {
      ByteBuffer target = ByteBuffer.allocate(block.targets().imageBytes(i));
      block.targets().write(i, target);
      digest.update(target.array());
      digest.update(block.pixels(), i * pixels, pixels);
      System.arraycopy(digest.digest(), 0, digests, i * BYTES, BYTES);
    }
    return digests;
  }

  /** Adds the images that follow. */
  public void add(byte[] digests) {
    all.update(digests);
  }

  /** The fingerprint of all images added, in hexadecimal digits. */
  public String value() {
    return HexFormat.of().formatHex(all.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
