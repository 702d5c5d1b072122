package dev.convoy.spark.block;

import dev.convoy.train.sampling.Sampler;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Which example lies where: the examples of each partition, in order. A function of the job and the
 * data alone.
 */
public interface Placement extends Serializable {
  /** How many partitions there are. */
  int partitions();

  /** The partition in which an example lies. */
  int partition(int id);

  /** Returns the position of an example in its partition. */
  int position(int id);

  /** The ids of a partition's examples, in order. */
  int[] ids(int partition);

  /** Places images as a training uses them: a worker's blocks follow one another. */
  static Placement sampled(Sampler sampler) {
    return new Dealt(sampler);
  }

  /** Places images in the order of the files, so many in a partition. */
  static Placement inOrder(int examples, int blockImages) {
    return new InOrder(examples, blockImages);
  }

  /**
   * Places images where the steps of a training want them.
   *
   * @param sampler which example is used when, by whom
   */
  record Dealt(Sampler sampler) implements Placement {
    @Override
    public int partitions() {
      return sampler.partitions();
    }

    @Override
    public int partition(int id) {
      return sampler.partition(sampler.worker(id), sampler.place(id) / sampler.blockImages());
    }

    @Override
    public int position(int id) {
      return sampler.place(id) % sampler.blockImages();
    }

    @Override
    public int[] ids(int partition) {
      return sampler.ids(partition);
    }
  }

  /**
   * Places images by their position in the files.
   *
   * @param examples how many there are
   * @param blockImages images of a block
   */
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
