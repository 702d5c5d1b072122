package dev.convoy.cluster;

import dev.convoy.testing.HadoopCluster;
import dev.convoy.testing.StandaloneCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.LogManager;

/**
 * Prints the whole table of trainings that end in the same bits. Its arguments are a folder for all
 * they write, Spark's folder, and names of networks.
 */
public final class WholeTable {
  private static final int KILLS = 3;

  private WholeTable() {}

  /** As above; throws where bits differ. */
  public static void main(String[] args) throws Exception {
    // The mini clusters' web servers log there, between the lines of the table.
    LogManager.getLogManager().reset();
    Path folder = Path.of(args[0]);
    Path sparkHome = Path.of(args[1]);
    List<String> networks = List.of(args).subList(2, args.length);
    for (String network : networks) {
      SameBitsTable table = new SameBitsTable(folder, TableJob.of(network), System.out);
      table.inThisThread();
      table.localModes();
      try (StandaloneCluster cluster =
          StandaloneCluster.start(sparkHome, folder.resolve(network + "-standalone"))) {
        table.standalone(cluster);
        table.speculation(cluster);
      }
      Path place = Files.createDirectories(folder.resolve(network + "-hadoop"));
      try (HadoopCluster hadoop = new HadoopCluster(place)) {
        table.yarn(hadoop, sparkHome);
      }
      table.failingTasks();
      for (int kill = 0; kill < KILLS; kill++) {
        table.killedExecutor(kill % 2 == 0 ? "driver" : "sharded");
      }
      table.killedDriver(KILLS);
      System.out.println(
          network + ": " + table.rows() + " ways to train it, and the same SHA-256 from each");
    }
    System.exit(0); // Hadoop's servers leave threads behind
  }
}
