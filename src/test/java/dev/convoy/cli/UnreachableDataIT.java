package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.spark.file.HadoopFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training whose data lie on an HDFS that no data node can be reached of. */
class UnreachableDataIT {
  @TempDir private Path folder;
  private MiniDFSCluster hdfs;

  @BeforeEach
  void start() throws IOException {
    System.setProperty("spark.master", "local[1]");
    System.setProperty("spark.ui.enabled", "false");
    // Hadoop's client tries three times again, after seconds.
    System.setProperty("spark.hadoop.dfs.client.retry.window.base", "10");
    Configuration configuration = new Configuration();
    configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.resolve("hdfs").toString());
    hdfs = new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
    hdfs.waitActive();
  }

  @AfterEach
  void stop() {
    System.clearProperty("spark.master");
    System.clearProperty("spark.ui.enabled");
    System.clearProperty("spark.hadoop.dfs.client.retry.window.base");
    hdfs.shutdown();
  }

  @Test
  void endsWithALineThatNamesTheFileAndLeavesNothing() throws IOException {
    SmallJob job = new SmallJob(folder);
    HadoopFiles files = new HadoopFiles(new Configuration());
    for (String name : List.of("images", "labels")) {
      byte[] bytes = Files.readAllBytes(folder.resolve(name));
      files.save(hdfs.getURI() + "/" + name, out -> out.write(bytes));
    }
    String text = job.text().replace(folder + "/images", hdfs.getURI() + "/images");
    Files.writeString(job.file, text.replace(folder + "/labels", hdfs.getURI() + "/labels"));
    hdfs.stopDataNode(0);
    CommandRun run = CommandRun.of("train", job.file.toString());
    assertEquals(1, run.err().size(), run.err().toString());
    assertTrue(run.err().get(0).startsWith("convoy: "), run.err().toString());
    assertTrue(run.err().get(0).contains("Could not obtain block"), run.err().toString());
    assertTrue(run.err().get(0).contains("/images"), run.err().toString());
    assertEquals(1, run.status());
    assertFalse(Files.exists(folder.resolve("run/model")));
  }
}
