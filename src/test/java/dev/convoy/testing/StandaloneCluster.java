package dev.convoy.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A standalone cluster on this machine: a master and two workers with four cores each, as
 * processes. Whoever speaks to them must know a secret, and all they say is encrypted.
 */
public final class StandaloneCluster implements AutoCloseable {
  private static final int WORKERS = 2;
  private static final Pattern MASTER = Pattern.compile("Starting Spark master at (spark://\\S+)");

  private final Path sparkHome;
  private final Path folder;
  private final List<LoggedProcess> daemons = new ArrayList<>();
  private String master;

  private StandaloneCluster(Path sparkHome, Path folder) {
    this.sparkHome = sparkHome;
    this.folder = folder;
  }

  /**
   * Starts it, and waits until all have found each other.
   *
   * @param sparkHome Spark's folder
   * @param folder for logs and work, to be made
   */
  public static StandaloneCluster start(Path sparkHome, Path folder) throws Exception {
    StandaloneCluster cluster = new StandaloneCluster(sparkHome, folder);
    try {
      cluster.start();
      return cluster;
    } catch (Exception | AssertionError e) {
      cluster.close();
      throw e;
    }
  }

  private void start() throws Exception {
    Files.createDirectories(configuration());
    Files.writeString(
        configuration().resolve("spark-defaults.conf"),
        """
        spark.authenticate true
        spark.authenticate.secret known-to-this-cluster
        spark.network.crypto.enabled true
        spark.network.crypto.authEngineVersion 2
        spark.master.rest.enabled false
        """);
    LoggedProcess first = daemon("127.0.0.1", "master.Master", "--port", "0");
    first.await(() -> MASTER.matcher(first.log()).find());
    Matcher found = MASTER.matcher(first.log());
    if (!found.find()) {
      throw new IOException(first.log());
    }
    master = found.group(1);
    for (int i = 1; i <= WORKERS; i++) {
      Path work = folder.resolve("work" + i);
      // Each with a name of its own, as Spark makes no second attempt at a task on the same host.
      String host = "127.0.0." + i;
      daemon(
          host,
          "worker.Worker",
          "--cores",
          "4",
          "--memory",
          "2g",
          "--work-dir",
          work.toString(),
          master);
    }
    for (LoggedProcess worker : daemons.subList(1, daemons.size())) {
      worker.await(() -> worker.log().contains("Successfully registered with master"));
    }
  }

  private LoggedProcess daemon(String host, String name, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(sparkHome.resolve("bin/spark-class").toString());
    command.add("org.apache.spark.deploy." + name);
    command.addAll(List.of("--host", host, "--webui-port", "0"));
    command.addAll(List.of(arguments));
    Path log = folder.resolve("daemon" + daemons.size() + ".log");
    Map<String, String> environment = new HashMap<>(environment());
    environment.put("SPARK_LOCAL_IP", host);
    LoggedProcess daemon = LoggedProcess.start(log, environment, command);
    daemons.add(daemon);
    return daemon;
  }

  /** As {@code --master} takes it. */
  public String master() {
    return master;
  }

  /** The folder of the properties, among them the secret. */
  public Path configuration() {
    return folder.resolve("conf");
  }

  /** What a program needs to be part of it, or to submit to it. */
  public Map<String, String> environment() {
    return Map.of(
        "SPARK_HOME",
        sparkHome.toString(),
        "SPARK_CONF_DIR",
        configuration().toString(),
        "SPARK_LOCAL_IP",
        "127.0.0.1",
        // Log levels of the daemons are Spark's own.
        "SPARK_DAEMON_MEMORY",
        "512m");
  }

  /** Ends all its processes. */
  @Override
  public void close() {
    daemons.forEach(LoggedProcess::close);
  }
}
