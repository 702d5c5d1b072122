package dev.convoy.spark;

import dev.convoy.image.ImageBlock;
import dev.convoy.image.Targets;
import java.io.Serializable;

/** Some images on their way to one partition. Not a record: Kryo can't write those. */
final class Piece implements Serializable {
  private static final long serialVersionUID = 1;

  private final int[] positions;
  private final Targets targets;
  private final byte[] pixels;
  private int size;

  /** Room for so many images of a block. */
  Piece(int count, ImageBlock block) {
    positions = new int[count];
    targets = block.targets().room(count);
    pixels = new byte[count * block.shape().size()];
  }

  /** Takes an image of a block, and notes its position in the partition. */
  void add(int position, ImageBlock block, int index) {
    int imageBytes = block.shape().size();
    positions[size] = position;
    targets.put(size, block.targets(), index);
    System.arraycopy(block.pixels(), index * imageBytes, pixels, size * imageBytes, imageBytes);
    size++;
  }

  /** Puts each image at its position. */
  void copyTo(Targets allTargets, byte[] allPixels, int imageBytes) {
    for (int i = 0; i < size; i++) {
      allTargets.put(positions[i], targets, i);
      System.arraycopy(pixels, i * imageBytes, allPixels, positions[i] * imageBytes, imageBytes);
    }
  }

  Targets targets() {
    return targets;
  }

  int size() {
    return size;
  }
}
