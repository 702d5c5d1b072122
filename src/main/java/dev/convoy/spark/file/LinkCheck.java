package dev.convoy.spark.file;

import dev.convoy.image.DataException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.jspecify.annotations.Nullable;

/**
 * Refuses symbolic links that lead out of a folder, unless they are to be followed, and those that
 * lead round in a circle. Local folders alone have such links: HDFS and object stores know none.
 */
public final class LinkCheck {
  /** Absent where there are no links. */
  private final @Nullable Path top;

  private final boolean follows;

  private LinkCheck(@Nullable Path top, boolean follows) {
    this.top = top;
    this.follows = follows;
  }

  /**
   * Checks all that lies below this folder.
   *
   * @param follows whether links may lead out of it
   */
  static LinkCheck of(
      org.apache.hadoop.fs.FileSystem system, org.apache.hadoop.fs.Path folder, boolean follows)
      throws IOException {
    return new LinkCheck(
        system instanceof RawLocalFileSystem local
            ? local.pathToFile(folder).toPath().toRealPath()
            : null,
        follows);
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
    LocalNames.check(below);
    Path folder = top;
    Path path = folder;
    for (String name : below.split("/")) {
      path = path.resolve(name);
      check(folder, path);
    }
  }

  private void check(Path top, Path path) throws IOException {
    if (!Files.isSymbolicLink(path)) {
      return;
    }
    Path target = target(path);
    if (!follows && !target.startsWith(top)) {
      throw new DataException(
          path + ": must lie in " + top + ", but is a symbolic link to " + target);
    }
    // Links that are followed may meet again a folder through which they were reached.
    for (Path above = path.getParent(); above != null; above = above.getParent()) {
      if (above.toRealPath().startsWith(target)) {
        throw new DataException(
            path + ": must not lead round in a circle, but is a symbolic link to " + target);
      }
    }
  }

  private static Path target(Path link) throws IOException {
    String dangling = link + ": must lead to a file or folder, but is a dangling link";
    if (!Files.exists(link)) {
      throw new DataException(dangling);
    }
    try {
      return link.toRealPath();
    } catch (NoSuchFileException e) {
      // As of what a process has open, and was removed by now.
      throw new DataException(dangling, e);
    }
  }
}
