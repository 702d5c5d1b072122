package dev.convoy.spark;

import dev.convoy.image.ImageBlock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import scala.Tuple2;

/** Splits portions into pieces, one for each partition to which images of it go. */
final class Pieces {
  private Pieces() {}

  /** The pieces of a portion, with their partitions. */
  static Iterator<Tuple2<Integer, Piece>> of(
      Portion portion, Numbering numbering, Placement placement) {
    ImageBlock block = portion.images();
    int[] ids = new int[block.size()];
    int[] partitions = new int[block.size()];
    int[] counts = new int[placement.partitions()];
    for (int i = 0; i < partitions.length; i++) {
      ids[i] = numbering.id(portion.part(), block.ids()[i]);
      partitions[i] = placement.partition(ids[i]);
      counts[partitions[i]]++;
    }
    List<Tuple2<Integer, Piece>> pieces = new ArrayList<>();
    Piece[] byPartition = new Piece[counts.length];
    for (int p = 0; p < counts.length; p++) {
      if (counts[p] > 0) {
        byPartition[p] = new Piece(counts[p], block);
        pieces.add(new Tuple2<>(p, byPartition[p]));
      }
    }
    for (int i = 0; i < partitions.length; i++) {
      byPartition[partitions[i]].add(placement.position(ids[i]), block, i);
    }
    return pieces.iterator();
  }
}
