package dev.convoy.run;

import dev.convoy.image.DataException;
import dev.convoy.report.MetricsHistory;
import dev.convoy.spark.file.CheckpointStore;
import dev.convoy.spark.file.HadoopFiles;
import dev.convoy.spark.file.PartName;
import dev.convoy.train.Checkpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.regex.Pattern;

/** The folder in which a run leaves its files. */
public final class OutputFolder {
  /** The folder of the model in it. */
  static final String MODEL = "model";

  /** The log of rounds and epochs in it. */
  public static final String METRICS = "metrics.jsonl";

  /** Which records of the data were skipped, and why, in it. */
  static final String BAD_RECORDS = "bad-records.jsonl";

  private static final String CHECKPOINTS = "checkpoints";
  private static final List<String> PARTS =
      List.of(METRICS, MODEL, CHECKPOINTS, "report.html", BAD_RECORDS);

  private final HadoopFiles files;
  private final String path;

  public OutputFolder(HadoopFiles files, String path) {
    this.files = files;
    this.path = path;
  }

  /** Refuses a file, a folder that is in use, and one that holds what the use has no place for. */
  void check(OutputUse use) throws IOException {
    if (files.exists(path) && !files.isFolder(path)) {
      throw new WrongInputException(path + ": the output must be a folder, but is a file");
    }
    OutputLock.refuseIfHeld(files, path);
    checkContent(use);
  }

  /** Refuses a folder that holds what the use has no place for. */
  void checkContent(OutputUse use) throws IOException {
    boolean goesOn = !checkpoints().newestFirst().isEmpty();
    if (use == OutputUse.RESUME && !goesOn && files.exists(in(MODEL))) {
      throw new WrongInputException(
          path
              + ": there must be a checkpoint to resume from, but there is a "
              + MODEL
              + " alone; OutputUse.OVERWRITE replaces it");
    }
    for (String part : PARTS) {
      if (use == OutputUse.NEW && files.exists(in(part))) {
        throw new WrongInputException(
            path
                + ": the output folder must hold no run, but holds "
                + part
                + "; "
                + (goesOn ? "OutputUse.RESUME goes on with it, " : "")
                + "OutputUse.OVERWRITE replaces it");
      }
    }
  }

  /** Makes the folder, if there is none, and locks it. */
  OutputLock lock(RunListener listener) throws IOException {
    try {
      files.makeFolder(path);
      return OutputLock.take(files, path, listener);
    } catch (IOException e) {
      String reason = e.getMessage() == null ? e.toString() : e.getMessage();
      // What the folder's own lock says before the reason is said already.
      reason = reason.replaceFirst("^" + Pattern.quote(path) + "(/[^:]*: can't be written)?: ", "");
      throw new WrongInputException(
          path + ": the output folder can't be written: " + reason.lines().findFirst().orElse(""));
    }
  }

  /** Removes what killed runs left half written; for the run that owns the folder. */
  void removeParts() throws IOException {
    for (String name : files.names(path)) {
      // Others may be trying to lock it.
      if (PartName.isOne(name) && !name.startsWith("." + OutputLock.NAME)) {
        files.remove(in(name));
      }
    }
    files.removeParts(in(MODEL));
  }

  /** Removes the run that it holds. */
  void clear() throws IOException {
    for (String part : PARTS) {
      files.remove(in(part));
    }
  }

  /** The checkpoints in it. */
  public CheckpointStore checkpoints() {
    return new CheckpointStore(files, in(CHECKPOINTS));
  }

  /**
   * The log of rounds and epochs: what is written can be read at each flush. Of a run that goes on
   * it keeps what came before.
   *
   * @param listener told where something is missing
   */
  OutputStream metrics(Checkpoint from, RunListener listener) throws IOException {
    String log = in(METRICS);
    if (from.round() == 0) {
      return files.log(log);
    }
    int[] last = new int[1];
    OutputStream goesOn =
        files.log(
            log,
            kept -> {
              try (InputStream before = files.open(log)) {
                last[0] = MetricsHistory.copy(before, kept, from);
              } catch (DataException e) {
                last[0] = 0; // it was taken away
              }
            });
    if (last[0] < from.round()) {
      listener.onNote(log + " misses the rounds from " + (last[0] + 1) + " to " + from.round());
    }
    return goesOn;
  }

  /** The path of one of its parts. */
  public String in(String part) {
    return path + "/" + part;
  }
}
