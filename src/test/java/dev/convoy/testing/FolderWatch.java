package dev.convoy.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Hears of all that changes in a folder and the folders in it, as the system tells it. */
final class FolderWatch implements AutoCloseable {
  private static final WatchEvent.Kind<?>[] ALL = {
    StandardWatchEventKinds.ENTRY_CREATE,
    StandardWatchEventKinds.ENTRY_MODIFY,
    StandardWatchEventKinds.ENTRY_DELETE
  };

  private final Path folder;
  private final WatchService changes;
  private final Set<Path> watched = new HashSet<>();

  FolderWatch(Path folder) throws IOException {
    this.folder = folder;
    this.changes = folder.getFileSystem().newWatchService();
    watchAll(folder);
  }

  /**
   * Waits for a condition, looking at it after each change.
   *
   * @return whether it holds; else it did not in time, or until this was closed
   */
  boolean await(Callable<Boolean> condition, long seconds) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    try {
      while (!condition.call()) {
        WatchKey key = changes.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (key == null) {
          return false;
        }
        boolean same =
            key.pollEvents().stream()
                .allMatch(event -> event.kind() == StandardWatchEventKinds.ENTRY_MODIFY);
        if (!key.reset()) {
          watched.remove((Path) key.watchable());
        }
        if (!same) {
          watchAll(folder);
        }
      }
      return true;
    } catch (ClosedWatchServiceException e) {
      return condition.call();
    }
  }

  /** What is in a new folder before it is watched is seen by who looks afterwards. */
  private void watchAll(Path top) throws IOException {
    Files.walkFileTree(
        top,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path at, BasicFileAttributes attributes)
              throws IOException {
            if (!watched.contains(at)) {
              try {
                at.register(changes, ALL);
              } catch (NoSuchFileException e) {
                return FileVisitResult.SKIP_SUBTREE; // gone meanwhile
              }
              watched.add(at);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path at, IOException e) {
            return FileVisitResult.CONTINUE; // as much of it as there was
          }

          @Override
          public FileVisitResult visitFileFailed(Path at, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE; // gone meanwhile
            }
            throw e;
          }
        });
  }

  /** Ends all waiting. */
  @Override
  public void close() {
    try {
      changes.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
