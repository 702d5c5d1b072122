package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanCommandIT {
  @TempDir private Path folder;
  private SmallJob job;

  @BeforeEach
  void writeJob() throws IOException {
    job = new SmallJob(folder);
  }

  private CommandRun plan(String arguments) {
    return CommandRun.of(
        Stream.concat(Stream.of("plan", job.file.toString()), Stream.of(arguments.split(" ")))
            .toArray(String[]::new));
  }

  @Test
  void aJobsTimeMemoryAndTheExecutorsThatPayAreTold() {
    CommandRun run = plan("--executors 3 --cores 2 --link-gbit 1");
    assertEquals(List.of(), run.err());
    assertEquals(0, run.status());
    List<String> out = run.out();
    assertEquals(
        "Plan for small: 115 parameters, 40 images, batch 4, 2 epochs", out.get(0), out::toString);
    assertTrue(out.get(1).matches("Measured here: a step .*; averaging .*"), out::toString);
    assertEquals(
        List.of("1", "2", "3"),
        out.subList(4, 7).stream().map(line -> line.strip().split(" +")[0]).toList());
    String all = String.join("\n", out);
    assertTrue(all.contains("\nOn 3 executors of 2 cores: distribution.workers=6, "), all);
    assertTrue(all.contains("\nAs the job stands, with 2 workers and H = 2: "), all);
    assertTrue(all.contains("; 4 of 6 cores idle."), all);
    assertTrue(all.contains("\nMemory: "), all);
    assertTrue(all.contains("\nMore executors stop paying at "), all);
    assertTrue(all.contains("\nOne machine is enough: "), all);
  }

  /** An epoch of a day on one machine: nobody would wait for that. */
  @Test
  void aClusterPaysWhereTheTrainingIsLong() {
    CommandRun run =
        plan("--executors 4 --cores 1 --examples 2000000000 --set training.epochs=1000");
    assertEquals(0, run.status(), () -> run.err().toString());
    assertTrue(
        run.out().get(run.out().size() - 1).startsWith("A cluster pays: "), run.out()::toString);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --executors 0 --cores 1 | --executors must be 1 to 10000, but was 0
          --executors 2 --cores -1 | --cores must be 1 to 10000, but was -1
          --executors 2 --cores 1 --link-gbit 0 | --link-gbit must be above 0 and at most 10000, but was 0.0
          --executors 2 --cores 1 --link-gbit NaN | --link-gbit must be above 0 and at most 10000, but was NaN
          --executors 2 --cores 1 --examples 0 | --examples must be at least 1, but was 0
          --executors 2 --cores 1 --examples 1 | JOB: distribution.workers must be at most the number of training examples, 1, but was 2
          --executors two --cores 1 | Invalid value for option '--executors': 'two' is not an int (see convoy plan --help)
          --executors 2 | Missing required option: '--cores=C' (see convoy plan --help)
          --executors 2 --cores 1 --link 10 | Unknown options: '--link', '10' (see convoy plan --help)
          --executors 2 --cores 1 --set training.epoch=2 | --set training.epoch=2: training.epoch is unknown; did you mean epochs? (allowed: epochs, batchSize, loss, optimizer, schedule, clip, earlyStopping, shuffle, initialWeights, trainable, frozen, rates, unfreeze, onNonFinite)
          """)
  void whatIsWrongIsSaidInOneLine(String arguments, String message) {
    CommandRun run = plan(arguments);
    assertEquals(2, run.status());
    assertEquals(1, run.err().size(), run.err()::toString);
    String line = run.err().get(0).replace(job.file.toString(), "JOB");
    assertEquals("convoy: " + message, line);
  }
}
