package dev.convoy.spark.block;

import dev.convoy.image.ImageBlock;
import dev.convoy.spark.portion.Numbering;
import dev.convoy.spark.portion.Portion;
import dev.convoy.train.sampling.Oversampling;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/** Splits portions into pieces, one for each partition to which images of it go. */
final class Pieces {
  private Pieces() {}

  /**
   * The pieces of a portion, with their partitions: images whose ids are their positions there.
   *
   * @param oversampling how often each image is used; absent for once
   */
  static Iterator<Tuple2<Integer, ImageBlock>> of(
      Portion portion,
      Numbering numbering,
      @Nullable Oversampling oversampling,
      Placement placement) {
    ImageBlock block = portion.images();
    int[] ids = numbering.ids(portion);
    int[] counts = new int[placement.partitions()];
    for (int i = 0; i < ids.length; i++) {
      for (int use : uses(ids[i], block, i, oversampling)) {
        counts[placement.partition(use)]++;
      }
    }
    List<Tuple2<Integer, ImageBlock>> pieces = new ArrayList<>();
    ImageBlock[] byPartition = new ImageBlock[counts.length];
    for (int p = 0; p < counts.length; p++) {
      if (counts[p] > 0) {
        byPartition[p] = block.room(new int[counts[p]]);
        pieces.add(new Tuple2<>(p, byPartition[p]));
      }
    }
    int[] filled = new int[counts.length];
    for (int i = 0; i < ids.length; i++) {
      for (int use : uses(ids[i], block, i, oversampling)) {
        int partition = placement.partition(use);
        int at = filled[partition]++;
        byPartition[partition].ids()[at] = placement.position(use);
        byPartition[partition].put(at, block, i);
      }
    }
    return pieces.iterator();
  }

  private static int[] uses(
      int id, ImageBlock block, int index, @Nullable Oversampling oversampling) {
    return oversampling == null ? new int[] {id} : oversampling.uses(id, block.labels()[index]);
  }
}
