package dev.convoy.spark;

import dev.convoy.image.ImageBlock;
import dev.convoy.train.Oversampling;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import scala.Tuple2;

/** Splits portions into pieces, one for each partition to which images of it go. */
final class Pieces {
  private Pieces() {}

  /**
   * The pieces of a portion, with their partitions.
   *
   * @param oversampling how often each image is used; {@code null} for once
   */
  static Iterator<Tuple2<Integer, Piece>> of(
      Portion portion, Numbering numbering, Oversampling oversampling, Placement placement) {
    ImageBlock block = portion.images();
    int[] ids = numbering.ids(portion);
    int[] counts = new int[placement.partitions()];
    for (int i = 0; i < ids.length; i++) {
      for (int use : uses(ids[i], block, i, oversampling)) {
        counts[placement.partition(use)]++;
      }
    }
    List<Tuple2<Integer, Piece>> pieces = new ArrayList<>();
    Piece[] byPartition = new Piece[counts.length];
    for (int p = 0; p < counts.length; p++) {
      if (counts[p] > 0) {
        byPartition[p] = new Piece(counts[p], block);
        pieces.add(new Tuple2<>(p, byPartition[p]));
      }
    }
    for (int i = 0; i < ids.length; i++) {
      for (int use : uses(ids[i], block, i, oversampling)) {
        byPartition[placement.partition(use)].add(placement.position(use), block, i);
      }
    }
    return pieces.iterator();
  }

  private static int[] uses(int id, ImageBlock block, int index, Oversampling oversampling) {
    return oversampling == null ? new int[] {id} : oversampling.uses(id, block.labels()[index]);
  }
}
