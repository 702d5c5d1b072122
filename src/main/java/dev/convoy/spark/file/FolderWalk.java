package dev.convoy.spark.file;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Finds the files below a folder, at any depth. */
final class FolderWalk {
  private FolderWalk() {}

  /**
   * Returns the files, in alphabetical order, as paths that lead on from the folder, with the bytes
   * that each has.
   *
   * @param followsLinks whether symbolic links may lead out of the folder
   */
  static SortedMap<String, Long> lengths(FileSystem system, Path top, boolean followsLinks)
      throws IOException {
    SortedMap<String, Long> files = new TreeMap<>();
    LinkCheck links = LinkCheck.of(system, top, followsLinks);
    Deque<String> folders = new ArrayDeque<>(List.of(""));
    while (!folders.isEmpty()) {
      String below = folders.remove();
      for (FileStatus entry : LocalNames.list(system, below.isEmpty() ? top : below(top, below))) {
        String name = entry.getPath().getName();
        if (!name.startsWith(".") && !name.startsWith("_")) {
          links.check(entry);
          String path = below.isEmpty() ? name : below + "/" + name;
          if (entry.isDirectory()) {
            folders.add(path);
          } else {
            files.put(path, entry.getLen());
          }
        }
      }
    }
    return files;
  }

  /**
   * Joins a folder and a path below it, as {@code new Path(folder, path)} would if it did not take
   * what is before a colon for a scheme.
   */
  static Path below(Path folder, String path) {
    return new Path(folder, new Path(null, null, path));
  }
}
