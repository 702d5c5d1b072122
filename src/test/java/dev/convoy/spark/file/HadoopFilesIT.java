package dev.convoy.spark.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.image.DataException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivilegedAction;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.security.UserGroupInformation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** On the local file system, and on a real HDFS that is also the default file system. */
class HadoopFilesIT {
  @TempDir private static Path folder;

  private static MiniDFSCluster hdfs;

  @BeforeAll
  static void startHdfs() throws IOException {
    Configuration configuration = new Configuration();
    configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.resolve("hdfs").toString());
    hdfs = new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
    hdfs.waitActive();
  }

  @AfterAll
  static void stopHdfs() {
    hdfs.shutdown();
  }

  /** A folder on each file system. */
  static Stream<String> folders() {
    return Stream.of(folder.toUri() + "files", hdfs.getURI() + "/files");
  }

  @ParameterizedTest
  @MethodSource("folders")
  void savesAndReadsFiles(String files) throws IOException {
    String path = files + "/a/b.txt";
    HadoopFiles hadoop = files();
    assertFalse(hadoop.exists(path));
    hadoop.save(path, out -> out.write("first".getBytes(UTF_8)));
    assertTrue(hadoop.exists(path));
    assertEquals("first", read(hadoop, path));
    assertTrue(hadoop.isFolder(files + "/a"));
    assertFalse(hadoop.isFolder(path));
    hadoop.save(path, out -> out.write("second, and longer".getBytes(UTF_8)));
    assertEquals("second, and longer", read(hadoop, path));
    assertEquals(List.of("b.txt"), names(files + "/a"));
    hadoop.remove(files);
    assertFalse(hadoop.exists(path));
    hadoop.remove(files);
  }

  @ParameterizedTest
  @MethodSource("folders")
  void aSaveThatFailsLeavesWhatWasThere(String files) throws IOException {
    String path = files + "/kept.txt";
    HadoopFiles hadoop = files();
    hadoop.save(path, out -> out.write("whole".getBytes(UTF_8)));
    assertThrows(
        IllegalStateException.class,
        () ->
            hadoop.save(
                path,
                out -> {
                  out.write("half".getBytes(UTF_8));
                  throw new IllegalStateException("the writer gave up");
                }));
    assertEquals("whole", read(hadoop, path));
    assertEquals(List.of("kept.txt"), names(files));
    hadoop.remove(files);
  }

  @ParameterizedTest
  @MethodSource("folders")
  void aReaderAlwaysFindsAWholeFile(String files) throws Exception {
    String path = files + "/state.txt";
    HadoopFiles hadoop = files();
    hadoop.save(path, out -> out.write("0".repeat(1000).getBytes(UTF_8)));
    Thread writer =
        new Thread(
            () -> {
              for (int i = 1; i <= 30; i++) {
                save(hadoop, path, Integer.toString(i % 10).repeat(1000).getBytes(UTF_8));
              }
            });
    writer.start();
    while (writer.isAlive()) {
      assertTrue(hadoop.exists(path));
      // HDFS deletes the blocks of a replaced file under its readers.
      if (path.startsWith("file:")) {
        String content = read(hadoop, path);
        assertEquals(content.substring(0, 1).repeat(1000), content);
      }
    }
    writer.join();
    assertEquals("0".repeat(1000), read(hadoop, path));
    hadoop.remove(files);
  }

  @ParameterizedTest
  @MethodSource("folders")
  void aLogCanBeReadAtEachFlush(String files) throws IOException {
    String path = files + "/log.jsonl";
    HadoopFiles hadoop = files();
    try (var log = hadoop.log(path)) {
      log.write("{}\n".getBytes(UTF_8));
      log.flush();
      assertEquals("{}\n", read(hadoop, path));
      log.write("{}\n".getBytes(UTF_8));
    }
    assertEquals("{}\n{}\n", read(hadoop, path));
    assertEquals(List.of("log.jsonl"), names(files));
    hadoop.remove(files);
  }

  @ParameterizedTest
  @MethodSource("folders")
  void listsFoldersWithoutWhatIsHidden(String files) throws IOException {
    HadoopFiles hadoop = files();
    List<String> visible = List.of("Z.txt", "a b.txt", "a/b.txt", "a/deep/er/c.txt", "a:d.txt");
    for (String name : visible) {
      if (!name.contains(":") || files.startsWith("file:")) { // HDFS allows no colons
        hadoop.save(files + "/" + name, out -> out.write(1));
      }
    }
    for (String name : List.of(".hidden", "_hidden", "a/.b/c.txt", "a/_SUCCESS")) {
      hadoop.save(files + "/" + name, out -> out.write(1));
    }
    hadoop.makeFolder(files + "/empty");
    List<String> found = hadoop.filesBelow(files);
    assertEquals(files.startsWith("file:") ? visible : visible.subList(0, 4), found);
    assertEquals(Set.of("b.txt", "deep", ".b", "_SUCCESS"), hadoop.names(files + "/a"));
    assertEquals(Set.of(), hadoop.names(files + "/missing"));
    hadoop.remove(files);
  }

  @Test
  void aPathHasOneAbsoluteForm() throws IOException {
    String uri = hdfs.getURI().toString();
    HadoopFiles hadoop = files();
    assertEquals(uri + "/a/b", hadoop.absolute("/a//c/../b/"));
    assertEquals(uri + "/a/b", hadoop.absolute(uri + "/a/b"));
    assertEquals(hadoop.absolute("x"), hadoop.absolute("./y/../x"));
    HadoopFiles local = new HadoopFiles(new Configuration());
    String here = Path.of("x").toAbsolutePath().toString();
    assertEquals("file:" + here, local.absolute("x"));
    assertEquals("file:" + here, local.absolute(here));
    assertEquals("file:" + here, local.absolute("file://" + here));
  }

  @ParameterizedTest
  @MethodSource("folders")
  void refusesWhatIsNoFile(String files) throws IOException {
    HadoopFiles hadoop = files();
    hadoop.makeFolder(files + "/folder");
    assertRefused(hadoop, files + "/missing", files + "/missing: file not found");
    assertRefused(hadoop, files + "/folder", files + "/folder: must be a file, but is a folder");
    hadoop.remove(files);
  }

  @Test
  void refusesPathsThatHadoopDoesNotKnow() {
    assertRefused(
        files(),
        "gopher://host/file",
        "gopher://host/file: must be on a file system that Hadoop knows, but No FileSystem for"
            + " scheme \"gopher\"");
    assertRefused(
        files(), "", "'': must be a path, but Can not create a Path from an empty string");
  }

  @Test
  void saysThatAFileMayNotBeRead() throws IOException {
    HadoopFiles hadoop = files();
    String path = hdfs.getURI() + "/secret.txt";
    hadoop.save(path, out -> out.write(1));
    org.apache.hadoop.fs.Path secret = new org.apache.hadoop.fs.Path(path);
    hdfs.getFileSystem().setPermission(secret, new FsPermission("000"));
    Configuration stranger = hdfs.getConfiguration(0);
    UserGroupInformation user =
        UserGroupInformation.createUserForTesting("stranger", new String[] {"strangers"});
    user.doAs(
        (PrivilegedAction<Void>)
            () -> {
              DataException e =
                  assertThrows(
                      DataException.class, () -> new HadoopFiles(stranger).open(path).close());
              assertTrue(
                  e.getMessage().startsWith(path + ": cannot be read: Permission denied"),
                  e.getMessage());
              assertEquals(1, e.getMessage().lines().count());
              return null;
            });
  }

  @Test
  void aPathWithoutASchemeIsOnTheDefaultFileSystemAndInItsWorkingDirectory() throws IOException {
    HadoopFiles hadoop = files();
    hadoop.save("relative.txt", out -> out.write(1));
    FileSystem system = hdfs.getFileSystem();
    assertTrue(
        system.exists(new org.apache.hadoop.fs.Path(system.getHomeDirectory(), "relative.txt")));
    HadoopFiles local = new HadoopFiles(new Configuration());
    assertTrue(local.exists("pom.xml"));
  }

  @Test
  void travelsWithTasks() throws Exception {
    HadoopFiles hadoop = files();
    hadoop.save("travels.txt", out -> out.write("here".getBytes(UTF_8)));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(hadoop);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertEquals("here", read((HadoopFiles) in.readObject(), "travels.txt"));
    }
  }

  private static HadoopFiles files() {
    return new HadoopFiles(hdfs.getConfiguration(0));
  }

  private static void save(HadoopFiles hadoop, String path, byte[] content) {
    try {
      hadoop.save(path, out -> out.write(content));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(HadoopFiles hadoop, String path) throws IOException {
    try (InputStream in = hadoop.open(path)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  /** What lies in a folder, hidden files too. */
  private static List<String> names(String path) throws IOException {
    if (path.startsWith("file:")) {
      try (Stream<Path> files = Files.list(Path.of(URI.create(path)))) {
        return files.map(file -> file.getFileName().toString()).sorted().toList();
      }
    }
    FileStatus[] files = hdfs.getFileSystem().listStatus(new org.apache.hadoop.fs.Path(path));
    return Arrays.stream(files).map(file -> file.getPath().getName()).sorted().toList();
  }

  private static void assertRefused(HadoopFiles hadoop, String path, String message) {
    DataException e = assertThrows(DataException.class, () -> hadoop.open(path).close());
    assertEquals(message, e.getMessage());
  }
}
