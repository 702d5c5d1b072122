package dev.convoy.config;

import dev.convoy.api.PublicApi;
import dev.convoy.config.data.JobData;
import dev.convoy.config.tree.Names;
import dev.convoy.data.Balance;
import dev.convoy.image.Normalization;
import dev.convoy.kernel.Kernels;
import dev.convoy.loss.SoftmaxCrossEntropy;
import dev.convoy.nn.Network;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Defaulted;
import dev.convoy.train.fault.Rollback;
import dev.convoy.train.frequency.AveragingFrequency;
import dev.convoy.train.round.EarlyStopping;
import dev.convoy.train.tuning.TuningPlan;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * All that one training needs to know: what a job file says.
 *
 * @param name of the training, as it is shown
 * @param seed of all that is random; 0 by default
 * @param data to train and test on
 * @param network to train
 * @param training how
 * @param distribution over how many workers, and how they are joined
 * @param checkpoint how often the training leaves one from which it can go on
 * @param output folder in which model and metrics are left
 */
@PublicApi
public record Job(
    String name,
    @Defaulted Long seed,
    JobData data,
    Network network,
    JobTraining training,
    Distribution distribution,
    @Defaulted Checkpoints checkpoint,
    String output) {

  public Job {
    notBlank(name, "Job.name");
    seed = seed == null ? 0 : seed;
    Check.present(data, "Job.data");
    Check.present(network, "Job.network");
    Check.present(training, "Job.training");
    Check.present(distribution, "Job.distribution");
    checkpoint = checkpoint == null ? new Checkpoints(null, null) : checkpoint;
    notBlank(output, "Job.output");
    if (network.output().rank() != 1) {
      throw new IllegalArgumentException(
          "Job.network must end in [classes], one value a class, but ends in " + network.output());
    }
    checkWatched(data, training);
    training = training.watching(data.validation() != null);
    if (training.onNonFinite() instanceof Rollback && !checkpoint.wanted()) {
      throw new IllegalArgumentException(
          "Job.training.onNonFinite.rollback needs checkpoint.everyRounds of at least 1, but was 0");
    }
    if (data.reshuffle() != null && !training.shuffle()) {
      throw new IllegalArgumentException(
          "Job.data.reshuffle needs training.shuffle, but that is false");
    }
    checkBalance(data, training);
    training.loss().bind(network.output().size(), Kernels.scalar());
    checkTuning(network, training);
    data = data.completedFor(network);
  }

  /**
   * Reads a job file of this machine's file system.
   *
   * @param overrides each replaces a key, as in {@code training.epochs=2}
   * @throws dev.convoy.config.tree.ConfigException if anything in it is wrong; the message names
   *     file, line and key
   * @throws IOException if it can't be read
   */
  public static Job read(Path file, String... overrides) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return JobReader.read(in, file.toString(), List.of(overrides));
    }
  }

  /** Returns a builder of a job of this name. */
  public static JobBuilder builder(String name) {
    return new JobBuilder(name);
  }

  /** The same with these names of classes, one an output of the network. */
  public Job withClasses(List<String> names) {
    return new Job(
        name, seed, data.withClasses(names), network, training, distribution, checkpoint, output);
  }

  /** The same with rounds of these steps. */
  public Job withFrequency(AveragingFrequency frequency) {
    return new Job(
        name,
        seed,
        data,
        network,
        training,
        distribution.withFrequency(frequency),
        checkpoint,
        output);
  }

  /** The same with this normalisation. */
  public Job withNormalize(Normalization values) {
    return new Job(
        name,
        seed,
        data.withNormalize(values),
        network,
        training,
        distribution,
        checkpoint,
        output);
  }

  /** The same with these weights of classes in place of {@code balance: weights}. */
  public Job withClassWeights(float[] weights) {
    SoftmaxCrossEntropy loss = (SoftmaxCrossEntropy) training.loss();
    return new Job(
        name,
        seed,
        data.withoutBalance(),
        network,
        training.withLoss(new SoftmaxCrossEntropy(loss.labelSmoothing(), weights)),
        distribution,
        checkpoint,
        output);
  }

  private static void checkTuning(Network network, JobTraining training) {
    try {
      var unused = TuningPlan.of(network, training.tuning());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("Job." + e.getMessage(), e);
    }
  }

  private static void checkWatched(JobData data, JobTraining training) {
    boolean none = data.validation() == null && data.test() == null;
    if (none && training.schedule().needsTestLoss()) {
      throw new IllegalArgumentException(
          "Job.training.schedule needs data.validation, or else data.test, whose loss it watches,"
              + " but there is neither");
    }
    EarlyStopping stopping = training.earlyStopping();
    if (none && stopping != null) {
      throw new IllegalArgumentException(
          "Job.training.earlyStopping needs data.validation, or else data.test, whose examples it"
              + " watches, but there is neither");
    }
    if (stopping == null || stopping.metric() == null) {
      return;
    } else if (data.validation() != null && stopping.metric().isOfTest()) {
      throw new IllegalArgumentException(
          "Job.training.earlyStopping.metric must be validationLoss or validationAccuracy where"
              + " there is data.validation, which leaves data.test for the end, but was "
              + Names.constant(stopping.metric()));
    } else if (data.validation() == null && !stopping.metric().isOfTest()) {
      throw new IllegalArgumentException(
          "Job.training.earlyStopping.metric needs data.validation to be "
              + Names.constant(stopping.metric())
              + ", but there is none");
    }
  }

  private static void checkBalance(JobData data, JobTraining training) {
    if (data.balance() != Balance.WEIGHTS) {
      return;
    } else if (!(training.loss() instanceof SoftmaxCrossEntropy loss)) {
      throw new IllegalArgumentException(
          "Job.data.balance must be oversample, or absent, for "
              + training.loss().kind()
              + ", which has no weights of classes, but was weights");
    } else if (loss.classWeights() != null) {
      throw new IllegalArgumentException(
          "Job.data.balance must be absent where training.loss has classWeights, but was weights");
    }
  }

  private static void notBlank(String text, String who) {
    if (Check.present(text, who).isBlank()) {
      throw new IllegalArgumentException(who + " must not be blank");
    }
  }
}
