package dev.convoy.report.explain;

import dev.convoy.image.BatchFiller;
import dev.convoy.image.ImageBlock;
import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.elementwise.ChannelSoftmax;
import dev.convoy.kernel.lane.Lanes;
import dev.convoy.loss.BatchLoss;
import dev.convoy.loss.SoftmaxCrossEntropy;
import dev.convoy.model.Model;
import dev.convoy.nn.Network;
import dev.convoy.nn.Parameter;
import dev.convoy.nn.replica.Replica;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One image's way through a network and back, all of it kept: each value, and the gradient of the
 * softmax cross-entropy loss by each value and parameter.
 *
 * <p>Value 0 is the network's input, value {@code i + 1} the output of node i.
 */
final class Trace {
  private final Replica replica;
  private final float[] probabilities;
  private final int predicted;
  private final int target;
  private final double loss;

  /**
   * Runs the first image of a block.
   *
   * @param label of the class whose loss goes back; absent for the predicted one
   */
  Trace(Model model, ImageBlock image, @Nullable Integer label) {
    // One image does not pay for vectors, which give the same bits.
    Kernels kernels = Kernels.scalar();
    replica =
        new Replica(
            model.network(),
            1,
            kernels,
            Replica.Extra.ALL_VALUES,
            Replica.Extra.ALL_GRADIENTS,
            Replica.Extra.INPUT_GRADIENT);
    replica.use(model.weights());
    new BatchFiller(model.network().input(), model.normalization())
        .fill(image, new int[] {0}, 0, 1, replica.input(), 0);
    replica.forward(1);

    int classes = model.network().output().size();
    float[] lanes = new float[classes * Lanes.WIDTH];
    new ChannelSoftmax(classes, kernels.elementwise()).run(replica.output(), 0, lanes, 0);
    probabilities = ofImage(lanes, classes);
    predicted = largest(ofImage(replica.output(), classes));
    target = label == null ? predicted : label;

    BatchLoss bound = new SoftmaxCrossEntropy().bind(classes, kernels);
    bound.compute(
        replica.output(), new int[] {target}, 1, replica.outputGradient(), BatchLoss.Reduction.SUM);
    loss = bound.sum();
    replica.backward();
  }

  private static int largest(float[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[best]) {
        best = i;
      }
    }
    return best;
  }

  /** The values of the first lane. */
  private static float[] ofImage(float[] lanes, int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = lanes[i * Lanes.WIDTH];
    }
    return values;
  }

  Network network() {
    return replica.network();
  }

  /** The probability of each class. */
  float[] probabilities() {
    return probabilities;
  }

  /** The class with the largest output. */
  int predicted() {
    return predicted;
  }

  /** The class whose loss went back. */
  int target() {
    return target;
  }

  /** The loss of the target. */
  double loss() {
    return loss;
  }

  /** A value, channel by channel, row by row. */
  float[] value(int value) {
    return value == 0
        ? ofImage(replica.input(), network().input().size())
        : ofImage(replica.value(value - 1), size(value));
  }

  /** The gradient of the loss by a value. */
  float[] gradient(int value) {
    return value == 0
        ? ofImage(replica.inputGradient(), network().input().size())
        : ofImage(replica.gradient(value - 1), size(value));
  }

  private int size(int value) {
    return network().nodes().get(value - 1).output().size();
  }

  /** The values of a parameter. */
  float[] value(Parameter parameter) {
    return slice(replica.parameters(), parameter);
  }

  /** The gradient of the loss by a parameter. */
  float[] gradient(Parameter parameter) {
    return slice(replica.gradients(), parameter);
  }

  private static float[] slice(float[] flat, Parameter parameter) {
    return Arrays.copyOfRange(flat, parameter.offset(), parameter.offset() + parameter.size());
  }
}
