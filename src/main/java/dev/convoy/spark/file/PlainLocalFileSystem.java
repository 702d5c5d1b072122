package dev.convoy.spark.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * The local file system, as Hadoop has it but for four things: without its checksums, which would
 * litter a folder with {@code .crc} files and hold back flushed lines; a file is made only where
 * there is none, not even a link; what fails is an {@link IOException} that says why; and nobody
 * asks who the user is, which Hadoop can't on Java 24 and newer.
 */
final class PlainLocalFileSystem extends RawLocalFileSystem {
  /** Files get the permissions that the system gives: Hadoop would run chmod for each. */
  @Override
  public void setPermission(Path file, FsPermission permission) {}

  @Override
  protected OutputStream createOutputStream(Path file, boolean append) throws IOException {
    return append
        ? super.createOutputStream(file, true)
        : Files.newOutputStream(
            local(file), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  @Override
  protected OutputStream createOutputStreamWithMode(
      Path file, boolean append, FsPermission permission) throws IOException {
    return createOutputStream(file, append);
  }

  @Override
  public FSDataInputStream open(Path file, int bufferSize) throws IOException {
    return new FSDataInputStream(new LocalInput(super.open(file, bufferSize)));
  }

  @Override
  public boolean mkdirs(Path folder) throws IOException {
    java.nio.file.Path local = local(folder);
    // A link to a folder is one, other than createDirectories has it.
    if (!Files.isDirectory(local)) {
      Files.createDirectories(local);
    }
    return true;
  }

  @Override
  public boolean mkdirs(Path folder, FsPermission permission) throws IOException {
    return mkdirs(folder);
  }

  /** Takes the place of a file, in one step, and of nothing else. */
  @Override
  public boolean rename(Path from, Path to) throws IOException {
    Files.move(local(from), local(to), StandardCopyOption.ATOMIC_MOVE);
    return true;
  }

  /** Removes a link, and not what it leads to. */
  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    java.nio.file.Path local = local(path);
    return Files.isSymbolicLink(local)
        ? Files.deleteIfExists(local)
        : super.delete(path, recursive);
  }

  /** Returns the path as Java has it. */
  java.nio.file.Path local(Path path) throws IOException {
    try {
      return pathToFile(path).toPath();
    } catch (InvalidPathException e) {
      throw new IOException("the locale can't spell this name: " + e.getReason(), e);
    }
  }
}
