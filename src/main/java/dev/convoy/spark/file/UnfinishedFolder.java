package dev.convoy.spark.file;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.ShutdownHookManager;

/**
 * A folder that is written beside its place, and goes unless it is finished: also where a signal
 * ends the process. A process that is killed may leave one, under the name of a {@linkplain
 * PartName part}.
 */
public final class UnfinishedFolder implements AutoCloseable {
  /** Comes after Spark's own hook, whose tasks write, and before that of Hadoop's file systems. */
  private static final int PRIORITY = FileSystem.SHUTDOWN_HOOK_PRIORITY + 20;

  private static final Set<UnfinishedFolder> OPEN = ConcurrentHashMap.newKeySet();

  static {
    try {
      ShutdownHookManager.get().addShutdownHook(UnfinishedFolder::removeAll, PRIORITY);
    } catch (IllegalStateException e) {
      // The process is ending already: a folder that is begun now may stay, as after kill -9.
    }
  }

  private final HadoopFiles files;
  private final String path;
  private final String target;

  private UnfinishedFolder(HadoopFiles files, String path, String target) {
    this.files = files;
    this.path = path;
    this.target = target;
  }

  /** Returns one that will have this path, and is not there yet. */
  public static UnfinishedFolder of(HadoopFiles files, String target) throws IOException {
    return opened(new UnfinishedFolder(files, beside(files, target), target));
  }

  /** Returns one that others write, and give its place. */
  public static UnfinishedFolder elsewhere(HadoopFiles files, String path) {
    return opened(new UnfinishedFolder(files, path, path));
  }

  private static UnfinishedFolder opened(UnfinishedFolder folder) {
    OPEN.add(folder);
    return folder;
  }

  private static String beside(HadoopFiles files, String target) throws IOException {
    Path path = files.hadoopPath(target);
    Path parent = path.getParent();
    if (parent == null) {
      throw new IOException(target + ": can't be written: it is the root of a file system");
    }
    return FolderWalk.below(parent, PartName.of(path.getName())).toString();
  }

  /** Returns where to write. */
  public String path() {
    return path;
  }

  /**
   * Gives the folder its place. A folder that is there goes once the new one has its name; if that
   * fails, it has its name again.
   */
  public void finish() throws IOException {
    if (!files.exists(target)) {
      files.moveFolder(path, target);
    } else {
      String before = beside(files, target);
      files.moveFolder(target, before);
      try {
        files.moveFolder(path, target);
      } catch (IOException | RuntimeException e) {
        files.moveFolder(before, target);
        throw e;
      }
      files.remove(before);
    }
    OPEN.remove(this);
  }

  /** Says that it has got its place otherwise. */
  public void finished() {
    OPEN.remove(this);
  }

  @Override
  public void close() throws IOException {
    if (OPEN.remove(this)) {
      files.remove(path);
    }
  }

  private static void removeAll() {
    for (UnfinishedFolder folder : OPEN) {
      try {
        folder.close();
      } catch (IOException | RuntimeException e) {
        // It stays, as after kill -9: nobody is left to hear of it.
      }
    }
  }
}
