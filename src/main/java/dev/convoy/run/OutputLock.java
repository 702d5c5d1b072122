package dev.convoy.run;

import dev.convoy.config.binding.Binder;
import dev.convoy.config.binding.TreeText;
import dev.convoy.config.binding.TreeWriter;
import dev.convoy.config.tree.ConfigException;
import dev.convoy.config.tree.TreeReader;
import dev.convoy.image.DataException;
import dev.convoy.model.FileSaver.Content;
import dev.convoy.spark.file.HadoopFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Says that a run owns its output folder: a file in it, which the run renews every few seconds.
 *
 * <p>A lock is stale when its process is gone from this machine, or when, read from another
 * machine, it is not renewed for a minute by the reader's clock; no two clocks are compared. A
 * stale lock is moved aside before the folder is locked anew, so that of several who do so one
 * succeeds. A run whose lock was taken, since it stood still for so long, finds that out before it
 * writes a checkpoint or a model, and ends.
 */
public final class OutputLock implements AutoCloseable {
  /** The name of the file. */
  static final String NAME = "run.lock";

  private static final long BEAT_SECONDS = 5;

  /** Twelve signs of life: a file system may fail over in between. */
  private static final long PATIENCE_MILLIS = 60_000;

  private static final long LOOK_MILLIS = 200;
  private static final int MAX_BYTES = 4096;

  /** Others may unlock the folder between two looks, but not so often. */
  private static final int MOST_UNREADABLE = 50;

  private final HadoopFiles files;
  private final String folder;
  private final String path;
  private volatile LockOwner self = LockOwner.self();
  private volatile @Nullable String lost;
  private final ScheduledExecutorService heart =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "output lock");
            thread.setDaemon(true);
            return thread;
          });

  private OutputLock(HadoopFiles files, String folder) {
    this.files = files;
    this.folder = folder;
    this.path = folder + "/" + NAME;
  }

  /** Refuses a folder that a process of this machine owns; writes nothing. */
  static void refuseIfHeld(HadoopFiles files, String folder) throws IOException {
    OutputLock lock = new OutputLock(files, folder);
    String held = lock.read();
    if (held != null) {
      LockOwner owner = owner(held);
      if (owner != null && owner.isOnThisMachine() && owner.isRunningHere()) {
        throw lock.inUse(owner);
      }
    }
  }

  /**
   * Locks a folder that is there.
   *
   * @param listener told of a lock that is waited for, or taken over
   * @throws WrongInputException if another run owns the folder
   */
  public static OutputLock take(HadoopFiles files, String folder, RunListener listener)
      throws IOException {
    return take(files, folder, listener, PATIENCE_MILLIS);
  }

  static OutputLock take(
      HadoopFiles files, String folder, RunListener listener, long patienceMillis)
      throws IOException {
    OutputLock lock = new OutputLock(files, folder);
    int unreadable = 0;
    while (!files.claim(lock.path, content(lock.self))) {
      String held = lock.read();
      if (held == null && ++unreadable > MOST_UNREADABLE) {
        throw new WrongInputException(
            lock.path + ": must be a run's lock, but is no file that can be read; remove it");
      } else if (held != null) {
        lock.awaitStale(held, listener, patienceMillis);
        lock.moveAside(held);
      }
    }
    lock.heart.scheduleWithFixedDelay(lock::beat, BEAT_SECONDS, BEAT_SECONDS, TimeUnit.SECONDS);
    return lock;
  }

  /** Returns when the lock is known to be stale. */
  private void awaitStale(String held, RunListener listener, long patienceMillis)
      throws IOException {
    LockOwner owner = owner(held);
    String who = owner == null ? "a run that can't be told" : owner.shown();
    if (owner != null && owner.isOnThisMachine()) {
      if (owner.isRunningHere()) {
        throw inUse(owner);
      }
    } else {
      listener.onNote(
          folder + " is locked by " + who + ": waiting whether it still lives, a minute at most");
      long start = System.nanoTime();
      while (System.nanoTime() - start < patienceMillis * 1_000_000) {
        pause();
        if (!held.equals(read())) {
          throw inUse(owner);
        }
      }
    }
    listener.onNote(folder + " was locked by " + who + ", which is gone: taking it over");
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(LOOK_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for a lock", e);
    }
  }

  /** Takes a stale lock away, unless it is another one by now. */
  private void moveAside(String held) throws IOException {
    String aside = path + "." + UUID.randomUUID();
    try {
      files.moveFolder(path, aside);
    } catch (IOException e) {
      return; // another was quicker
    }
    String moved = read(aside);
    if (moved != null && !moved.equals(held)) {
      files.claim(path, out -> out.write(moved.getBytes(StandardCharsets.UTF_8)));
    }
    files.remove(aside);
  }

  /**
   * Renews the lock. Where a store has no renaming, the file is not there for a moment meanwhile.
   */
  private synchronized void beat() {
    try {
      if (isOurs()) {
        self = self.alive();
        files.save(path, content(self));
      }
    } catch (IOException | RuntimeException e) {
      // The file system may come back; if not, the next checkpoint says so.
    }
  }

  private synchronized boolean isOurs() throws IOException {
    String held = read();
    LockOwner owner = held == null ? null : owner(held);
    if (held == null) {
      lost = files.isFolder(folder) ? path + ": was removed" : folder + ": was removed";
      lost += " while a run was writing there; it ends, as it can't own the folder any more";
    } else if (owner == null || !owner.id().equals(self.id())) {
      lost = folder + ": another run has taken this output folder over, as this one stood still";
    } else {
      lost = null;
    }
    return lost == null;
  }

  /** Throws if it is known that the folder is no longer this run's. */
  void check() throws IOException {
    String reason = lost;
    if (reason != null) {
      throw new IOException(reason);
    }
  }

  /** Looks, and throws if another run has taken the folder over, or it is gone. */
  public void look() throws IOException {
    isOurs();
    check();
  }

  /** Unlocks the folder. */
  @Override
  public void close() throws IOException {
    heart.shutdown();
    try {
      heart.awaitTermination(BEAT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (isOurs()) {
      files.remove(path);
    }
  }

  private WrongInputException inUse(@Nullable LockOwner owner) {
    return new WrongInputException(
        folder
            + ": the output folder must be used by no other run, but is in use by "
            + (owner == null ? "another" : owner.shown()));
  }

  private static Content content(LockOwner owner) {
    byte[] json = TreeText.json(TreeWriter.write(owner)).getBytes(StandardCharsets.UTF_8);
    return out -> out.write(json);
  }

  /** Returns the owner that the text names; nothing if it is no lock. */
  private static @Nullable LockOwner owner(String text) {
    try {
      return Binder.bind(TreeReader.read(text, NAME), LockOwner.class);
    } catch (ConfigException e) {
      return null;
    }
  }

  private @Nullable String read() throws IOException {
    return read(path);
  }

  /** Returns what the file holds; nothing if there is none. */
  private @Nullable String read(String file) throws IOException {
    try (InputStream in = files.open(file)) {
      return new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
    } catch (DataException e) {
      return null;
    }
  }
}
