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

  /** The ids of each partition's examples. */
  int[][] ids();

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
    public int[][] ids() {
      int[][] ids = new int[partitions()][];
      int[][] shares = deal.shares();
      for (int worker = 0; worker < deal.workers(); worker++) {
        for (int block = 0; block < deal.blocks(worker); block++) {
          int from = block * deal.blockImages();
          ids[deal.partition(worker, block)] =
              Arrays.copyOfRange(shares[worker], from, from + deal.blockSize(worker, block));
        }
      }
      return ids;
    }
  }

  /** By position in the files. */
  record InOrder(int examples, int blockImages) implements Placement {
    @Override
    public int partitions() {
      return (examples + blockImages - 1) / blockImages;
    }

    @Override
    public int[][] ids() {
      int[][] ids = new int[partitions()][];
      for (int p = 0; p < ids.length; p++) {
        int from = p * blockImages;
        ids[p] = new int[Math.min(blockImages, examples - from)];
        Arrays.setAll(ids[p], i -> from + i);
      }
      return ids;
    }
  }
}
