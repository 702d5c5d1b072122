package dev.convoy.spark.file;

import dev.convoy.image.DataException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.jspecify.annotations.Nullable;

/**
 * Refuses symbolic links that lead out of a folder or round in a circle. Local folders alone have
 * such links: HDFS and object stores know none.
 */
public final class LinkCheck {
  /** Absent where there are no links. */
  private final @Nullable Path top;

  private LinkCheck(@Nullable Path top) {
    this.top = top;
  }

  /** Checks all that lies below this folder. */
  static LinkCheck of(org.apache.hadoop.fs.FileSystem system, org.apache.hadoop.fs.Path folder)
      throws IOException {
    return new LinkCheck(
        system instanceof RawLocalFileSystem local
            ? local.pathToFile(folder).toPath().toRealPath()
            : null);
  }

  /** Refuses an entry of a folder, if it is such a link. */
  void check(FileStatus entry) throws IOException {
    if (top != null) {
      check(top, new File(entry.getPath().toUri().getPath()).toPath());
    }
  }

  /** Refuses a path below the folder, if it or a folder in it is such a link. */
  public void check(String below) throws IOException {
    if (top == null) {
      return;
    }
    Path folder = top;
    Path path = folder;
    for (String name : below.split("/")) {
      path = path.resolve(name);
      check(folder, path);
    }
  }

  private static void check(Path top, Path path) throws IOException {
    if (!Files.isSymbolicLink(path)) {
      return;
    } else if (!Files.exists(path)) {
      throw new DataException(path + ": must lead to a file or folder, but is a dangling link");
    }
    Path target = path.toRealPath();
    Path parent = path.getParent();
    if (!target.startsWith(top)) {
      throw new DataException(
          path + ": must lie in " + top + ", but is a symbolic link to " + target);
    } else if (parent != null && parent.toRealPath().startsWith(target)) {
      throw new DataException(
          path + ": must not lead round in a circle, but is a symbolic link to " + target);
    }
  }
}
