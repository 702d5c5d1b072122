package dev.convoy.cli;

import dev.convoy.config.Job;
import dev.convoy.config.JobReader;
import dev.convoy.config.binding.TreeText;
import dev.convoy.image.DataException;
import dev.convoy.model.CheckpointFolder;
import dev.convoy.model.DamagedCheckpointException;
import dev.convoy.report.RoundLog;
import dev.convoy.spark.file.CheckpointStore;
import dev.convoy.spark.file.HadoopFiles;
import dev.convoy.train.Checkpoint;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code convoy replay}: reads a run, and changes nothing of it. */
@Command(
    name = "replay",
    description = "Does a worker's part of a round again, and compares it with what was logged.",
    footer = {"", "Example:", "  deploy/convoy replay out/fashion-sample --round 1870 --worker 1"})
final class ReplayCommand extends SparkCommand {
  @Parameters(paramLabel = "OUTPUT", description = "The output folder of a run.")
  private String path;

  @Option(
      names = "--round",
      required = true,
      paramLabel = "R",
      description = "Which round of the whole training, from 1.")
  private int round;

  @Option(
      names = "--worker",
      required = true,
      paramLabel = "K",
      description = "Which worker, from 0.")
  private int worker;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Replace a key of the run's job, as in data.train.path=copy; not what it did.")
  private List<String> overrides = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    SparkConf configuration = configuration();
    HadoopFiles files = files(configuration);
    OutputFolder output = new OutputFolder(files, path);
    RoundLog log = log(files, output.in(OutputFolder.METRICS));
    if (round < 1 || round > log.lastRound()) {
      throw new WrongInputException(
          path + ": --round must be 1 to " + log.lastRound() + ", but was " + round);
    }
    List<String> kept = output.checkpoints().newestFirst(round - 1);
    if (kept.isEmpty()) {
      throw new WrongInputException(noCheckpoint(output.checkpoints()));
    }
    Job job = job(files, kept);
    int workers = job.distribution().workers();
    if (worker < 0 || worker >= workers) {
      throw new WrongInputException(
          path + ": --worker must be 0 to " + (workers - 1) + ", but was " + worker);
    }
    try (LazySpark spark = new LazySpark(() -> start(configuration, "replay"))) {
      TrainingInput input = TrainingInput.read(path, job, files, spark);
      Resumption resumption = new Resumption(files, input, output.checkpoints());
      Checkpoint from = resumption.find(kept, System.out);
      Replay replay = new Replay(input, log, path, round, worker, System.out);
      return replay.run(spark.get(), from);
    }
  }

  private static RoundLog log(HadoopFiles files, String metrics) throws IOException {
    try (InputStream in = files.open(metrics)) {
      return RoundLog.read(in);
    } catch (DataException e) {
      throw new WrongInputException(metrics + ": must be a run's metrics, but can't be read");
    }
  }

  private String noCheckpoint(CheckpointStore checkpoints) throws IOException {
    List<String> all = checkpoints.newestFirst();
    return path
        + ": a checkpoint of a round before "
        + round
        + " is needed, but "
        + (all.isEmpty() ? "none is kept" : "the first that is kept is " + all.get(all.size() - 1))
        + "; checkpoint.keep keeps more";
  }

  /** The job that the newest of these that is whole was written by. */
  private Job job(HadoopFiles files, List<String> newestFirst) throws IOException {
    DamagedCheckpointException damaged = null;
    for (String checkpoint : newestFirst) {
      try {
        String json = TreeText.json(CheckpointFolder.describe(files, checkpoint).run().job());
        InputStream in = new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
        return JobReader.read(in, checkpoint + "/" + CheckpointFolder.DESCRIPTION, overrides);
      } catch (DamagedCheckpointException e) {
        damaged = damaged == null ? e : damaged;
      }
    }
    throw damaged;
  }
}
