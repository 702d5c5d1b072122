package dev.convoy.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.MiniYARNCluster;

/** HDFS with two data nodes and YARN with two node managers, in this JVM. */
public final class HadoopCluster implements AutoCloseable {
  private static final int NODES = 2;
  private static final int READY_MILLIS = 60_000;

  private final Path folder;
  private final MiniDFSCluster hdfs;
  private final MiniYARNCluster yarn;

  /**
   * Starts it, and waits until all have found each other.
   *
   * @param folder for all it writes, to be made
   */
  public HadoopCluster(Path folder) throws Exception {
    this.folder = folder;
    Files.createDirectories(configuration());
    System.setProperty("test.build.data", folder.toString()); // where YARN's nodes work
    Configuration forHdfs = new Configuration();
    forHdfs.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.resolve("dfs").toString());
    forHdfs.set("dfs.replication", "1");
    hdfs = new MiniDFSCluster.Builder(forHdfs).numDataNodes(NODES).build();
    hdfs.waitActive();
    yarn = new MiniYARNCluster("convoy", NODES, 1, 1);
    yarn.init(forYarn());
    yarn.start();
    if (!yarn.waitForNodeManagersToConnect(READY_MILLIS)) {
      throw new IOException("YARN's node managers did not connect");
    }
    writeConfiguration();
  }

  private YarnConfiguration forYarn() {
    YarnConfiguration configuration = new YarnConfiguration();
    configuration.set("fs.defaultFS", hdfs.getURI().toString());
    Map.of(
            "yarn.nodemanager.vmem-check-enabled", "false",
            "yarn.nodemanager.pmem-check-enabled", "false",
            "yarn.nodemanager.resource.memory-mb", "4096",
            "yarn.nodemanager.resource.cpu-vcores", "4",
            "yarn.scheduler.minimum-allocation-mb", "256",
            "yarn.scheduler.capacity.root.queues", "default",
            "yarn.scheduler.capacity.root.default.capacity", "100",
            "yarn.scheduler.capacity.maximum-am-resource-percent", "0.8",
            // A full disk of the machine that tests is no reason to use no disk.
            "yarn.nodemanager.disk-health-checker.max-disk-utilization-per-disk-percentage", "99.5",
            "yarn.minicluster.control-resource-monitoring", "false")
        .forEach(configuration::set);
    return configuration;
  }

  /** What was set here alone: defaults are every client's own. */
  private void writeConfiguration() throws IOException {
    Configuration all = yarn.getConfig();
    Configuration site = new Configuration(false);
    for (Map.Entry<String, String> entry : all) {
      String[] sources = all.getPropertySources(entry.getKey());
      boolean ours = sources != null && sources[sources.length - 1].contains("programmatically");
      // A class of the tests of Hadoop, which clients have not.
      if (ours && !entry.getKey().equals("net.topology.node.switch.mapping.impl")) {
        site.set(entry.getKey(), all.get(entry.getKey()));
      }
    }
    Configuration core = new Configuration(false);
    core.set("fs.defaultFS", hdfs.getURI().toString());
    core.set("dfs.replication", "1");
    write(site, "yarn-site.xml");
    write(core, "core-site.xml");
  }

  private void write(Configuration configuration, String name) throws IOException {
    try (OutputStream out = Files.newOutputStream(configuration().resolve(name))) {
      configuration.writeXml(out);
    }
  }

  /** As HADOOP_CONF_DIR takes it. */
  public Path configuration() {
    return folder.resolve("conf");
  }

  /** As the URI of its default file system. */
  public String hdfs() {
    return hdfs.getURI().toString();
  }

  @Override
  public void close() {
    yarn.stop();
    hdfs.shutdown();
  }
}
