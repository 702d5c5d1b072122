package dev.convoy.config;

import dev.convoy.api.PublicApi;
import dev.convoy.config.data.JobData;
import dev.convoy.nn.Network;
import dev.convoy.tensor.Check;
import org.jspecify.annotations.Nullable;

/**
 * Makes a job by a program, where a job file would be one more file. What is not set has the
 * defaults of the job file.
 */
@PublicApi
public final class JobBuilder {
  private final String name;
  private @Nullable Long seed;
  private @Nullable JobData data;
  private @Nullable Network network;
  private @Nullable JobTraining training;
  private Distribution distribution = Distribution.of(1);
  private @Nullable Checkpoints checkpoint;
  private @Nullable String output;

  JobBuilder(String name) {
    this.name = name;
  }

  /** Sets the seed of all that is random; 0 by default. */
  public JobBuilder seed(long value) {
    seed = value;
    return this;
  }

  /** Sets what is trained and tested on. */
  public JobBuilder data(JobData value) {
    data = value;
    return this;
  }

  /** Sets the network to train. */
  public JobBuilder network(Network value) {
    network = value;
    return this;
  }

  /** Sets how it is trained. */
  public JobBuilder training(JobTraining value) {
    training = value;
    return this;
  }

  /** Sets over how many workers the training is spread; one worker by default. */
  public JobBuilder distribution(Distribution value) {
    distribution = value;
    return this;
  }

  /** Sets the number of workers, all else of their distribution by default. */
  public JobBuilder workers(int count) {
    return distribution(Distribution.of(count));
  }

  /** Sets how often the training leaves a checkpoint. */
  public JobBuilder checkpoints(Checkpoints value) {
    checkpoint = value;
    return this;
  }

  /** Sets the folder in which model and metrics are left. */
  public JobBuilder output(String folder) {
    output = folder;
    return this;
  }

  /**
   * Returns the job.
   *
   * @throws IllegalArgumentException if something that a job needs is missing, or its parts do not
   *     suit each other; the message names both
   */
  public Job build() {
    return new Job(
        name,
        seed,
        Check.present(data, "Job.data"),
        Check.present(network, "Job.network"),
        Check.present(training, "Job.training"),
        distribution,
        checkpoint,
        Check.present(output, "Job.output"));
  }
}
