package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.config.binding.TreeText;
import dev.convoy.config.binding.TreeWriter;
import dev.convoy.model.ModelFolder;
import dev.convoy.run.LockOwner;
import dev.convoy.spark.file.HadoopFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PrivilegedAction;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.security.UserGroupInformation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints, the lock and the log on a real HDFS. */
class ResumeOnHdfsIT {
  @TempDir private static Path clusterFolder;
  private static MiniDFSCluster hdfs;

  @TempDir private Path folder;
  private SmallJob job;
  private HadoopFiles files;

  @BeforeAll
  static void start() throws IOException {
    System.setProperty("spark.master", "local[1]");
    System.setProperty("spark.ui.enabled", "false");
    Configuration configuration = new Configuration();
    configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, clusterFolder.toString());
    hdfs = new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
    hdfs.waitActive();
  }

  @AfterAll
  static void stop() {
    System.clearProperty("spark.master");
    System.clearProperty("spark.ui.enabled");
    hdfs.shutdown();
  }

  @BeforeEach
  void writeJob() throws IOException {
    job = new SmallJob(folder);
    files = new HadoopFiles(new Configuration());
  }

  @AfterEach
  void clear() throws IOException {
    files.remove(hdfs.getURI() + "/run");
  }

  private CommandRun train(String output, String... more) {
    String[] arguments = {
      "train",
      job.file.toString(),
      "--output",
      output,
      "--set",
      "checkpoint={everyRounds: 1, keep: 3}"
    };
    String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return CommandRun.of(all);
  }

  private static float[] weights(HadoopFiles files, String run) throws IOException {
    return ModelFolder.read(files, run + "/model").parameters();
  }

  /** As a killed driver leaves it: locked, the log open, the newest checkpoint cut short. */
  @Test
  void aRunGoesOnWhereAKilledDriverLeftIt() throws IOException {
    String run = hdfs.getURI() + "/run";
    assertEquals(List.of(), train(run).err());
    final float[] expected = weights(files, run);
    String metrics = text(run + "/metrics.jsonl");
    assertEquals(
        Set.of("round-00000004", "round-00000005", "round-00000006"),
        files.names(run + "/checkpoints"));
    LockOwner self = LockOwner.self();
    LockOwner gone = new LockOwner("other", "host7", self.machine(), self.process(), "long ago", 3);
    files.save(
        run + "/run.lock",
        out -> out.write(TreeText.json(TreeWriter.write(gone)).getBytes(StandardCharsets.UTF_8)));
    files.save(run + "/checkpoints/round-00000006/state.safetensors", out -> out.write(7));
    // Another client holds the lease of a log that it will never close.
    FileSystem other = FileSystem.newInstance(hdfs.getURI(), new Configuration());
    FSDataOutputStream open =
        other.create(new org.apache.hadoop.fs.Path(run + "/metrics.jsonl"), true);
    open.write(
        metrics
            .lines()
            .limit(6)
            .reduce("", (a, b) -> a + b + "\n")
            .getBytes(StandardCharsets.UTF_8));
    open.hflush();
    CommandRun resumed = train(run, "--resume");
    assertEquals(List.of(), resumed.err());
    assertEquals(0, resumed.status());
    assertTrue(
        resumed
            .out()
            .contains(run + " was locked by " + gone.shown() + ", which is gone: taking it over"),
        () -> String.join("\n", resumed.out()));
    assertTrue(
        resumed.out().stream()
            .anyMatch(
                line -> line.startsWith("Going on from " + run + "/checkpoints/round-00000005:")),
        () -> String.join("\n", resumed.out()));
    assertArrayEquals(expected, weights(files, run));
    String times = "(econds|Second)\":[^,}]*";
    assertEquals(metrics.replaceAll(times, ""), text(run + "/metrics.jsonl").replaceAll(times, ""));
    assertFalse(files.exists(run + "/run.lock"));
    assertEquals(Set.of("checkpoints", "metrics.jsonl", "model"), files.names(run));
  }

  private String text(String path) throws IOException {
    try (InputStream in = files.open(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void aFolderThatMayNotBeWrittenIsRefused() throws IOException {
    String run = hdfs.getURI() + "/run";
    files.makeFolder(run);
    hdfs.getFileSystem().setPermission(new org.apache.hadoop.fs.Path(run), new FsPermission("555"));
    UserGroupInformation user =
        UserGroupInformation.createUserForTesting("stranger", new String[] {"strangers"});
    CommandRun refused = user.doAs((PrivilegedAction<CommandRun>) () -> train(run));
    assertEquals(2, refused.status());
    assertEquals(1, refused.err().size(), refused.err().toString());
    assertTrue(
        refused
            .err()
            .get(0)
            .startsWith(
                "convoy: " + run + ": the output folder can't be written: Permission denied"),
        refused.err().toString());
  }

  @Test
  void aFileIsClaimedOnce() throws IOException {
    for (String place : List.of(hdfs.getURI() + "/run/claimed", folder.toUri() + "claimed")) {
      assertTrue(files.claim(place, out -> out.write('a')));
      assertFalse(files.claim(place, out -> out.write('b')));
      assertEquals("a", text(place));
    }
  }

  /** Hadoop's own local file system, with checksums, is one of those that can't append. */
  @Test
  void aLogGoesOnWhereNothingCanBeAppended() throws IOException {
    Configuration configuration = new Configuration();
    configuration.set("fs.file.impl", "org.apache.hadoop.fs.LocalFileSystem");
    HadoopFiles plain = new HadoopFiles(configuration);
    for (HadoopFiles way : List.of(plain, files)) {
      String log = folder + "/log.jsonl";
      way.save(log, out -> out.write("first\nsecond\n".getBytes(StandardCharsets.UTF_8)));
      try (OutputStream out =
          way.log(log, kept -> kept.write("first\n".getBytes(StandardCharsets.UTF_8)))) {
        out.write("third\n".getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
      assertEquals("first\nthird\n", text(log));
    }
  }
}
