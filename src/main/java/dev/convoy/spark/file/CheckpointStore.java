package dev.convoy.spark.file;

import dev.convoy.model.CheckpointFolder;
import dev.convoy.model.RunIdentity;
import dev.convoy.train.Checkpoint;
import dev.convoy.train.round.TrainingPlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The checkpoints of a run, in a folder on any Hadoop file system: one a folder, named by its
 * round.
 */
public final class CheckpointStore {
  private static final String NAME_FORMAT = "round-%08d";
  private static final Pattern NAME = Pattern.compile("round-(\\d{8,10})");

  /** The name that a part had in versions that gave all the same. */
  private static final String FORMER_PART = ".part";

  private final HadoopFiles files;
  private final String folder;

  /** The checkpoints in this folder, which need not be there. */
  public CheckpointStore(HadoopFiles files, String folder) {
    this.files = files;
    this.folder = folder;
  }

  /** Returns the paths of all that are there, whole or not, the newest first. */
  public List<String> newestFirst() throws IOException {
    return rounds().stream().map(this::path).toList();
  }

  /** Returns the paths of those of this round and before, the newest first. */
  public List<String> newestFirst(long round) throws IOException {
    return rounds().stream().filter(r -> r <= round).map(this::path).toList();
  }

  private List<Long> rounds() throws IOException {
    List<Long> rounds = new ArrayList<>();
    for (String name : files.names(folder)) {
      Matcher matcher = NAME.matcher(name);
      if (matcher.matches()) {
        rounds.add(Long.valueOf(matcher.group(1)));
      }
    }
    rounds.sort(Comparator.reverseOrder());
    return rounds;
  }

  /** Returns the path of a round's checkpoint, whether it is there or not. */
  public String path(long round) {
    return folder + "/" + String.format(NAME_FORMAT, round);
  }

  /**
   * Writes a checkpoint beside the others, then gives it its name; of its round and those before it
   * the newest are kept, and the one to which training may go back.
   *
   * @param keep how many
   * @param mayWrite asked last: throws where another run owns the folder by now
   */
  public void write(
      Checkpoint checkpoint, RunIdentity run, TrainingPlan plan, int keep, Permission mayWrite)
      throws IOException {
    files.remove(folder + "/" + FORMER_PART);
    files.removeParts(folder);
    String part = folder + "/" + PartName.of(String.format(NAME_FORMAT, checkpoint.round()));
    files.makeFolder(part);
    CheckpointFolder.write(checkpoint, run, plan, files, part);
    mayWrite.check();
    files.moveFolder(part, path(checkpoint.round()));
    long fallback = checkpoint.fallbackOrThis().round();
    List<Long> before =
        rounds().stream().filter(r -> r <= checkpoint.round() && r != fallback).toList();
    int others = fallback == checkpoint.round() ? keep - 1 : keep;
    for (long old : before.subList(Math.min(others, before.size()), before.size())) {
      files.remove(path(old));
    }
  }

  /** Whether a run may still write. */
  @FunctionalInterface
  public interface Permission {
    /** Throws if it may not. */
    void check() throws IOException;
  }
}
