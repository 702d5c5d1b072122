package dev.convoy.spark;

import dev.convoy.image.ImageBlock;
import java.io.Serializable;

/** Some images on their way to one partition. Not a record: Kryo can't write those. */
final class Piece implements Serializable {
  private static final long serialVersionUID = 1;

  private final int[] positions;
  private final int[] labels;
  private final byte[] pixels;
  private int size;

  Piece(int count, int imageBytes) {
    positions = new int[count];
    labels = new int[count];
    pixels = new byte[count * imageBytes];
  }

  /** Takes an image of a block, and notes its position in the partition. */
  void add(int position, ImageBlock block, int index) {
    int imageBytes = block.shape().size();
    positions[size] = position;
    labels[size] = block.labels()[index];
    System.arraycopy(block.pixels(), index * imageBytes, pixels, size * imageBytes, imageBytes);
    size++;
  }

  /** Puts each image at its position. */
  void copyTo(int[] allLabels, byte[] allPixels, int imageBytes) {
    for (int i = 0; i < size; i++) {
      allLabels[positions[i]] = labels[i];
      System.arraycopy(pixels, i * imageBytes, allPixels, positions[i] * imageBytes, imageBytes);
    }
  }

  int size() {
    return size;
  }
}
