package dev.convoy.spark.file;

import dev.convoy.image.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Whether a name is one that a file may have: what has it must be a file, which goes, or a link to
 * one, which goes in its place. A pipe would wait for a reader for ever, and a device would be
 * replaced.
 */
final class OutputName {
  private OutputName() {}

  /** Refuses the name, if it is not; only local folders hold anything else. */
  static void check(FileSystem system, Path file, String path) throws IOException {
    if (!(system instanceof PlainLocalFileSystem local)) {
      return;
    }
    java.nio.file.Path name = local.local(file);
    if (!Files.exists(name)) {
      return;
    }
    BasicFileAttributes found = Files.readAttributes(name, BasicFileAttributes.class);
    if (!found.isRegularFile()) {
      throw new DataException(
          path
              + ": the output must be a file, but is a "
              + (found.isDirectory() ? "folder" : "pipe, a socket or a device"));
    }
  }
}
