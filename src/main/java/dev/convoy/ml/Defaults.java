package dev.convoy.ml;

import org.apache.spark.ml.param.Param;

/** What a param means that nobody sets; nothing of it depends on the machine. */
final class Defaults {
  private static final String OPTIMIZER = "{adam: {learningRate: 0.001}}";
  private static final int EPOCHS = 10;
  private static final int BATCH = 32;
  private static final int WORKERS = 4;
  private static final long SEED = 42;
  private static final int ROUNDS = 100;

  private Defaults() {}

  /** Gives an estimator's params their defaults; the network has none. */
  static void set(TrainingParams<?> params) {
    NetworkParams all = params.trainingParams();
    set(params, all.maxIter, EPOCHS);
    set(params, all.batchSize, BATCH);
    set(params, all.workers, WORKERS);
    set(params, all.seed, SEED);
    set(params, all.optimizer, OPTIMIZER);
    set(params, all.checkpointInterval, ROUNDS);
  }

  private static <T> void set(TrainingParams<?> params, Param<T> param, T value) {
    params.setDefault(param, value);
  }
}
