package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.testing.LoggedProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The signal that ends what ran on a terminal that is closed. */
class HangUpIT {
  @TempDir private Path folder;

  @Test
  void trainingStopsAfterItsRoundAndSaves() throws Exception {
    SmallJob job = new SmallJob(folder);
    Path started = folder.resolve("run/metrics.jsonl");
    // Under nohup a JVM never hears the signal: it is to be as in a terminal wherever this runs.
    String script =
        "env --default-signal=HUP \"$@\" & echo $! > " + folder.resolve("pid") + "; wait $!";
    List<String> command = List.of("train", job.file.toString(), "--set", "training.epochs=100000");
    try (LoggedProcess process = ConvoyProcess.start(folder.resolve("log"), script, command)) {
      process.await(() -> Files.exists(started) && Files.size(started) > 0);
      String pid = Files.readString(folder.resolve("pid")).strip();
      assertEquals(0, new ProcessBuilder("kill", "-HUP", pid).start().waitFor());
      assertEquals(130, process.exitStatus(), process::log);
      assertTrue(process.log().contains("Stopping after this round, and saving"), process::log);
    }
    assertTrue(Files.exists(folder.resolve("run/model/model.json")));
  }
}
