package dev.convoy.spark.use;

import dev.convoy.model.Model;
import dev.convoy.spark.job.Parcel;
import dev.convoy.spark.job.Transport;
import java.io.Serializable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * A model on its way to the tasks of any number of jobs: each executor gets it once, and all its
 * tasks, of all those jobs, share one {@link ModelAtWork} with its warm evaluators.
 */
public final class SharedModel implements Serializable, AutoCloseable {
  private static final long serialVersionUID = 1;

  private final Broadcast<Parcel<ModelAtWork>> broadcast;

  private SharedModel(Broadcast<Parcel<ModelAtWork>> broadcast) {
    this.broadcast = broadcast;
  }

  /** Sends a model to all executors that ask for it, until it is closed. */
  public static SharedModel of(JavaSparkContext spark, Model model) {
    return new SharedModel(Transport.broadcast(spark, ModelAtWork.of(model)));
  }

  /** Returns the model of this process, where a task is, or the driver. */
  public ModelAtWork here() {
    return broadcast.value().value();
  }

  /** Lets go of it on all executors; no job may need it any more. */
  @Override
  public void close() {
    broadcast.destroy();
  }
}
