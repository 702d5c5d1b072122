package dev.convoy.train.sampling;

import dev.convoy.random.Permutation;
import dev.convoy.random.Purpose;
import dev.convoy.random.SeededRandom;
import dev.convoy.tensor.Check;
import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which example is used when, by whom: a function of the job and the number of examples alone.
 *
 * <p>Each worker owns a share of the examples, cut into blocks of so many images that a round (H
 * batches of b) lies inside one block. Without shuffling, the worker's step s takes the examples
 * {@code [(s·K + k)·b, (s·K + k + 1)·b)} in file order. With shuffling, the examples are dealt
 * once, by a permutation drawn from the seed, and each epoch permutes a worker's blocks and the
 * examples in each. Every example is used exactly once an epoch.
 *
 * <p>Where it is asked for, the examples are dealt anew every so many epochs: a worker then owns
 * others, and others lie together in a block. Shares, blocks and rounds keep their sizes.
 *
 * <p>Holds no permutation, and asks for one place of it at a time: it travels with every task, and
 * a data set may have a billion examples.
 *
 * @param examples in the data set
 * @param workers K
 * @param batchSize b: examples of one worker's step
 * @param averagingFrequency H: steps from one averaging to the next; the most of them where it
 *     varies
 * @param shuffle whether the order is random
 * @param seed of the order
 * @param blockImages images of a full block, a multiple of b·H
 * @param everyEpochs after how many epochs examples are dealt anew; 0 for never
 * @param reshuffles how often they have been dealt anew, from 0
 */
public record Sampler(
    int examples,
    int workers,
    int batchSize,
    int averagingFrequency,
    boolean shuffle,
    long seed,
    int blockImages,
    int everyEpochs,
    int reshuffles)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /** Pixels of a block: large enough that tasks are few, small enough that a core holds several. */
  private static final int BLOCK_BYTES = 16 << 20;

  /** The longest array that every Java machine can make. */
  private static final int MAX_BLOCK_BYTES = Integer.MAX_VALUE - 8;

  /** A sampler for all epochs. */
  public Sampler(
      int examples,
      int workers,
      int batchSize,
      int averagingFrequency,
      boolean shuffle,
      long seed,
      int blockImages) {
    this(examples, workers, batchSize, averagingFrequency, shuffle, seed, blockImages, 0, 0);
  }

  public Sampler {
    if (everyEpochs < 0 || reshuffles < 0 || !shuffle && everyEpochs > 0) {
      throw new IllegalArgumentException(
          "Examples are dealt anew every 1 or more epochs, and where they are shuffled, but was "
              + everyEpochs);
    }
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
          "Sampler.blockImages must be a multiple of a round's "
              + round
              + ", but was "
              + blockImages);
    }
  }

  /**
   * A sampler with blocks of about 16 MiB.
   *
   * @param imageBytes of one image's pixels
   */
  public static Sampler of(
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
    Sampler sampler =
        new Sampler(examples, workers, batchSize, averagingFrequency, shuffle, seed, blockImages);
    long blockBytes = (long) sampler.blockSize(0, 0) * imageBytes;
    if (blockBytes > MAX_BLOCK_BYTES) {
      throw new IllegalArgumentException(
          "The images of a worker's round, training.batchSize times"
              + " distribution.averagingFrequency, must take less than 2 GiB, but take "
              + blockBytes
              + " bytes");
    }
    return sampler;
  }

  /** Returns the same examples for so many workers, as far as there is one for each. */
  public Sampler ofWorkers(int count) {
    return new Sampler(
        Math.max(examples, count),
        count,
        batchSize,
        averagingFrequency,
        shuffle,
        seed,
        blockImages,
        everyEpochs,
        reshuffles);
  }

  /** Returns the same sampler, but anew every so many epochs. */
  public Sampler anewEvery(int epochs) {
    return reshuffles(epochs, 0);
  }

  /** The sampler of this epoch, which counts from 1. */
  public Sampler in(int epoch) {
    return everyEpochs == 0 ? this : reshuffles(everyEpochs, (epoch - 1) / everyEpochs);
  }

  private Sampler reshuffles(int epochs, int number) {
    return new Sampler(
        examples,
        workers,
        batchSize,
        averagingFrequency,
        shuffle,
        seed,
        blockImages,
        epochs,
        number);
  }

  /** Returns how many examples this worker owns. */
  public int share(int worker) {
    if (shuffle) {
      return examples / workers + (worker < examples % workers ? 1 : 0);
    }
    long rest = examples % globalBatch() - (long) worker * batchSize;
    return (int) (examples / globalBatch() * batchSize + Math.max(0, Math.min(batchSize, rest)));
  }

  /** Examples that all workers use in one step. */
  private long globalBatch() {
    return (long) workers * batchSize;
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

  /** Returns how many blocks all workers own: the partitions of the training RDD. */
  public int partitions() {
    return partition(workers, 0);
  }

  /** The partition of a worker's block; a worker's blocks follow one another. */
  public int partition(int worker, int block) {
    // Shares never grow with the worker's number: some are the largest, one may lie between.
    long largest = shuffle ? examples % workers : examples % globalBatch() / batchSize;
    long before = Math.min(worker, largest) * blocks(0);
    if (worker > largest) {
      before += blocks((int) largest) + (worker - largest - 1) * blocks(workers - 1);
    }
    return (int) before + block;
  }

  /** Returns how many images the worker's block holds. */
  public int blockSize(int worker, int block) {
    return Math.min(blockImages, share(worker) - block * blockImages);
  }

  /** The ids of a block's examples, in the order in which they lie in it. */
  public int[] ids(int partition) {
    int next = 1;
    while (next < workers && partition(next, 0) <= partition) {
      next++;
    }
    int worker = next - 1;
    int block = partition - partition(worker, 0);
    int[] ids = new int[blockSize(worker, block)];
    Arrays.setAll(ids, i -> example(worker, block * blockImages + i));
    return ids;
  }

  /** Returns which example stands at this place of the worker's share. */
  public int example(int worker, int place) {
    if (shuffle) {
      return permutation().at(place * workers + worker);
    }
    long step = place / batchSize;
    return (int) ((step * workers + worker) * batchSize + place % batchSize);
  }

  /** Returns which worker owns this example. */
  public int worker(int example) {
    return shuffle ? permutation().placeOf(example) % workers : example / batchSize % workers;
  }

  /** Returns the place of an example in its worker's share. */
  public int place(int example) {
    if (shuffle) {
      return permutation().placeOf(example) / workers;
    }
    return (int) (example / globalBatch() * batchSize + example % batchSize);
  }

  /**
   * Returns the examples in the order in which they are given to the workers in turn, one at a
   * time.
   */
  private Permutation permutation() {
    return reshuffles == 0
        ? Permutation.of(examples, seed, Purpose.DEAL)
        : Permutation.of(examples, seed, Purpose.DEAL, reshuffles);
  }

  /** Returns which partition each worker needs in a round; -1 where its share is used up. */
  public int[] partitions(int epoch, int roundInEpoch) {
    int[] partitions = new int[workers];
    for (int worker = 0; worker < workers; worker++) {
      partitions[worker] = partition(worker, turn(epoch, roundInEpoch, worker));
    }
    return partitions;
  }

  /** Returns the partition that a worker needs in its turn; -1 where it has none. */
  public int partition(int worker, @Nullable Turn turn) {
    return turn == null ? -1 : partition(worker, turn.block());
  }

  /**
   * Returns what a worker does in a round.
   *
   * @param epoch from 1
   * @param roundInEpoch from 1
   */
  public Assignment assignment(int epoch, int roundInEpoch, int worker) {
    return assignment(epoch, worker, turn(epoch, roundInEpoch, worker));
  }

  /** What a worker does in its turn; nothing where it has none. */
  public Assignment assignment(int epoch, int worker, @Nullable Turn turn) {
    int[][] batches = turn == null ? new int[0][] : batches(epoch, worker, turn);
    return new Assignment(epoch, worker, partition(worker, turn), batches);
  }

  /**
   * A worker's steps of a round: some of those that use a block.
   *
   * @param block number of the block among the worker's
   * @param firstStep the first of them among the steps of the block, from 0
   * @param steps how many there are
   */
  public record Turn(int block, int firstStep, int steps) {}

  private @Nullable Turn turn(int epoch, int roundInEpoch, int worker) {
    int round = roundInEpoch - 1;
    for (int block : blockOrder(epoch, worker)) {
      int steps = steps(worker, block);
      int rounds = ceilDiv(steps, averagingFrequency);
      if (round < rounds) {
        int first = round * averagingFrequency;
        return new Turn(block, first, Math.min(averagingFrequency, steps - first));
      }
      round -= rounds;
    }
    return null;
  }

  /** Steps that use a full block. */
  public int blockSteps() {
    return blockImages / batchSize;
  }

  /** Steps that use a worker's block. */
  int steps(int worker, int block) {
    return ceilDiv(blockSize(worker, block), batchSize);
  }

  /** Returns the order in which a worker uses its blocks in an epoch. */
  int[] blockOrder(int epoch, int worker) {
    int[] order = IntStream.range(0, blocks(worker)).toArray();
    if (shuffle) {
      SeededRandom.of(seed, Purpose.BLOCK_ORDER, epoch, worker).shuffle(order);
    }
    return order;
  }

  private int[][] batches(int epoch, int worker, Turn turn) {
    int size = blockSize(worker, turn.block());
    int[] order = IntStream.range(0, size).toArray();
    if (shuffle) {
      SeededRandom.of(seed, Purpose.EXAMPLE_ORDER, epoch, worker, turn.block()).shuffle(order);
    }
    int[][] batches = new int[turn.steps()][];
    for (int step = 0; step < batches.length; step++) {
      int from = (turn.firstStep() + step) * batchSize;
      batches[step] = Arrays.copyOfRange(order, from, Math.min(size, from + batchSize));
    }
    return batches;
  }

  private static int ceilDiv(int dividend, int divisor) {
    return (int) (((long) dividend + divisor - 1) / divisor);
  }
}
