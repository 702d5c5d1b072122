package dev.convoy.cli;

import dev.convoy.spark.HadoopFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** The folder in which a run leaves its files. */
final class OutputFolder {
  /** The folder of the model in it. */
  static final String MODEL = "model";

  /** The log of rounds and epochs in it. */
  static final String METRICS = "metrics.jsonl";

  /** Which records of the data were skipped, and why, in it. */
  static final String BAD_RECORDS = "bad-records.jsonl";

  private static final List<String> PARTS =
      List.of(METRICS, MODEL, "checkpoints", "report.html", BAD_RECORDS);

  private final HadoopFiles files;
  private final String path;

  OutputFolder(HadoopFiles files, String path) {
    this.files = files;
    this.path = path;
  }

  /** Refuses a folder that holds a run, and a file. */
  void check(boolean overwrite) throws IOException {
    if (files.exists(path) && !files.isFolder(path)) {
      throw new WrongInputException(path + ": the output must be a folder, but is a file");
    }
    for (String part : PARTS) {
      if (!overwrite && files.exists(in(part))) {
        throw new WrongInputException(
            path
                + ": the output folder must hold no run, but holds "
                + part
                + "; --overwrite replaces it");
      }
    }
  }

  /** Makes the folder; an earlier run in it goes. */
  void prepare() throws IOException {
    files.makeFolder(path);
    for (String part : PARTS) {
      files.remove(in(part));
    }
  }

  /** A log in it: what is written can be read at each flush. */
  OutputStream log(String name) throws IOException {
    return files.log(in(name));
  }

  /** The path of one of its parts. */
  String in(String part) {
    return path + "/" + part;
  }
}
