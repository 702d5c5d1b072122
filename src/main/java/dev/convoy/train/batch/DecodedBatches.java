package dev.convoy.train.batch;

import dev.convoy.image.ImageBlock;
import dev.convoy.tensor.Shape;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Batches of pictures that a thread decodes or cuts ahead, each in its turn. At most four are in
 * memory: one in use, {@link #AHEAD} that wait, and one that is being decoded.
 */
final class DecodedBatches implements BatchSource {
  /** Batches that wait: the second makes up for one that takes longer than the step before it. */
  static final int AHEAD = 2;

  /** How the thread is called, so that a look at a process's threads tells what it does. */
  static final String THREAD = "convoy-decoder";

  /** Each gives a batch, or throws why there is none, and no further one. */
  private final BlockingQueue<Supplier<Batch>> ready = new ArrayBlockingQueue<>(AHEAD);

  private final Shape shape;
  private final Maker maker;
  private final Thread decoder;
  private volatile boolean closed;

  /** Makes an image of a batch. */
  @FunctionalInterface
  interface Maker {
    /**
     * Puts pixels into a batch's block.
     *
     * @param image place in the batch
     * @param position in the block that the batch is made of
     */
    void make(ImageBlock batch, int image, ImageBlock block, int position);
  }

  /**
   * Makes these batches of a block, from now on.
   *
   * @param shape of their images
   */
  DecodedBatches(ImageBlock block, int[][] batches, Shape shape, Maker maker) {
    this.shape = shape;
    this.maker = maker;
    decoder = new Thread(() -> decode(block, batches), THREAD);
    decoder.setDaemon(true);
    decoder.start();
  }

  private void decode(ImageBlock block, int[][] batches) {
    try {
      for (int[] batch : batches) {
        Supplier<Batch> decoded = decoded(block, batch);
        if (closed) {
          return;
        }
        ready.put(decoded);
      }
    } catch (InterruptedException e) {
      // Nobody here interrupts; whoever does wants an end.
    }
  }

  private Supplier<Batch> decoded(ImageBlock block, int[] batch) {
    try {
      ImageBlock images = block.pixelRoom(shape, batch);
      for (int i = 0; i < batch.length && !closed; i++) {
        maker.make(images, i, block, batch[i]);
      }
      Batch made = new Batch(images, IntStream.range(0, batch.length).toArray());
      return () -> made;
    } catch (RuntimeException | Error e) {
      return () -> {
        throw e; // where the batch is asked for
      };
    }
  }

  @Override
  public Batch next() {
    try {
      return ready.take().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while a batch was decoded", e);
    }
  }

  /** Ends the thread, and waits until it has ended: for a picture's time at most. */
  @Override
  public void close() {
    closed = true;
    ready.clear(); // so that there is room for what the thread may just be adding
    boolean interrupted = false;
    while (decoder.isAlive()) {
      try {
        decoder.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
