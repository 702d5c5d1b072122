package dev.convoy.spark.file;

import dev.convoy.image.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * Refuses pipes, sockets and devices: who reads them may wait for ever, or never come to an end.
 */
final class SpecialFile {
  /** What a shell has opened for this process, as in {@code convoy train <(make-job)}. */
  private static final List<String> OPENED = List.of("/dev/fd/", "/dev/stdin", "/proc/self/fd/");

  private SpecialFile() {}

  /** Refuses a path that leads to one. */
  static void check(FileSystem system, org.apache.hadoop.fs.Path file, String shown)
      throws IOException {
    if (!(system instanceof RawLocalFileSystem local)) {
      return;
    }
    Path path = local.pathToFile(file).toPath();
    if (OPENED.stream().anyMatch(path.toString()::startsWith)) {
      return;
    }
    try {
      if (Files.readAttributes(path, BasicFileAttributes.class).isOther()) {
        throw new DataException(
            shown + ": must be a file, but is a pipe, a socket or a device, which has no end");
      }
    } catch (NoSuchFileException e) {
      throw new DataException(shown + ": file not found", e);
    }
  }
}
