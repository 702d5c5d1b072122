package dev.convoy.train;

import dev.convoy.random.Purpose;
import dev.convoy.random.SeededRandom;
import dev.convoy.tensor.Check;
import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Which example is used when, by whom: a function of the job and the number of examples alone.
 *
 * <p>Each worker owns a share of the examples, cut into blocks of so many images that a round (H
 * batches of b) lies inside one block. Without shuffling, the worker's step s takes the examples
 * {@code [(s·K + k)·b, (s·K + k + 1)·b)} in file order. With shuffling, the examples are dealt
 * once, by a permutation drawn from the seed, and each epoch permutes a worker's blocks and the
 * examples in each. Every example is used exactly once an epoch.
 *
 * <p>Never holds a permutation: it travels with every task.
 *
 * @param examples in the data set
 * @param workers K
 * @param batchSize b: examples of one worker's step
 * @param averagingFrequency H: steps from one averaging to the next
 * @param shuffle whether the order is random
 * @param seed of the order
 * @param blockImages images of a full block, a multiple of b·H
 */
public record Deal(
    int examples,
    int workers,
    int batchSize,
    int averagingFrequency,
    boolean shuffle,
    long seed,
    int blockImages)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /** Pixels of a block: large enough that tasks are few, small enough that a core holds several. */
  private static final int BLOCK_BYTES = 16 << 20;

  public Deal {
    Check.positive(workers, "distribution.workers");
    Check.positive(batchSize, "training.batchSize");
    Check.positive(averagingFrequency, "distribution.averagingFrequency");
    if (workers > examples) {
      throw new IllegalArgumentException(
          "distribution.workers must be at most the number of training examples, "
              + examples
              + ", but was "
              + workers);
    }
    long round = (long) batchSize * averagingFrequency;
    if (blockImages < 1 || blockImages % round != 0) {
      throw new IllegalArgumentException(
          "Deal.blockImages must be a multiple of a round's " + round + ", but was " + blockImages);
    }
  }

  /**
   * A deal with blocks of about 16 MiB.
   *
   * @param imageBytes of one image's pixels
   */
  public static Deal of(
      int examples,
      int workers,
      int batchSize,
      int averagingFrequency,
      boolean shuffle,
      long seed,
      int imageBytes) {
    long round = (long) batchSize * averagingFrequency;
    long rounds = Math.max(1, BLOCK_BYTES / Math.max(1, round * imageBytes));
    if (round > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "training.batchSize times distribution.averagingFrequency must be below 2^31, but was "
              + round);
    }
    int blockImages = (int) (rounds * round);
    return new Deal(examples, workers, batchSize, averagingFrequency, shuffle, seed, blockImages);
  }

  /** How many examples this worker owns. */
  public int share(int worker) {
    if (shuffle) {
      return examples / workers + (worker < examples % workers ? 1 : 0);
    }
    long turn = (long) workers * batchSize;
    long rest = examples % turn - (long) worker * batchSize;
    return (int) (examples / turn * batchSize + Math.max(0, Math.min(batchSize, rest)));
  }

  /** Steps that the worker with the largest share makes in an epoch. */
  public int stepsPerEpoch() {
    return ceilDiv(share(0), batchSize);
  }

  /** Rounds that use every example once. */
  public int roundsPerEpoch() {
    return ceilDiv(stepsPerEpoch(), averagingFrequency);
  }

  /** How many blocks this worker owns. */
  public int blocks(int worker) {
    return ceilDiv(share(worker), blockImages);
  }

  /** How many blocks all workers own: the partitions of the training RDD. */
  public int partitions() {
    return IntStream.range(0, workers).map(this::blocks).sum();
  }

  /** The partition of a worker's block; a worker's blocks follow one another. */
  public int partition(int worker, int block) {
    return IntStream.range(0, worker).map(this::blocks).sum() + block;
  }

  /** How many images the worker's block holds. */
  public int blockSize(int worker, int block) {
    return Math.min(blockImages, share(worker) - block * blockImages);
  }

  /**
   * The examples of each worker's share, in the share's order: {@code [workers][share]}. Takes
   * memory for all of them.
   */
  public int[][] shares() {
    int[] order = IntStream.range(0, examples).toArray();
    if (shuffle) {
      SeededRandom.of(seed, Purpose.DEAL).shuffle(order);
    }
    int[][] shares = new int[workers][];
    int dealt = 0;
    for (int worker = 0; worker < workers; worker++) {
      int size = share(worker);
      if (shuffle) {
        shares[worker] = Arrays.copyOfRange(order, dealt, dealt + size);
        dealt += size;
      } else {
        shares[worker] = inTurn(worker, size);
      }
    }
    return shares;
  }

  private int[] inTurn(int worker, int size) {
    int[] share = new int[size];
    for (int i = 0; i < size; i++) {
      long step = i / batchSize;
      share[i] = (int) ((step * workers + worker) * batchSize + i % batchSize);
    }
    return share;
  }

  /**
   * What a worker does in a round.
   *
   * @param epoch from 1
   * @param roundInEpoch from 1
   */
  public Assignment assignment(int epoch, int roundInEpoch, int worker) {
    int roundImages = batchSize * averagingFrequency;
    int round = roundInEpoch - 1;
    for (int block : blockOrder(epoch, worker)) {
      int rounds = ceilDiv(blockSize(worker, block), roundImages);
      if (round < rounds) {
        return new Assignment(
            epoch, worker, partition(worker, block), batches(epoch, worker, block, round));
      }
      round -= rounds;
    }
    return new Assignment(epoch, worker, -1, new int[0][]);
  }

  private int[] blockOrder(int epoch, int worker) {
    int[] order = IntStream.range(0, blocks(worker)).toArray();
    if (shuffle) {
      SeededRandom.of(seed, Purpose.BLOCK_ORDER, epoch, worker).shuffle(order);
    }
    return order;
  }

  private int[][] batches(int epoch, int worker, int block, int round) {
    int size = blockSize(worker, block);
    int[] order = IntStream.range(0, size).toArray();
    if (shuffle) {
      SeededRandom.of(seed, Purpose.EXAMPLE_ORDER, epoch, worker, block).shuffle(order);
    }
    int start = round * batchSize * averagingFrequency;
    int steps = Math.min(averagingFrequency, ceilDiv(size - start, batchSize));
    int[][] batches = new int[steps][];
    for (int step = 0; step < steps; step++) {
      int from = start + step * batchSize;
      batches[step] = Arrays.copyOfRange(order, from, Math.min(size, from + batchSize));
    }
    return batches;
  }

  private static int ceilDiv(int dividend, int divisor) {
    return (dividend + divisor - 1) / divisor;
  }
}
