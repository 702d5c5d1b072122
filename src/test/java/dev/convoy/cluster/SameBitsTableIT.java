package dev.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The rows that can go wrong in most ways; {@code deploy/convoy-bench same-bits} has the whole
 * table.
 */
class SameBitsTableIT {
  @TempDir private Path folder;

  @Test
  void whatClustersDoToJobsChangesNoBit() throws Exception {
    SameBitsTable table = new SameBitsTable(folder, TableJob.of("lenet5"), System.out);
    table.inThisThread();
    table.failingTasks();
    table.killedExecutor("sharded");
    table.killedDriver(1);
    assertEquals(5, table.rows());
  }
}
