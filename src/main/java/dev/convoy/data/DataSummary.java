package dev.convoy.data;

import dev.convoy.image.DataException;
import dev.convoy.image.ImageBlock;
import dev.convoy.loss.Task;
import dev.convoy.tensor.Shape;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * What one pass over a data set found: made before training starts, so that damaged input ends in
 * one clear line, and so that a later run can tell whether the data are the same.
 *
 * @param shape {@code [C, H, W]} of every image
 * @param count how many images there are
 * @param perClass how many images each class has; all 0 where labels are vectors
 * @param task what is learnt from the labels
 * @param exampleBytes of an image's pixels and of its target vector
 * @param fingerprint SHA-256, in hexadecimal digits, of C, H and W, then of each image its label or
 *     target vector and its pixels; numbers of 4 bytes, big-endian, but vectors of bytes as they
 *     are
 */
public record DataSummary(
    Shape shape,
    int count,
    List<Integer> perClass,
    Task task,
    int exampleBytes,
    String fingerprint) {
  /** What is in memory at a time; large enough that calls cost nothing beside hashing. */
  private static final int PIECE_BYTES = 1 << 20;

  public DataSummary {
    perClass = List.copyOf(perClass);
  }

  /**
   * Reads the stream to its end, and checks it thereby.
   *
   * @param classes how many classes there are; 0 for images without labels
   * @throws DataException if the data are damaged
   */
  public static DataSummary of(ImageStream images, int classes) {
    Shape shape = images.shape();
    MessageDigest digest = sha256();
    ByteBuffer number = ByteBuffer.allocate(Integer.BYTES);
    for (int dimension : shape.toArray()) {
      digest.update(number.putInt(0, dimension).array());
    }
    Integer[] perClass = new Integer[classes];
    Arrays.fill(perClass, 0);
    int piece = Math.max(1, PIECE_BYTES / images.exampleBytes());
    int count = 0;
    while (images.remaining() > 0) {
      ImageBlock block = images.read(piece);
      ByteBuffer target = ByteBuffer.allocate(block.targets().imageBytes());
      for (int i = 0; i < block.size(); i++) {
        block.targets().write(i, target.clear());
        digest.update(target.array());
        digest.update(block.pixels(), i * shape.size(), shape.size());
      }
      for (int label : block.labels()) {
        if (label != ImageBlock.NO_LABEL) {
          perClass[label]++;
        }
      }
      count += block.size();
    }
    String fingerprint = HexFormat.of().formatHex(digest.digest());
    return new DataSummary(
        shape, count, List.of(perClass), images.task(), images.exampleBytes(), fingerprint);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
