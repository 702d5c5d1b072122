package dev.convoy.ml;

import dev.convoy.api.Internal;
import java.util.List;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;
import scala.Function1;

/** The params of an estimator that are its own, beside those that MLlib's classes give it. */
@Internal
public final class NetworkParams {
  static final String LEAST_ONE = " (>= 1)";

  final Param<String> job;
  final Param<String> network;
  final Param<String> preprocess;
  final Param<String> augment;
  final Param<String> normalize;
  final Param<String> loss;
  final Param<String> optimizer;
  final Param<String> schedule;
  final Param<String> earlyStopping;
  final IntParam batchSize;
  final IntParam maxIter;
  final LongParam seed;
  final IntParam workers;
  final Param<String> averaging;
  final Param<String> averagingFrequency;
  final Param<String> initialModel;
  final Param<String> checkpointDir;
  final IntParam checkpointInterval;
  final Param<String> inputShape;
  final Param<String> orderCol;
  final Param<String> weightCol;
  final Param<String> validationIndicatorCol;

  private final transient Params parent;

  /** Makes the params of a stage, which knows its name by now. */
  NetworkParams(Params parent) {
    this.parent = parent;
    job =
        text(
            "job",
            "a job file's text, whose keys (name, seed, network, training, distribution, and of data"
                + " what makes pictures fit) stand for the params that are not set");
    network =
        text(
            "network",
            "input and layers as in a job file, as in {input: [1, 28, 28], layers: [flatten,"
                + " {dense: {units: 10}}]}, or a network's name, as in {preset: resnet18}");
    preprocess =
        text("preprocess", "what makes pictures fit the network, as in [{resize: {size: 32}}]");
    augment = text("augment", "what changes training pictures at random, as in [horizontalFlip]");
    normalize =
        text(
            "normalize",
            "means and deviations of pixels in [0, 1], as in {mean: [0.5], std: [0.25]}, or auto,"
                + " which takes the training pictures' own");
    loss = text("loss", "what training makes small, as in {softmaxCrossEntropy: {}}");
    optimizer = text("optimizer", "what makes the steps, as in {adam: {learningRate: 0.001}}");
    schedule = text("schedule", "how the learning rate changes, as in {cosine: {}}");
    earlyStopping = text("earlyStopping", "when to end before the last epoch, as in {patience: 3}");
    batchSize = atLeastOne("batchSize", "pictures of one worker's step");
    maxIter = atLeastOne("maxIter", "epochs: how often every picture is used");
    seed = new LongParam(parent, "seed", "seed of all that is random");
    workers =
        atLeastOne(
            "workers",
            "workers over which the pictures are dealt: part of the result, whatever the cluster");
    averaging = text("averaging", "what is averaged after a round: parameters or gradients");
    averagingFrequency =
        text("averagingFrequency", "steps of each worker from one averaging to the next, or auto");
    initialModel =
        text("initialModel", "path of a safetensors file or of a model folder to start from");
    checkpointDir =
        text(
            "checkpointDir",
            "folder in which each fit has a folder of its own with checkpoints while it runs, from"
                + " which the next fit of the same params goes on if it failed");
    checkpointInterval = atLeastOne("checkpointInterval", "rounds from one checkpoint to the next");
    inputShape =
        text(
            "inputShape",
            "[channels, height, width] of pictures that are vectors, arrays or raw bytes");
    orderCol =
        text(
            "orderCol",
            "column that orders the pictures; by default their SHA-256 and labels do, so that the"
                + " result depends on the rows alone");
    weightCol = text("weightCol", "column of how much each picture counts; all count 1 by default");
    validationIndicatorCol =
        text(
            "validationIndicatorCol",
            "column of booleans that mark the pictures on which no step is made: they show how the"
                + " training does");
  }

  private Param<String> text(String name, String doc) {
    return new Param<>(parent, name, doc, new NotBlank());
  }

  private IntParam atLeastOne(String name, String doc) {
    Function1<Object, Object> valid = ParamValidators.gtEq(1);
    return new IntParam(parent, name, doc + LEAST_ONE, valid);
  }

  /** Returns the params that a job's training has a key for, in the order of the job. */
  List<Param<String>> texts() {
    return List.of(
        network, preprocess, augment, normalize, loss, optimizer, schedule, earlyStopping);
  }

  /** Accepts texts that say something. */
  private static final class NotBlank extends scala.runtime.AbstractFunction1<String, Object>
      implements java.io.Serializable {
    private static final long serialVersionUID = 1;

    @Override
    public Object apply(String value) {
      return value != null && !value.isBlank();
    }
  }
}
