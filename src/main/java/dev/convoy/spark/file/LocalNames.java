package dev.convoy.spark.file;

import dev.convoy.image.DataException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.jspecify.annotations.Nullable;

/**
 * Names of local files, which Java can read and write in the encoding of the locale alone. Hadoop
 * leaves out, without a word, what it can't look at in a folder; here it is refused: what the data
 * are must not depend on the locale.
 */
public final class LocalNames {
  /** What Java puts where it can't read a name. */
  private static final char UNKNOWN = '\uFFFD';

  /** The encoding of names, which the locale decides when Java starts. */
  private static final Charset ENCODING = encoding(System.getProperty("sun.jnu.encoding", "UTF-8"));

  private LocalNames() {}

  private static Charset encoding(String name) {
    return Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.UTF_8;
  }

  /** Says why this machine's Java can't open a local file of this path; absent if it can. */
  public static @Nullable String problem(String path) {
    return ENCODING.newEncoder().canEncode(path) ? null : unspellable(path);
  }

  /** Tells whether there is no path that this machine's Java can't open. */
  static boolean spellsAll() {
    return ENCODING.equals(StandardCharsets.UTF_8);
  }

  /** Refuses such a path. */
  static void check(String path) {
    String problem = problem(path);
    if (problem != null) {
      throw new DataException(problem);
    }
  }

  private static String unspellable(String path) {
    return path.replace(UNKNOWN, '?')
        + ": the name can't be spelt in the encoding of the locale, "
        + ENCODING.name()
        + "; "
        + (spellsAll()
            ? "rename it in UTF-8"
            : "export LC_ALL=C.UTF-8, and spark.executorEnv.LC_ALL=C.UTF-8 for executors");
  }

  /**
   * Lists a folder.
   *
   * @throws DataException if something in it can't be looked at, unless its name starts with a dot
   *     or an underscore
   */
  static FileStatus[] list(FileSystem system, org.apache.hadoop.fs.Path folder) throws IOException {
    FileStatus[] found = system.listStatus(folder);
    if (system instanceof RawLocalFileSystem local) {
      Set<String> seen =
          Arrays.stream(found).map(entry -> entry.getPath().getName()).collect(Collectors.toSet());
      Path top = local.pathToFile(folder).toPath();
      for (String name : names(top)) {
        if (!seen.contains(name) && !name.startsWith(".") && !name.startsWith("_")) {
          checkVisible(top.resolve(name));
        }
      }
    }
    return found;
  }

  /** Refuses what is there and can't be looked at; something new, or gone by now, is neither. */
  private static void checkVisible(Path path) {
    if (Files.isSymbolicLink(path) && !Files.exists(path)) {
      throw new DataException(path + ": must lead to a file or folder, but is a dangling link");
    } else if (!Files.exists(path) && !Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new DataException(path + ": must be a file or folder, but can't be looked at");
    }
  }

  /**
   * Returns all names in a folder.
   *
   * @throws DataException if one can't be spelt, unless it starts with a dot or an underscore
   */
  static Set<String> names(Path folder) throws IOException {
    Set<String> names = new TreeSet<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        String name = String.valueOf(entry.getFileName());
        boolean hidden = name.startsWith(".") || name.startsWith("_");
        if (!hidden && !isSpelt(folder, name, entry)) {
          throw new DataException(unspellable(folder + "/" + name));
        }
        names.add(name);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return names;
  }

  /** Tells whether a name leads back to the entry that has it. */
  private static boolean isSpelt(Path folder, String name, Path entry) {
    try {
      return folder.resolve(name).equals(entry);
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
