package dev.convoy.spark;

import dev.convoy.data.ImageStream;
import dev.convoy.image.ImageBlock;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import scala.Tuple2;

/** Reads some images, a few MiB at a time, and sends each to its partition. */
final class Pieces implements Iterator<Tuple2<Integer, Piece>> {
  /** Pixels and target vectors that are held at a time. */
  private static final int READ_BYTES = 4 << 20;

  private final ImageStream images;
  private final int end;
  private final Placement placement;
  private final Queue<Tuple2<Integer, Piece>> pieces = new ArrayDeque<>();

  /**
   * The images from number {@code from} to before {@code end}.
   *
   * @param images at their start
   */
  Pieces(ImageStream images, int from, int end, Placement placement) {
    this.images = images;
    this.end = end;
    this.placement = placement;
    images.skip(from);
  }

  @Override
  public boolean hasNext() {
    if (pieces.isEmpty() && images.position() < end) {
      int atMost = Math.max(1, READ_BYTES / images.exampleBytes());
      split(images.read(Math.min(atMost, end - images.position())));
    }
    return !pieces.isEmpty();
  }

  @Override
  public Tuple2<Integer, Piece> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return pieces.remove();
  }

  private void split(ImageBlock block) {
    int[] partitions = new int[block.size()];
    int[] counts = new int[placement.partitions()];
    for (int i = 0; i < partitions.length; i++) {
      partitions[i] = placement.partition(block.ids()[i]);
      counts[partitions[i]]++;
    }
    Piece[] byPartition = new Piece[counts.length];
    for (int p = 0; p < counts.length; p++) {
      if (counts[p] > 0) {
        byPartition[p] = new Piece(counts[p], block);
        pieces.add(new Tuple2<>(p, byPartition[p]));
      }
    }
    for (int i = 0; i < partitions.length; i++) {
      byPartition[partitions[i]].add(placement.position(block.ids()[i]), block, i);
    }
  }
}
