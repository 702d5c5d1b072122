package dev.convoy.train.round;

import dev.convoy.image.Normalization;
import dev.convoy.kernel.lane.Lanes;
import dev.convoy.loss.Loss;
import dev.convoy.loss.OutputActivation;
import dev.convoy.nn.Auxiliary;
import dev.convoy.nn.Network;
import dev.convoy.nn.Node;
import dev.convoy.nn.TrainableValues;
import dev.convoy.nn.layer.BatchNorm2d;
import dev.convoy.nn.layer.Layer;
import dev.convoy.nn.layer.Sigmoid;
import dev.convoy.nn.layer.Softmax;
import dev.convoy.train.sampling.Sampler;
import dev.convoy.train.tuning.TuningPlan;
import java.util.List;
import java.util.Locale;

/** Refuses plans that would run to their end and teach the network nothing. */
final class PlanRules {
  /** The longest array that every Java machine can make. */
  private static final int MAX_VALUES = Integer.MAX_VALUE - 8;

  private PlanRules() {}

  /**
   * Checks what goes with what.
   *
   * @throws IllegalArgumentException at the first that can't be meant
   */
  static void check(
      Network network, Normalization normalization, Loss loss, Sampler sampler, TuningPlan tuning) {
    checkBatch(network, sampler.batchSize());
    checkLastLayer(network, loss);
    TrainableValues trained = tuning.last().values();
    checkBatchNorm(network, trained, Math.min(sampler.batchSize(), sampler.share(0)));
    checkScale("mean", normalization.mean());
    checkScale("std", normalization.std());
  }

  /** The outputs of a layer, for the images of a batch in whole lane blocks, are one array. */
  private static void checkBatch(Network network, int images) {
    int largest = network.input().size();
    for (Node node : network.nodes()) {
      largest = Math.max(largest, node.output().size());
    }
    long most = (long) MAX_VALUES / largest / Lanes.WIDTH * Lanes.WIDTH;
    if (images > most) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "training.batchSize must be at most %d, where a layer gives %,d values an image,"
                  + " but was %d",
              most,
              largest,
              images));
    }
  }

  private static void checkLastLayer(Network network, Loss loss) {
    List<Node> nodes = network.nodes();
    checkOutput(nodes.get(nodes.size() - 1), "The last layer", loss);
    List<String> others = network.auxiliaries().stream().map(Auxiliary::output).toList();
    nodes.stream()
        .filter(node -> others.contains(node.name()))
        .forEach(node -> checkOutput(node, "An auxiliary output", loss));
  }

  private static void checkOutput(Node node, String who, Loss loss) {
    Layer layer = node.layer();
    boolean twice =
        loss.activation() == OutputActivation.SOFTMAX && layer instanceof Softmax
            || loss.activation() == OutputActivation.SIGMOID && layer instanceof Sigmoid;
    if (twice) {
      throw new IllegalArgumentException(
          who
              + " must not be "
              + layer.kind()
              + " under "
              + loss.kind()
              + ", which applies it by itself, but '"
              + node.name()
              + "' is: without it, the network learns, and predictions are the same probabilities");
    }
  }

  /** One value is its own mean: what comes out is the same for every image. */
  private static void checkBatchNorm(Network network, TrainableValues trained, int images) {
    for (Node node : network.nodes()) {
      long values = (long) images * node.input().size() / node.input().dimension(0);
      if (node.layer() instanceof BatchNorm2d && values == 1 && trained.trains(node)) {
        throw new IllegalArgumentException(
            "batchNorm2d '"
                + node.name()
                + "' needs more than one value a channel in a batch, but a batch is 1 image of "
                + node.input()
                + ": a larger training.batchSize, or fewer distribution.workers, gives more");
      }
    }
  }

  private static void checkScale(String what, float[] values) {
    for (float value : values) {
      if (value > 1) {
        throw new IllegalArgumentException(
            "data.normalize: "
                + what
                + " must be of pixel/255, at most 1, but was "
                + value
                + ": divide it by 255");
      }
    }
  }
}
