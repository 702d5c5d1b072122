package dev.convoy.benchmark;

import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.lane.Lanes;
import dev.convoy.loss.BatchLoss;
import dev.convoy.loss.BatchLoss.Reduction;
import dev.convoy.loss.SoftmaxCrossEntropy;
import dev.convoy.nn.Network;
import dev.convoy.nn.replica.ForwardReplica;
import dev.convoy.nn.replica.LayerClock;
import dev.convoy.nn.replica.Replica;
import dev.convoy.optim.Sgd;
import dev.convoy.optim.Slots;
import org.jspecify.annotations.Nullable;

/** Convoy's replica, loss and optimizer, called as a worker calls them. */
final class ConvoyEngine implements Engine {
  private final SyntheticBatch batch;
  private final Sgd optimizer;
  private final Replica replica;
  private final BatchLoss loss;
  private final Slots slots;
  private final float[] images;
  private final int blocks;

  /** Made when it is first asked for: what only trains is measured without its memory. */
  private @Nullable ForwardReplica inUse;

  private long steps;

  ConvoyEngine(Network network, SyntheticBatch batch, Sgd optimizer) {
    this.batch = batch;
    this.optimizer = optimizer;
    Kernels kernels = Kernels.chosen();
    replica = new Replica(network, batch.size(), kernels);
    replica.use(network.initialWeights(SEED));
    loss = new SoftmaxCrossEntropy().bind(network.output().size(), kernels);
    slots = new Slots(optimizer, network.parameterCount());
    blocks = Lanes.blocks(batch.size());
    images = inLanes(batch, network.input().size(), replica.input().length);
  }

  private static float[] inLanes(SyntheticBatch batch, int imageSize, int length) {
    float[] lanes = new float[length];
    for (int image = 0; image < batch.size(); image++) {
      int to = image / Lanes.WIDTH * imageSize * Lanes.WIDTH + image % Lanes.WIDTH;
      for (int i = 0; i < imageSize; i++) {
        lanes[to + i * Lanes.WIDTH] = batch.images()[image * imageSize + i];
      }
    }
    return lanes;
  }

  /** Has the replica report the times of its layers. */
  void watch(LayerClock clock) {
    replica.watch(clock);
  }

  @Override
  public String description() {
    return replica.kernels().description();
  }

  @Override
  public void step() {
    steps++;
    fill();
    replica.forwardTraining(batch.size(), steps);
    loss.compute(
        replica.output(), batch.labels(), batch.size(), replica.outputGradient(), Reduction.MEAN);
    replica.backward();
    optimizer.step(
        replica.parameters(), replica.gradients(), slots.arrays(), steps, optimizer.learningRate());
  }

  @Override
  public double loss() {
    return loss.sum() / loss.weight();
  }

  @Override
  public void infer() {
    if (inUse == null) {
      int size = batch.size();
      inUse = new ForwardReplica(replica.network(), replica.weights(), size, Kernels.chosen());
    }
    inUse.forward(
        batch.size(),
        (first, count, target) -> {
          int from = first * replica.network().input().size();
          System.arraycopy(images, from, target, 0, images.length / blocks);
        });
  }

  /** A batch arrives anew: a first layer that works in place overwrites it. */
  private void fill() {
    System.arraycopy(images, 0, replica.input(), 0, images.length);
  }
}
