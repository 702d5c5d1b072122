package dev.convoy.spark;

import dev.convoy.train.Deal;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Which example lies where: the examples of each partition, in order. A function of the job and the
 * data alone.
 */
interface Placement extends Serializable {
  /** How many partitions there are. */
  int partitions();

  /** The partition in which an example lies. */
  int partition(int id);

  /** The position of an example in its partition. */
  int position(int id);

  /** The ids of a partition's examples, in order. */
  int[] ids(int partition);

  /** As a training uses them: a worker's blocks follow one another. */
  static Placement dealt(Deal deal) {
    return new Dealt(deal);
  }

  /** In the order of the files, so many images a partition. */
  static Placement inOrder(int examples, int blockImages) {
    return new InOrder(examples, blockImages);
  }

  /** By a deal. */
  record Dealt(Deal deal) implements Placement {
    @Override
    public int partitions() {
      return deal.partitions();
    }

    @Override
    public int partition(int id) {
      return deal.partition(deal.worker(id), deal.place(id) / deal.blockImages());
    }

    @Override
    public int position(int id) {
      return deal.place(id) % deal.blockImages();
    }

    @Override
    public int[] ids(int partition) {
      return deal.ids(partition);
    }
  }

  /** By position in the files. */
  record InOrder(int examples, int blockImages) implements Placement {
    @Override
    public int partitions() {
      return (examples - 1) / blockImages + 1;
    }

    @Override
    public int partition(int id) {
      return id / blockImages;
    }

    @Override
    public int position(int id) {
      return id % blockImages;
    }

    @Override
    public int[] ids(int partition) {
      int from = partition * blockImages;
      int[] ids = new int[Math.min(blockImages, examples - from)];
      Arrays.setAll(ids, i -> from + i);
      return ids;
    }
  }
}
