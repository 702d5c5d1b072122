package dev.convoy.ml;

import dev.convoy.api.Internal;
import dev.convoy.api.PublicApi;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * The params that a network's training has in common, whatever is learnt: those of MLlib by its
 * names, and for the rest the keys of a job file, in its syntax.
 *
 * @param <E> the estimator
 */
@PublicApi
public interface TrainingParams<E> extends Params {
  /** Returns the params themselves. */
  @Internal
  NetworkParams trainingParams();

  /** Returns this estimator. */
  @Internal
  E self();

  /**
   * Returns the param of the text of a job file, whose keys stand for the params that are not set.
   */
  default Param<String> job() {
    return trainingParams().job;
  }

  /** Returns the text of a job file, whose keys stand for the params that are not set. */
  default String getJob() {
    return (String) getOrDefault(job());
  }

  /** Sets the text of a job file, whose keys stand for the params that are not set. */
  default E setJob(String value) {
    set(job(), value);
    return self();
  }

  /** Returns the param of input and layers, as in a job file. */
  default Param<String> network() {
    return trainingParams().network;
  }

  /** Returns input and layers, as in a job file. */
  default String getNetwork() {
    return (String) getOrDefault(network());
  }

  /** Sets input and layers, as in a job file. */
  default E setNetwork(String value) {
    set(network(), value);
    return self();
  }

  /** Returns the param of what makes pictures fit the network, as in a job file. */
  default Param<String> preprocess() {
    return trainingParams().preprocess;
  }

  /** Returns what makes pictures fit the network, as in a job file. */
  default String getPreprocess() {
    return (String) getOrDefault(preprocess());
  }

  /** Sets what makes pictures fit the network, as in a job file. */
  default E setPreprocess(String value) {
    set(preprocess(), value);
    return self();
  }

  /** Returns the param of what changes training pictures at random, as in a job file. */
  default Param<String> augment() {
    return trainingParams().augment;
  }

  /** Returns what changes training pictures at random, as in a job file. */
  default String getAugment() {
    return (String) getOrDefault(augment());
  }

  /** Sets what changes training pictures at random, as in a job file. */
  default E setAugment(String value) {
    set(augment(), value);
    return self();
  }

  /**
   * Returns the param of means and deviations of pixels, as in a job file; {@code auto} takes the
   * training pictures' own.
   */
  default Param<String> normalize() {
    return trainingParams().normalize;
  }

  /**
   * Returns means and deviations of pixels, as in a job file; {@code auto} takes the training
   * pictures' own.
   */
  default String getNormalize() {
    return (String) getOrDefault(normalize());
  }

  /**
   * Sets means and deviations of pixels, as in a job file; {@code auto} takes the training
   * pictures' own.
   */
  default E setNormalize(String value) {
    set(normalize(), value);
    return self();
  }

  /** Returns the param of what training makes small, as in a job file. */
  default Param<String> loss() {
    return trainingParams().loss;
  }

  /** Returns what training makes small, as in a job file. */
  default String getLoss() {
    return (String) getOrDefault(loss());
  }

  /** Sets what training makes small, as in a job file. */
  default E setLoss(String value) {
    set(loss(), value);
    return self();
  }

  /** Returns the param of what makes the steps, as in a job file. */
  default Param<String> optimizer() {
    return trainingParams().optimizer;
  }

  /** Returns what makes the steps, as in a job file. */
  default String getOptimizer() {
    return (String) getOrDefault(optimizer());
  }

  /** Sets what makes the steps, as in a job file. */
  default E setOptimizer(String value) {
    set(optimizer(), value);
    return self();
  }

  /** Returns the param of how the learning rate changes, as in a job file. */
  default Param<String> schedule() {
    return trainingParams().schedule;
  }

  /** Returns how the learning rate changes, as in a job file. */
  default String getSchedule() {
    return (String) getOrDefault(schedule());
  }

  /** Sets how the learning rate changes, as in a job file. */
  default E setSchedule(String value) {
    set(schedule(), value);
    return self();
  }

  /** Returns the param of when to end before the last epoch, as in a job file. */
  default Param<String> earlyStopping() {
    return trainingParams().earlyStopping;
  }

  /** Returns when to end before the last epoch, as in a job file. */
  default String getEarlyStopping() {
    return (String) getOrDefault(earlyStopping());
  }

  /** Sets when to end before the last epoch, as in a job file. */
  default E setEarlyStopping(String value) {
    set(earlyStopping(), value);
    return self();
  }

  /** Returns the param of the pictures of one worker's step. */
  default IntParam batchSize() {
    return trainingParams().batchSize;
  }

  /** Returns the pictures of one worker's step. */
  default int getBatchSize() {
    return (int) getOrDefault(batchSize());
  }

  /** Sets the pictures of one worker's step. */
  default E setBatchSize(int value) {
    set(batchSize(), value);
    return self();
  }

  /** Returns the param of the epochs: how often every picture is used. */
  default IntParam maxIter() {
    return trainingParams().maxIter;
  }

  /** Returns the epochs: how often every picture is used. */
  default int getMaxIter() {
    return (int) getOrDefault(maxIter());
  }

  /** Sets the epochs: how often every picture is used. */
  default E setMaxIter(int value) {
    set(maxIter(), value);
    return self();
  }

  /** Returns the param of the seed of all that is random. */
  default LongParam seed() {
    return trainingParams().seed;
  }

  /** Returns the seed of all that is random. */
  default long getSeed() {
    return (long) getOrDefault(seed());
  }

  /** Sets the seed of all that is random. */
  default E setSeed(long value) {
    set(seed(), value);
    return self();
  }

  /** Returns the param of the workers over which the pictures are dealt. */
  default IntParam workers() {
    return trainingParams().workers;
  }

  /** Returns the workers over which the pictures are dealt. */
  default int getWorkers() {
    return (int) getOrDefault(workers());
  }

  /** Sets the workers over which the pictures are dealt. */
  default E setWorkers(int value) {
    set(workers(), value);
    return self();
  }

  /**
   * Returns the param of what is averaged after a round: {@code parameters} or {@code gradients}.
   */
  default Param<String> averaging() {
    return trainingParams().averaging;
  }

  /** Returns what is averaged after a round: {@code parameters} or {@code gradients}. */
  default String getAveraging() {
    return (String) getOrDefault(averaging());
  }

  /** Sets what is averaged after a round: {@code parameters} or {@code gradients}. */
  default E setAveraging(String value) {
    set(averaging(), value);
    return self();
  }

  /** Returns the param of the steps from one averaging to the next, or {@code auto}. */
  default Param<String> averagingFrequency() {
    return trainingParams().averagingFrequency;
  }

  /** Returns the steps from one averaging to the next, or {@code auto}. */
  default String getAveragingFrequency() {
    return (String) getOrDefault(averagingFrequency());
  }

  /** Sets the steps from one averaging to the next, or {@code auto}. */
  default E setAveragingFrequency(String value) {
    set(averagingFrequency(), value);
    return self();
  }

  /** Returns the param of a safetensors file or a model folder to start from. */
  default Param<String> initialModel() {
    return trainingParams().initialModel;
  }

  /** Returns a safetensors file or a model folder to start from. */
  default String getInitialModel() {
    return (String) getOrDefault(initialModel());
  }

  /** Sets a safetensors file or a model folder to start from. */
  default E setInitialModel(String value) {
    set(initialModel(), value);
    return self();
  }

  /** Returns the param of a folder for checkpoints, from which a fit of the same params goes on. */
  default Param<String> checkpointDir() {
    return trainingParams().checkpointDir;
  }

  /** Returns a folder for checkpoints, from which a fit of the same params goes on. */
  default String getCheckpointDir() {
    return (String) getOrDefault(checkpointDir());
  }

  /** Sets a folder for checkpoints, from which a fit of the same params goes on. */
  default E setCheckpointDir(String value) {
    set(checkpointDir(), value);
    return self();
  }

  /** Returns the param of the rounds from one checkpoint to the next. */
  default IntParam checkpointInterval() {
    return trainingParams().checkpointInterval;
  }

  /** Returns the rounds from one checkpoint to the next. */
  default int getCheckpointInterval() {
    return (int) getOrDefault(checkpointInterval());
  }

  /** Sets the rounds from one checkpoint to the next. */
  default E setCheckpointInterval(int value) {
    set(checkpointInterval(), value);
    return self();
  }

  /**
   * Returns the param of {@code [channels, height, width]} of pictures that are vectors, arrays or
   * raw bytes.
   */
  default Param<String> inputShape() {
    return trainingParams().inputShape;
  }

  /**
   * Returns {@code [channels, height, width]} of pictures that are vectors, arrays or raw bytes.
   */
  default String getInputShape() {
    return (String) getOrDefault(inputShape());
  }

  /** Sets {@code [channels, height, width]} of pictures that are vectors, arrays or raw bytes. */
  default E setInputShape(String value) {
    set(inputShape(), value);
    return self();
  }

  /** Returns the param of the column that orders the pictures. */
  default Param<String> orderCol() {
    return trainingParams().orderCol;
  }

  /** Returns the column that orders the pictures. */
  default String getOrderCol() {
    return (String) getOrDefault(orderCol());
  }

  /** Sets the column that orders the pictures. */
  default E setOrderCol(String value) {
    set(orderCol(), value);
    return self();
  }

  /** Returns the param of the column of how much each picture counts. */
  default Param<String> weightCol() {
    return trainingParams().weightCol;
  }

  /** Returns the column of how much each picture counts. */
  default String getWeightCol() {
    return (String) getOrDefault(weightCol());
  }

  /** Sets the column of how much each picture counts. */
  default E setWeightCol(String value) {
    set(weightCol(), value);
    return self();
  }

  /**
   * Returns the param of the column of booleans that mark the pictures on which no step is made.
   */
  default Param<String> validationIndicatorCol() {
    return trainingParams().validationIndicatorCol;
  }

  /** Returns the column of booleans that mark the pictures on which no step is made. */
  default String getValidationIndicatorCol() {
    return (String) getOrDefault(validationIndicatorCol());
  }

  /** Sets the column of booleans that mark the pictures on which no step is made. */
  default E setValidationIndicatorCol(String value) {
    set(validationIndicatorCol(), value);
    return self();
  }
}
