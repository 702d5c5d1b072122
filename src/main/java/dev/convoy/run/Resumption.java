package dev.convoy.run;

import dev.convoy.config.Job;
import dev.convoy.config.JobChanges;
import dev.convoy.config.binding.Binder;
import dev.convoy.config.tree.ConfigException;
import dev.convoy.config.tree.Tree;
import dev.convoy.model.CheckpointDescription;
import dev.convoy.model.CheckpointFolder;
import dev.convoy.model.DamagedCheckpointException;
import dev.convoy.model.RunIdentity;
import dev.convoy.spark.file.CheckpointStore;
import dev.convoy.spark.file.HadoopFiles;
import dev.convoy.train.Checkpoint;
import dev.convoy.train.fault.Recovery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds the checkpoint from which a run goes on: the newest that is whole. */
public final class Resumption {
  /** Changes that an error names; it is one line. */
  private static final int SHOWN = 6;

  private final HadoopFiles files;
  private final CheckpointStore store;
  private final TrainingInput input;
  private final RunIdentity run;

  public Resumption(HadoopFiles files, TrainingInput input, CheckpointStore store) {
    this.store = store;
    this.files = files;
    this.input = input;
    this.run = input.identity();
  }

  /**
   * The checkpoint.
   *
   * @param newestFirst paths of checkpoints
   * @param listener told which is taken, and which are damaged
   * @return nothing if there are none
   * @throws WrongInputException if all are damaged, or are of a job that gives other weights
   */
  public @Nullable Checkpoint find(List<String> newestFirst, RunListener listener)
      throws IOException {
    List<String> damaged = new ArrayList<>();
    for (String path : newestFirst) {
      try {
        CheckpointDescription description = CheckpointFolder.describe(files, path);
        check(description, path);
        Checkpoint found =
            withFallback(CheckpointFolder.read(files, path, description, input.plan()));
        damaged.forEach(line -> listener.onNote(line + "; the one before it is taken"));
        tell(found, description, path, listener);
        return found;
      } catch (DamagedCheckpointException e) {
        damaged.add(path + " is damaged: " + e.getMessage());
      }
    }
    if (!damaged.isEmpty()) {
      throw new WrongInputException(
          input.job().output()
              + ": there must be a checkpoint that is whole, but of "
              + damaged.size()
              + " there is none; "
              + damaged.get(0)
              + "; OutputUse.OVERWRITE starts anew");
    }
    return null;
  }

  /** Adds the checkpoint to which training goes back if a value is not finite. */
  private Checkpoint withFallback(Checkpoint found) throws IOException {
    Recovery recovery = input.plan().recovery();
    if (recovery == null || found.round() % recovery.everyRounds() == 0) {
      return found;
    }
    int round = found.round() / recovery.everyRounds() * recovery.everyRounds();
    if (round == 0) {
      return found.withFallback(Checkpoint.initial(input.plan(), input.initialWeights(files)));
    }
    String path = store.path(round);
    try {
      CheckpointDescription description = CheckpointFolder.describe(files, path);
      check(description, path);
      return found.withFallback(CheckpointFolder.read(files, path, description, input.plan()));
    } catch (DamagedCheckpointException e) {
      throw new DamagedCheckpointException(
          path + ", to which training may go back, is damaged: " + e.getMessage(), e);
    }
  }

  private void tell(
      Checkpoint found, CheckpointDescription description, String path, RunListener listener) {
    String by = description.run().convoy();
    if (!Objects.equals(by, run.convoy())) {
      listener.onNote(
          path + " was written by Convoy " + by + ": another version may give other bits");
    }
    listener.onNote(
        "Going on from "
            + path
            + ": round "
            + found.round()
            + " is done, "
            + found.roundInEpoch()
            + " of the "
            + found.followed(input.plan()).roundsPerEpoch(found.epoch())
            + " rounds of epoch "
            + found.epoch());
  }

  private void check(CheckpointDescription description, String path) {
    RunIdentity before = description.run();
    List<String> changes = new ArrayList<>(JobChanges.between(before.job(), input.job()));
    // What the training data are comes before what was computed of them.
    changes.sort(Comparator.comparing(change -> !change.startsWith("data.validation")));
    if (description.rollbacks() == null) {
      // It never mattered so far, and is what a run that failed may be resumed with.
      changes.removeIf(change -> change.startsWith("training.onNonFinite"));
    }
    compare("the images of data.train", before.trainingData(), run.trainingData(), changes);
    compare(
        "the images of data.validation", before.validationData(), run.validationData(), changes);
    compare("the images of data.test", before.testData(), run.testData(), changes);
    if (changes.isEmpty()) {
      compare("images of a block", before.blockImages(), run.blockImages(), changes);
    }
    if (changes.isEmpty()) {
      checkEpochs(description, changes);
    }
    if (!changes.isEmpty()) {
      String more = changes.size() > SHOWN ? "; and " + (changes.size() - SHOWN) + " more" : "";
      throw new WrongInputException(
          path
              + ": the job must be the one of the checkpoint in all that the weights depend on, but"
              + " differs: "
              + String.join("; ", changes.subList(0, Math.min(SHOWN, changes.size())))
              + more);
    }
  }

  private static void compare(
      String what, @Nullable Object before, @Nullable Object now, List<String> changes) {
    if (!Objects.equals(before, now)) {
      changes.add(what + " " + shown(before) + " -> " + shown(now));
    }
  }

  /** Shortens a fingerprint to what tells it from others. */
  private static String shown(@Nullable Object value) {
    String text = value == null ? "none" : value.toString();
    return text.substring(0, Math.min(12, text.length()));
  }

  /** More epochs are fine, unless the schedule spreads over them; fewer, while none is begun. */
  private void checkEpochs(CheckpointDescription description, List<String> changes) {
    int now = input.plan().epochs();
    int before = epochs(description.run().job(), now);
    int begun = description.epoch() - (description.roundInEpoch() == 0 ? 1 : 0);
    String change = "training.epochs " + before + " -> " + now;
    if (now < begun) {
      changes.add(change + ", of which " + begun + " are done or begun");
    }
    long step = input.plan().firstStepOfAnotherRate(before, description.step());
    if (step > 0) {
      changes.add(
          change
              + ", by which training.schedule gives step "
              + step
              + ", which is done, another learning rate");
    }
  }

  private static int epochs(Tree job, int otherwise) {
    try {
      return Binder.bind(job, Job.class).training().epochs();
    } catch (ConfigException e) {
      return otherwise;
    }
  }
}
