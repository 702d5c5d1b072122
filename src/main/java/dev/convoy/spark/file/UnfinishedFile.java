package dev.convoy.spark.file;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A part of a file, which goes unless it is finished: also where a signal ends the process, if it
 * lies on this machine.
 */
final class UnfinishedFile implements AutoCloseable {
  private static final Set<java.nio.file.Path> LOCAL = ConcurrentHashMap.newKeySet();

  static {
    try {
      Runtime.getRuntime()
          .addShutdownHook(new Thread(UnfinishedFile::removeAll, "unfinished files"));
    } catch (IllegalStateException e) {
      // The process is ending already: a part that is begun now may stay, as after kill -9.
    }
  }

  private final FileSystem system;
  private final Path part;
  private boolean finished;

  private UnfinishedFile(FileSystem system, Path part) {
    this.system = system;
    this.part = part;
  }

  /** Returns a part that is about to be written. */
  static UnfinishedFile of(FileSystem system, Path part) throws IOException {
    if (system instanceof PlainLocalFileSystem local) {
      LOCAL.add(local.local(part));
    }
    return new UnfinishedFile(system, part);
  }

  /** Says that it has got its name. */
  void finish() {
    finished = true;
  }

  @Override
  public void close() throws IOException {
    if (!finished) {
      system.delete(part, false);
    }
    if (system instanceof PlainLocalFileSystem local) {
      LOCAL.remove(local.local(part));
    }
  }

  private static void removeAll() {
    for (java.nio.file.Path part : LOCAL) {
      try {
        Files.deleteIfExists(part);
      } catch (IOException e) {
        // It stays, as after kill -9: nobody is left to hear of it.
      }
    }
  }
}
