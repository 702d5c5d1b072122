package dev.convoy.train.round;

import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.lane.Lanes;
import dev.convoy.loss.BatchLoss;
import dev.convoy.loss.BatchLoss.Reduction;
import dev.convoy.loss.Loss;
import dev.convoy.nn.Auxiliary;
import dev.convoy.nn.Network;
import dev.convoy.nn.replica.Replica;
import dev.convoy.train.batch.BatchTargets;
import java.util.ArrayList;
import java.util.List;

/**
 * The loss of a network's output, and those of its auxiliary ones by their weights, on one batch
 * after another.
 */
final class WeightedLosses {
  private final BatchLoss main;
  private final List<Auxiliary> auxiliaries;
  private final List<BatchLoss> others = new ArrayList<>();
  private final int outputs;
  private double sum;

  WeightedLosses(Loss loss, Network network, Kernels kernels) {
    outputs = network.output().size();
    main = loss.bind(outputs, kernels);
    auxiliaries = network.auxiliaries();
    auxiliaries.forEach(auxiliary -> others.add(loss.bind(outputs, kernels)));
  }

  /**
   * Compares all outputs of a replica's last forward pass with the targets, and leaves their
   * gradients.
   */
  void compute(Replica replica, BatchTargets targets, int images, Reduction reduction) {
    targets.compute(main, replica.output(), replica.outputGradient(), reduction);
    sum = main.sum();
    for (int i = 0; i < others.size(); i++) {
      BatchLoss other = others.get(i);
      float weight = auxiliaries.get(i).weight();
      float[] gradient = replica.auxiliaryGradient(i);
      targets.compute(other, replica.auxiliaryOutput(i), gradient, reduction);
      int count = Lanes.blocks(images) * outputs * Lanes.WIDTH;
      for (int at = 0; at < count; at++) {
        gradient[at] *= weight;
      }
      sum += weight * other.sum();
    }
  }

  /** Returns the weighted sum of all losses, summed over the batch. */
  double sum() {
    return sum;
  }

  /** Returns the loss of the network's own output, which knows what was right. */
  BatchLoss main() {
    return main;
  }
}
