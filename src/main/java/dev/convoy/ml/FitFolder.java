package dev.convoy.ml;

import dev.convoy.config.Job;
import dev.convoy.config.binding.TreeText;
import dev.convoy.config.binding.TreeWriter;
import dev.convoy.spark.file.HadoopFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Where the run of a fit is while it lasts: a temporary folder, or one that a later fit of the same
 * params goes on from.
 *
 * @param path of the run
 * @param top what goes with the run
 * @param stays whether it is left where the fit fails
 */
record FitFolder(String path, String top, boolean stays) {
  /** Begins the names of temporary folders; the process's number follows. */
  static final String TEMPORARY = "convoy-fit-";

  private static final String KEPT = "fit-";

  /** Characters of a fingerprint, enough to tell any fits apart. */
  private static final int CHARACTERS = 16;

  /** Makes a temporary folder. */
  static FitFolder temporary() throws IOException {
    Path top = Files.createTempDirectory(TEMPORARY + ProcessHandle.current().pid() + "-");
    return new FitFolder(
        top.resolve("run").toUri().toString(), top.toUri().toString(), /* stays= */ false);
  }

  /**
   * Returns a fit's own folder, which fits of other params or columns don't share.
   *
   * @param parent in which fits leave checkpoints
   * @param job with any output
   * @param columns that the fit reads
   */
  static FitFolder in(String parent, Job job, List<String> columns) {
    String what = TreeText.json(TreeWriter.write(job)) + '\n' + String.join("\n", columns);
    try {
      byte[] sum =
          MessageDigest.getInstance("SHA-256").digest(what.getBytes(StandardCharsets.UTF_8));
      String name = KEPT + HexFormat.of().formatHex(sum).substring(0, CHARACTERS);
      String path = parent.endsWith("/") ? parent + name : parent + "/" + name;
      return new FitFolder(path, path, /* stays= */ true);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of each Java", e);
    }
  }

  /** Removes all that the fit has left. */
  void remove(HadoopFiles files) throws IOException {
    files.remove(top);
  }
}
