package dev.convoy.model;

import dev.convoy.config.binding.Binder;
import dev.convoy.config.binding.TreeText;
import dev.convoy.config.binding.TreeWriter;
import dev.convoy.config.tree.ConfigException;
import dev.convoy.config.tree.Tree.Mapping;
import dev.convoy.config.tree.TreeReader;
import dev.convoy.data.FileOpener;
import dev.convoy.nn.Fingerprint;
import dev.convoy.nn.Network;
import dev.convoy.nn.Parameter;
import dev.convoy.nn.Slices;
import dev.convoy.nn.Weights;
import dev.convoy.train.Checkpoint;
import dev.convoy.train.frequency.Auto;
import dev.convoy.train.frequency.FrequencyChoice;
import dev.convoy.train.round.State;
import dev.convoy.train.round.TestHistory;
import dev.convoy.train.round.TrainingPlan;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint as a folder: {@code weights.safetensors}, as in a model's folder; {@code
 * state.safetensors}, all other arrays; {@code checkpoint.json}, all else; and their checksums.
 */
public final class CheckpointFolder {
  /** The name of the file that says what the checkpoint is. */
  public static final String DESCRIPTION = "checkpoint.json";

  private static final String STATE = "state.safetensors";
  private static final List<String> FILES = List.of(ModelFolder.WEIGHTS, STATE, DESCRIPTION);
  private static final int FORMAT_VERSION = 1;

  private CheckpointFolder() {}

  /** Writes a checkpoint into a folder that is there. */
  public static void write(
      Checkpoint checkpoint, RunIdentity run, TrainingPlan plan, FileSaver files, String folder)
      throws IOException {
    State state = checkpoint.state();
    CheckpointDescription description = description(checkpoint, run);
    byte[] json = TreeText.json(TreeWriter.write(description)).getBytes(StandardCharsets.UTF_8);
    Weights best = checkpoint.best() == null ? null : checkpoint.best().weights();
    List<Tensor> tensors = tensors(plan, state, best);
    Checksums sums = new Checksums(files, folder);
    sums.save(ModelFolder.WEIGHTS, out -> SafeTensors.write(plan.network(), state.weights(), out));
    sums.save(STATE, out -> TensorFile.write(tensors, out));
    sums.save(DESCRIPTION, out -> out.write(json));
    sums.save();
  }

  private static CheckpointDescription description(Checkpoint checkpoint, RunIdentity run) {
    State state = checkpoint.state();
    State best = checkpoint.best();
    return new CheckpointDescription(
        FORMAT_VERSION,
        state.round(),
        state.step(),
        checkpoint.epoch(),
        checkpoint.roundInEpoch(),
        state.tests().epochs(),
        Fingerprint.sha256(state.parameters()),
        CheckpointDescription.Sums.of(checkpoint.epochSums()),
        CheckpointDescription.Sums.of(checkpoint.sums()),
        best == null
            ? null
            : new CheckpointDescription.Best(best.tests().epochs(), best.round(), best.step()),
        state.rollbacks() == 0 ? null : state.rollbacks(),
        state.unfrozenAt().isEmpty() ? null : state.unfrozenAt(),
        checkpoint.choice() == null ? null : CheckpointDescription.Chosen.of(checkpoint.choice()),
        run);
  }

  /**
   * The arrays of {@code state.safetensors}. What a state is to hold besides joins here.
   *
   * @param best weights; absent for none
   */
  private static List<Tensor> tensors(TrainingPlan plan, State state, @Nullable Weights best) {
    Network network = plan.network();
    List<Tensor> tensors = new ArrayList<>();
    List<String> slots = plan.optimizer().slots();
    Slices trained = state.stage(plan).values().parameters();
    for (int slot = 0; slot < slots.size(); slot++) {
      String prefix = "optimizer." + slots.get(slot) + ".";
      int offset = slot * trained.count();
      add(prefix, network.parameters(), trained, state.optimizerState(), offset, tensors);
    }
    if (plan.outer() != null) {
      add("outer.momentum.", network.parameters(), trained, state.outerMomentum(), 0, tensors);
    }
    if (best != null) {
      Slices all = Slices.all(network.parameterCount());
      add("best.", network.parameters(), all, best.parameters(), 0, tensors);
      Slices buffers = Slices.all(network.bufferCount());
      add("best.", network.buffers(), buffers, best.buffers(), 0, tensors);
    }
    if (state.tests().epochs() > 0) {
      tensors.add(Tensor.flat("tests.losses", state.tests().losses()));
      tensors.add(Tensor.flat("tests.accuracies", state.tests().accuracies()));
    }
    return tensors;
  }

  /** Adds those of the tensors that are held, packed. */
  private static void add(
      String prefix,
      List<Parameter> like,
      Slices held,
      float[] values,
      int offset,
      List<Tensor> tensors) {
    for (Parameter tensor : like) {
      if (held.contains(tensor.offset())) {
        String name = prefix + tensor.name();
        int start = offset + held.position(tensor.offset());
        tensors.add(new Tensor(name, tensor.shape(), values, start));
      }
    }
  }

  /**
   * Returns what a checkpoint says of itself, after every byte of it has been compared with its
   * checksum.
   *
   * @throws DamagedCheckpointException if it is damaged
   * @throws ModelException if it is of another format version
   */
  public static CheckpointDescription describe(FileOpener files, String folder) throws IOException {
    Checksums.check(files, folder, FILES);
    String name = folder + "/" + DESCRIPTION;
    try (InputStream in = files.open(name)) {
      Mapping tree = TreeReader.read(in, name);
      FormatVersion.check(tree, FORMAT_VERSION, "the description of a checkpoint", name);
      return Binder.bind(tree, CheckpointDescription.class);
    } catch (ConfigException e) {
      throw new DamagedCheckpointException(e.getMessage(), e);
    }
  }

  /**
   * Reads a checkpoint of a training.
   *
   * @param description of it
   * @throws DamagedCheckpointException if it does not hold the state of such a training
   */
  public static Checkpoint read(
      FileOpener files, String folder, CheckpointDescription description, TrainingPlan plan)
      throws IOException {
    Network network = plan.network();
    CheckpointDescription.Best best = description.best();
    Weights bestWeights =
        best == null
            ? null
            : new Weights(new float[network.parameterCount()], new float[network.bufferCount()]);
    try {
      Weights weights = ModelFolder.weights(files, network, folder + "/" + ModelFolder.WEIGHTS);
      FrequencyChoice choice = choice(description, plan);
      check(description, weights, choice == null ? plan : plan.withFrequency(choice.schedule()));
      State state = blank(description, weights, plan);
      try (InputStream in = new BufferedInputStream(files.open(folder + "/" + STATE))) {
        TensorFile.read(
            tensors(plan, state, bestWeights), "the training", in, folder + "/" + STATE);
      }
      return new Checkpoint(
          state,
          description.epoch(),
          description.epochSums().roundSums(),
          description.sums().roundSums(),
          best == null || bestWeights == null ? null : best(best, bestWeights, state.tests()),
          null,
          choice);
    } catch (ModelException e) {
      throw new DamagedCheckpointException(e.getMessage(), e);
    }
  }

  /** A state whose arrays, but for the weights, are yet to be filled. */
  private static State blank(
      CheckpointDescription description, Weights weights, TrainingPlan plan) {
    int epochs = description.testedEpochs();
    List<Long> unfrozenAt =
        description.unfrozenAtSteps() == null ? List.of() : description.unfrozenAtSteps();
    int parameters = plan.tuning().stage(unfrozenAt.size()).parameterCount();
    return new State(
        weights,
        new float[plan.optimizer().stateSize(parameters)],
        description.step(),
        description.round(),
        new TestHistory(new double[epochs], new double[epochs]),
        new float[plan.outer() == null ? 0 : parameters],
        description.rollbacks() == null ? 0 : description.rollbacks(),
        unfrozenAt);
  }

  private static State best(CheckpointDescription.Best best, Weights weights, TestHistory tests) {
    return new State(weights, new float[0], best.step(), best.round(), tests.first(best.epoch()));
  }

  private static @Nullable FrequencyChoice choice(
      CheckpointDescription description, TrainingPlan plan) {
    CheckpointDescription.Chosen chosen = description.averagingFrequency();
    boolean fits = chosen == null || chosen.maximum() == plan.frequency().most();
    if ((chosen != null) != (plan.frequency() instanceof Auto) || !fits) {
      throw new DamagedCheckpointException(
          "its averagingFrequency must be chosen by auto where the training has that, of at most "
              + plan.frequency().most()
              + " steps, but is "
              + (chosen == null ? "none" : "of at most " + chosen.maximum()));
    }
    try {
      return chosen == null ? null : chosen.choice();
    } catch (IllegalArgumentException e) {
      throw new DamagedCheckpointException("its averagingFrequency: " + e.getMessage(), e);
    }
  }

  private static void check(CheckpointDescription description, Weights weights, TrainingPlan plan) {
    int most = plan.recovery() == null ? 0 : plan.recovery().atMost();
    if (description.rollbacks() != null && description.rollbacks() > most) {
      throw new DamagedCheckpointException(
          "it must have gone back at most " + most + " times, but did " + description.rollbacks());
    }
    checkUnfrozen(description, plan);
    long rounds = plan.roundsBefore(description.epoch()) + description.roundInEpoch();
    int roundsPerEpoch = plan.roundsPerEpoch(description.epoch());
    if (rounds != description.round() || description.roundInEpoch() >= roundsPerEpoch) {
      throw new DamagedCheckpointException(
          "round "
              + description.round()
              + " of it must be in epoch "
              + description.epoch()
              + ", but that has "
              + roundsPerEpoch
              + " rounds, and those before it "
              + plan.roundsBefore(description.epoch()));
    }
    if (!Fingerprint.sha256(weights.parameters()).equals(description.weightsSha256())) {
      throw new DamagedCheckpointException("its weights are not those that weightsSha256 says");
    }
  }

  /** Each unfreezing comes at the beginning of its epoch, after the steps of those before. */
  private static void checkUnfrozen(CheckpointDescription description, TrainingPlan plan) {
    List<Long> found =
        description.unfrozenAtSteps() == null ? List.of() : description.unfrozenAtSteps();
    int wanted = plan.tuning().unfreezings(description.epoch());
    long before = 0;
    boolean ascends = true;
    for (long step : found) {
      ascends &= step >= before && step <= description.step();
      before = step;
    }
    if (found.size() != wanted || !ascends) {
      throw new DamagedCheckpointException(
          "its unfrozenAtSteps must be "
              + wanted
              + " ascending steps up to "
              + description.step()
              + ", but are "
              + found);
    }
  }
}
