package dev.convoy.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a folder holds, to tell whether it has changed. */
public final class FolderContent {
  private FolderContent() {}

  /** Every path below the folder, with the bytes of files. */
  static Map<String, String> of(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      Map<String, String> content = new TreeMap<>();
      for (Path path : paths.toList()) {
        boolean file = Files.isRegularFile(path);
        content.put(path.toString(), file ? Arrays.toString(Files.readAllBytes(path)) : "folder");
      }
      return content;
    }
  }

  /** The files below the folder, as paths that lead on from it, in order. */
  public static List<String> files(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths
          .filter(Files::isRegularFile)
          .map(path -> folder.relativize(path).toString())
          .sorted()
          .toList();
    }
  }
}
