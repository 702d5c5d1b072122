package dev.convoy.spark.file;

import dev.convoy.data.FileOpener;
import dev.convoy.image.DataException;
import dev.convoy.model.FileSaver;
import java.io.BufferedOutputStream;
import java.io.FileNotFoundException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.security.AccessControlException;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Files on any Hadoop file system, by the path that the user gave: without a scheme on the default
 * file system, relative ones to the working directory. Travels with tasks.
 */
public final class HadoopFiles implements FileOpener, FileSaver, Serializable {
  private static final long serialVersionUID = 1;

  private final SerializableConfiguration configuration;

  /** That of the driver: executors have their own. */
  private final String workingDirectory;

  /** Files by this configuration. */
  public HadoopFiles(Configuration configuration) {
    this.configuration = new SerializableConfiguration(configuration);
    try {
      URI standard = FileSystem.getDefaultUri(configuration);
      this.workingDirectory =
          FileSystems.of(standard, configuration).getWorkingDirectory().toString();
    } catch (IOException e) {
      throw new UncheckedIOException("The default file system can't be reached", e);
    }
  }

  @Override
  public InputStream open(String path) throws IOException {
    Path file = resolve(path);
    FileSystem system = system(file);
    try {
      if (system.getFileStatus(file).isDirectory()) {
        throw new DataException(path + ": must be a file, but is a folder");
      }
      SpecialFile.check(system, file, path);
    } catch (FileNotFoundException e) {
      throw new DataException(path + ": file not found", e);
    }
    try {
      return system.open(file);
    } catch (FileNotFoundException | AccessControlException e) {
      // From HDFS, the message carries the server's stack trace.
      String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new DataException(path + ": cannot be read: " + reason, e);
    }
  }

  /** Tells whether there is a file or folder. */
  public boolean exists(String path) throws IOException {
    Path file = resolve(path);
    return system(file).exists(file);
  }

  /** Whether there is a folder. */
  public boolean isFolder(String path) throws IOException {
    Path file = resolve(path);
    return exists(path) && system(file).getFileStatus(file).isDirectory();
  }

  /**
   * Returns the same for every way to write the same path: with scheme and authority, without dots.
   */
  public String absolute(String path) throws IOException {
    Path file = resolve(path);
    FileSystem system = system(file);
    return system.makeQualified(file).toString();
  }

  /** Returns the names of what lies in a folder; none if there is no such folder. */
  public Set<String> names(String folder) throws IOException {
    if (!isFolder(folder)) {
      return Set.of();
    }
    Path path = resolve(folder);
    FileSystem system = system(path);
    if (system instanceof RawLocalFileSystem) {
      return LocalNames.names(local(path));
    }
    return Arrays.stream(system.listStatus(path))
        .map(entry -> entry.getPath().getName())
        .collect(Collectors.toSet());
  }

  /**
   * Returns the files and folders that a pattern matches, sorted, but for those of a dot or an
   * underscore at the start, and those in such folders.
   */
  List<String> matches(String pattern) throws IOException {
    Path path = resolve(pattern);
    FileSystem system = system(path);
    FileStatus[] found = system.globStatus(path);
    String fixed = GlobPrefix.of(system.makeQualified(path).toUri().getPath());
    boolean plain = new Path(pattern).toUri().getScheme() == null;
    return found == null
        ? List.of()
        : Arrays.stream(found)
            .map(FileStatus::getPath)
            .filter(entry -> !GlobPrefix.hides(entry.toUri().getPath().substring(fixed.length())))
            .map(entry -> plain ? entry.toUri().getPath() : entry.toString())
            .sorted()
            .toList();
  }

  @Override
  public long length(String path) throws IOException {
    Path file = resolve(path);
    FileSystem system = system(file);
    try {
      SpecialFile.check(system, file, path);
      return system.getFileStatus(file).getLen();
    } catch (FileNotFoundException e) {
      throw new DataException(path + ": file not found", e);
    }
  }

  /**
   * Returns the names of the folders in a folder, but for those of a dot or an underscore at the
   * start.
   */
  public List<String> folders(String folder) throws IOException {
    Path path = resolve(folder);
    return Arrays.stream(LocalNames.list(system(path), path))
        .filter(FileStatus::isDirectory)
        .map(entry -> entry.getPath().getName())
        .filter(name -> !name.startsWith(".") && !name.startsWith("_"))
        .sorted()
        .toList();
  }

  /**
   * Returns what checks links to paths below a folder.
   *
   * @param follows whether they may lead out of it
   */
  public LinkCheck links(String folder, boolean follows) throws IOException {
    Path top = resolve(folder);
    return LinkCheck.of(system(top), top, follows);
  }

  /**
   * Refuses a path that this machine's Java can't spell in its locale, for tasks whose machine may
   * have another locale than the driver, which found the path.
   */
  public void checkSpelling(String path) throws IOException {
    if (!LocalNames.spellsAll()) {
      system(resolve(path));
    }
  }

  /** A path as Hadoop has it. */
  public Path hadoopPath(String path) throws IOException {
    return new Path(absolute(path));
  }

  /** Returns what all file systems are reached by. */
  public Configuration configuration() {
    return configuration.value();
  }

  /**
   * Returns the files below a folder, at any depth, in alphabetical order, as paths that lead on
   * from it. Those that start with a dot or an underscore, and all in folders that do, are left
   * out, as Hadoop's readers do.
   *
   * @throws DataException if a symbolic link leads out of the folder or round in a circle
   */
  public List<String> filesBelow(String folder) throws IOException {
    return filesBelow(folder, false);
  }

  /**
   * Returns the same files.
   *
   * @param followsLinks whether symbolic links may lead out of the folder
   */
  public List<String> filesBelow(String folder, boolean followsLinks) throws IOException {
    return List.copyOf(lengthsBelow(folder, followsLinks).keySet());
  }

  /** Returns the same files, with the bytes that each has. */
  public SortedMap<String, Long> lengthsBelow(String folder, boolean followsLinks)
      throws IOException {
    Path top = resolve(folder);
    return FolderWalk.lengths(system(top), top, followsLinks);
  }

  /** Makes a folder and those above it. */
  public void makeFolder(String path) throws IOException {
    Path folder = resolve(path);
    try {
      if (!system(folder).mkdirs(folder)) {
        throw new IOException(path + ": the folder can't be made");
      }
    } catch (FileSystemException e) {
      throw new IOException(path + ": the folder can't be made: " + WriteFailure.reason(e), e);
    }
  }

  /** Removes a file, or a folder with all in it, if there is one. */
  public void remove(String path) throws IOException {
    Path file = resolve(path);
    FileSystem system = system(file);
    if (!system.delete(file, true) && system.exists(file)) {
      throw new IOException(path + ": can't be removed");
    }
  }

  /**
   * Removes what killed processes left of files that they were writing into a folder. Nobody else
   * may be writing there.
   */
  public void removeParts(String folder) throws IOException {
    for (String name : names(folder)) {
      if (PartName.isOne(name)) {
        remove(folder + "/" + name);
      }
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>Of several that save the same file at once, the last stays. A process that is killed may
   * leave a {@linkplain PartName part}.
   *
   * @throws DataException if what has the name is a folder, or no file at all
   * @throws IOException that names the path and the reason
   */
  @Override
  public void save(String path, Content content) throws IOException {
    Path file = resolve(path);
    FileSystem system = system(file);
    OutputName.check(system, file, path);
    Path part = FolderWalk.below(file.getParent(), PartName.of(file.getName()));
    try (UnfinishedFile unfinished = UnfinishedFile.of(system, part)) {
      write(system, part, path, content);
      replace(system, part, file, path);
      unfinished.finish();
    }
  }

  /** Writes a file that nobody has yet; the path is for errors. */
  private static void write(FileSystem system, Path part, String path, Content content)
      throws IOException {
    NamedOutput out = new NamedOutput(new BufferedOutputStream(open(system, part, path)), path);
    try (out) {
      content.writeTo(out);
    } catch (IOException | RuntimeException e) {
      out.check(); // what writes pictures has words of its own
      throw e;
    }
    out.check();
  }

  private static FSDataOutputStream open(FileSystem system, Path part, String path)
      throws IOException {
    try {
      return system.create(part, false);
    } catch (IOException | FSError e) {
      throw WriteFailure.of(path, e);
    }
  }

  /** Renames a folder; one that has the new name goes. */
  public void moveFolder(String from, String to) throws IOException {
    Path target = resolve(to);
    FileSystem system = system(target);
    system.delete(target, true);
    rename(system, resolve(from), target, to);
  }

  /**
   * Saves a file unless there is one: of several that do so at once, one succeeds. Where a file
   * system can't rename in one step (object stores), two may, of which the later stays.
   *
   * @return whether it was saved
   */
  public boolean claim(String path, Content content) throws IOException {
    Path file = resolve(path);
    FileSystem system = system(file);
    if (system.exists(file)) {
      return false;
    }
    Path part = FolderWalk.below(file.getParent(), PartName.of(file.getName()));
    try (UnfinishedFile unfinished = UnfinishedFile.of(system, part)) {
      write(system, part, path, content);
      return renameToNew(system, part, file);
    }
  }

  private boolean renameToNew(FileSystem system, Path from, Path to) throws IOException {
    if (system instanceof RawLocalFileSystem) {
      // A rename would replace; a second name for the same file can't.
      try {
        Files.createLink(local(to), local(from));
        return true;
      } catch (FileAlreadyExistsException e) {
        return false;
      } catch (UnsupportedOperationException e) {
        return system.rename(from, to); // a file system without hard links
      }
    }
    try {
      FileContext.getFileContext(system.getUri(), configuration.value())
          .rename(from, to, Options.Rename.NONE);
      return true;
    } catch (org.apache.hadoop.fs.FileAlreadyExistsException e) {
      return false;
    } catch (UnsupportedFileSystemException e) {
      return system.rename(from, to);
    }
  }

  private static java.nio.file.Path local(Path path) {
    return java.nio.file.Path.of(path.toUri().getPath());
  }

  /** Starts a file anew for lines that others may read at each flush. */
  public OutputStream log(String path) throws IOException {
    Path file = resolve(path);
    FileSystem system = system(file);
    OutputName.check(system, file, path);
    system.delete(file, false);
    return flushing(system, file, path);
  }

  /**
   * Goes on with a log: first puts {@code before} in its place, then lets lines follow.
   *
   * @param before what the log holds so far
   */
  public OutputStream log(String path, Content before) throws IOException {
    Path file = resolve(path);
    FileSystem system = system(file);
    if (system instanceof RawLocalFileSystem || "hdfs".equals(system.getScheme())) {
      OutputName.check(system, file, path);
      return logRenamed(system, file, path, before);
    }
    save(path, before);
    try {
      return flushing(system.append(file), path);
    } catch (UnsupportedOperationException e) {
      return logAnew(system, file, path);
    }
  }

  /**
   * A file gets its name while it is open: HDFS appends to none that a killed client still holds,
   * and in small clusters to none at all.
   */
  private OutputStream logRenamed(FileSystem system, Path file, String path, Content before)
      throws IOException {
    Path part = FolderWalk.below(file.getParent(), PartName.of(file.getName()));
    OutputStream out = flushing(system, part, path);
    try (UnfinishedFile unfinished = UnfinishedFile.of(system, part)) {
      before.writeTo(out);
      out.flush();
      replace(system, part, file, path);
      unfinished.finish();
      return out;
    } catch (IOException | RuntimeException e) {
      out.close();
      throw e;
    }
  }

  /** Writes a log anew where nothing can be appended; it is there once it is closed. */
  private OutputStream logAnew(FileSystem system, Path file, String path) throws IOException {
    Path part = FolderWalk.below(file.getParent(), PartName.of(file.getName()));
    OutputStream out = flushing(system, part, path);
    try (InputStream in = system.open(file)) {
      in.transferTo(out);
    }
    return new FilterOutputStream(out) {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
      }

      @Override
      public void close() throws IOException {
        super.close();
        replace(system, part, file, path);
      }
    };
  }

  private static OutputStream flushing(FileSystem system, Path file, String path)
      throws IOException {
    return flushing(open(system, file, path), path);
  }

  private static OutputStream flushing(FSDataOutputStream stream, String path) {
    return new NamedOutput(
        new FilterOutputStream(stream) {
          @Override
          public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
          }

          @Override
          public void flush() throws IOException {
            stream.hflush();
          }
        },
        path);
  }

  /** Renames in one step, so that there is always a whole file. */
  private void replace(FileSystem system, Path from, Path to, String path) throws IOException {
    if (system instanceof RawLocalFileSystem) {
      rename(system, from, to, path); // As POSIX has it, this replaces.
      return;
    }
    try {
      FileContext.getFileContext(system.getUri(), configuration.value())
          .rename(from, to, Options.Rename.OVERWRITE);
    } catch (UnsupportedFileSystemException e) {
      // Known to the older of Hadoop's two interfaces alone, which can't replace: for a moment
      // there is no file, but never half of one.
      system.delete(to, false);
      rename(system, from, to, path);
    }
  }

  private static void rename(FileSystem system, Path from, Path to, String path)
      throws IOException {
    try {
      if (!system.rename(from, to)) {
        throw new IOException(to + ": can't be renamed from " + from);
      }
    } catch (FileSystemException e) {
      throw WriteFailure.of(path, e);
    }
  }

  private Path resolve(String path) {
    if (path.indexOf('\0') >= 0) {
      throw new DataException(
          "'" + path.replace("\0", "\\0") + "': must be a path, but has a character NUL");
    }
    try {
      Path given = new Path(path);
      return given.isAbsolute() ? given : new Path(workingDirectory, given);
    } catch (IllegalArgumentException e) {
      throw new DataException("'" + path + "': must be a path, but " + e.getMessage(), e);
    }
  }

  /** Returns the file system that a path names. */
  private FileSystem system(Path path) throws IOException {
    try {
      FileSystem system = FileSystems.of(path.toUri(), configuration.value());
      if (system instanceof RawLocalFileSystem) {
        LocalNames.check(path.toUri().getPath());
      }
      return system;
    } catch (UnsupportedFileSystemException e) {
      throw new DataException(
          path + ": must be on a file system that Hadoop knows, but " + e.getMessage(), e);
    }
  }
}
