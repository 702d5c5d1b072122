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
   * Files as they are, and of folders those below, sorted, that are taken.
   *
   * @param what a folder must hold, for errors
   * @throws DataException if a file is not there, or a folder holds none
   */
  public static List<String> expand(
      HadoopFiles files, Paths paths, Predicate<String> isTaken, String what) throws IOException {
    List<String> all = new ArrayList<>();
    for (String path : paths.list()) {
      if (!files.exists(path)) {
        throw new DataException(path + ": file not found");
      } else if (!files.isFolder(path)) {
        all.add(path);
        continue;
      }
      String folder = path.endsWith("/") ? path : path + "/";
      List<String> found = files.filesBelow(path).stream().filter(isTaken).toList();
      if (found.isEmpty()) {
        throw new DataException(path + ": must hold " + what + ", but holds none");
      }
      found.forEach(name -> all.add(folder + name));
    }
    return all;
  }
}
