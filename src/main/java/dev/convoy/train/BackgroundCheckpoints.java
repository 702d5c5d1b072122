package dev.convoy.train;

import dev.convoy.tensor.Check;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes every so manieth checkpoint, and those that are due, on a thread of its own while the next
 * rounds compute. One is written at a time: where the next falls due before, training waits, so
 * that memory holds one state more and no others.
 *
 * <p>A checkpoint that can't be written is reported, and training goes on: the next may succeed.
 */
public final class BackgroundCheckpoints implements Checkpointing, AutoCloseable {
  /** Writes a checkpoint: all of it, or it throws. */
  @FunctionalInterface
  public interface Writer {
    /** Writes it. */
    void write(Checkpoint checkpoint) throws IOException;
  }

  private final int everyRounds;
  private final Writer writer;
  private final Consumer<Failure> onFailure;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread named = new Thread(task, "checkpoints");
            named.setDaemon(true);
            return named;
          });
  private @Nullable Future<Failure> outstanding;
  private @Nullable Failure failure;

  /**
   * A checkpoint that could not be written.
   *
   * @param round after which it was
   * @param cause why
   */
  public record Failure(int round, Exception cause) {}

  /**
   * Checkpoints by this writer.
   *
   * @param everyRounds a checkpoint is due after each round whose number it divides
   * @param onFailure hears of each that can't be written, in the writing thread
   */
  public BackgroundCheckpoints(int everyRounds, Writer writer, Consumer<Failure> onFailure) {
    this.everyRounds = Check.positive(everyRounds, "BackgroundCheckpoints.everyRounds");
    this.writer = writer;
    this.onFailure = onFailure;
  }

  @Override
  public void offer(Checkpoint now, boolean due) {
    if (due || now.round() % everyRounds == 0) {
      await();
      outstanding = thread.submit(() -> write(now));
    }
    if (due) {
      await();
    }
  }

  private @Nullable Failure write(Checkpoint checkpoint) {
    try {
      writer.write(checkpoint);
      return null;
    } catch (IOException | RuntimeException e) {
      Failure failed = new Failure(checkpoint.round(), e);
      onFailure.accept(failed);
      return failed;
    }
  }

  private void await() {
    if (outstanding == null) {
      return;
    }
    boolean interrupted = false;
    while (outstanding != null) {
      try {
        failure = outstanding.get();
        outstanding = null;
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (ExecutionException e) {
        outstanding = null;
        throw new IllegalStateException("A checkpoint could not be written", e.getCause());
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns why the last checkpoint that was due is not written; absent if it is. */
  public @Nullable Failure failure() {
    await();
    return failure;
  }

  /** Waits for the checkpoint that is being written, if any. */
  @Override
  public void close() {
    await();
    thread.shutdown();
  }
}
