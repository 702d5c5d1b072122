package dev.convoy.spark.file;

import dev.convoy.config.data.Paths;
import dev.convoy.image.DataException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The files that paths mean. */
public final class PathList {
  private PathList() {}

  /**
   * Files as they are, and of folders those below, sorted, that are taken. A path that is not there
   * and has one of {@code * ? [ {} is a pattern, as Hadoop has them, for files and folders, sorted,
   * whose names don't start with a dot or an underscore.
   *
   * @param what a folder must hold, for errors
   * @throws DataException if a file is not there, or a folder holds none
   */
  public static List<String> expand(
      HadoopFiles files, Paths paths, Predicate<String> isTaken, String what) throws IOException {
    List<String> all = new ArrayList<>();
    for (String path : paths.list()) {
      if (files.exists(path)) {
        add(files, path, isTaken, what, all);
        continue;
      } else if (!GlobPrefix.isPattern(path)) {
        throw new DataException(path + ": file not found");
      }
      List<String> matches = files.matches(path);
      if (matches.isEmpty()) {
        throw new DataException(path + ": must match files or folders, but matches none");
      }
      for (String match : matches) {
        add(files, match, isTaken, what, all);
      }
    }
    return all;
  }

  private static void add(
      HadoopFiles files, String path, Predicate<String> isTaken, String what, List<String> all)
      throws IOException {
    if (!files.isFolder(path)) {
      all.add(path);
      return;
    }
    String folder = path.endsWith("/") ? path : path + "/";
    List<String> found = files.filesBelow(path).stream().filter(isTaken).toList();
    if (found.isEmpty()) {
      throw new DataException(path + ": must hold " + what + ", but holds none");
    }
    found.forEach(name -> all.add(folder + name));
  }
}
