package dev.convoy.nn.replica;

import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.lane.Lanes;
import dev.convoy.nn.Network;
import dev.convoy.nn.Node;
import dev.convoy.nn.Weights;
import dev.convoy.nn.layer.Dense;
import dev.convoy.nn.replica.fusion.FusionPlan;
import dev.convoy.nn.replica.step.NodePass;
import dev.convoy.nn.replica.step.PassContext;
import dev.convoy.nn.replica.step.StepContext;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A network in use, bound to a batch size: no gradients, and each buffer is used again once what it
 * held has no reader left. Gives the bits of {@link Replica#forward}. One thread owns it; a warm
 * pass allocates nothing, and the first takes the memory.
 *
 * <p>The layers on images run lane block by lane block, in memory for sixteen images however large
 * the batch is, so that each layer finds in the cache what the one before it left. The dense layers
 * behind them, which gain by many images at once, take the whole batch.
 */
public final class ForwardReplica {
  private final Network network;
  private final int batchSize;
  private final Kernels kernels;

  /** The part that runs block by block; all of the network if the batch is one block. */
  private final ForwardPart head;

  private final ForwardPart tail;

  /** Values that the tail reads, or the output. */
  private final int[] crossing;

  private final StepContext ofHead;
  private final StepContext ofTail;

  /** Whether the passes keep what they make of the weights, as packed or transformed filters. */
  private final boolean keeps;

  /** Whether they have made it. */
  private boolean knows;

  private @Nullable LayerClock clock;

  /** What puts images where the network reads them. */
  @FunctionalInterface
  public interface Images {
    /**
     * Puts images into a lane block.
     *
     * @param first of the images in the batch
     * @param count how many, at most {@link Lanes#WIDTH}
     * @param target {@code [C, H, W, 16]}; unused lanes must become finite
     */
    void fill(int first, int count, float[] target);
  }

  /**
   * A replica.
   *
   * @param weights used where they lie: nobody may change them meanwhile
   * @param batchSize images at most in a pass
   * @param kernels for this replica's thread alone
   */
  public ForwardReplica(Network network, Weights weights, int batchSize, Kernels kernels) {
    this(network, batchSize, kernels, weights.checkedFor(network, "ForwardReplica.weights"));
  }

  private ForwardReplica(Network network, int batchSize, Kernels kernels, Weights weights) {
    this.network = network;
    this.batchSize = Check.positive(batchSize, "ForwardReplica.batchSize");
    this.kernels = kernels;
    List<Node> nodes = network.nodes();
    int blocks = Lanes.blocks(batchSize);
    int end = blocks == 1 ? nodes.size() : endOfImages(nodes);
    // Fusions as in training, whose bits these are.
    FusionPlan plan = FusionPlan.of(nodes, GradientPlan.wanted(nodes, false));
    // Of few images it costs little, beside the memory, to make filters anew each time.
    keeps = blocks > 1;
    NodePass[] passes = new NodePass[nodes.size()];
    for (int i = 0; i < passes.length; i++) {
      int ofPass = i < end ? 1 : blocks;
      passes[i] =
          plan.pass(i, new PassContext(nodes.get(i), ofPass, kernels, false, false, keeps, null));
    }
    head = new ForwardPart(network, passes, 0, end, 1);
    tail = blocks == 1 ? head : new ForwardPart(network, passes, end, nodes.size(), blocks);
    crossing = blocks == 1 ? new int[0] : LifetimePlan.crossing(network, end);
    ofHead = context(weights);
    ofTail = context(weights);
  }

  /** Returns one whose memory can be reckoned, but which has no weights to work with. */
  static ForwardReplica planned(Network network, int batchSize, Kernels kernels) {
    Weights none = new Weights(new float[0], new float[0]);
    return new ForwardReplica(network, batchSize, kernels, none);
  }

  private static StepContext context(Weights weights) {
    return new StepContext(weights.parameters(), new float[0], weights.buffers());
  }

  /** Returns the first dense layer behind all layers that read images of more than a pixel. */
  private static int endOfImages(List<Node> nodes) {
    int end = nodes.size();
    while (end > 0 && nodes.get(end - 1).inputs().stream().noneMatch(ForwardReplica::hasPixels)) {
      end--;
    }
    while (end < nodes.size() && !(nodes.get(end).layer() instanceof Dense)) {
      end++;
    }
    return end;
  }

  private static boolean hasPixels(Shape shape) {
    return shape.isImage() && shape.height() * shape.width() > 1;
  }

  /** Returns the network that it is a replica of. */
  public Network network() {
    return network;
  }

  /** Images at most in a pass. */
  public int batchSize() {
    return batchSize;
  }

  /** Reports the time of each layer to this clock from now on; to none where it is absent. */
  public void watch(@Nullable LayerClock clock) {
    this.clock = clock;
  }

  /**
   * Returns the bytes that it takes once it is at work, beside the weights: values, filters in the
   * order of the kernels, and the workspace.
   */
  public long bytes() {
    long parts = head.bytes() + (tail == head ? 0 : tail.bytes());
    return parts + kernels.workspace().reservedFloats() * Float.BYTES;
  }

  /** Returns the bytes of the arrays of all values. */
  long valueBytes() {
    return head.plan().bytes(head.blocks()) + (tail == head ? 0 : tail.plan().bytes(tail.blocks()));
  }

  /** Returns the bytes of values that are alive at once, in whole lane blocks. */
  long aliveBytes() {
    long floats = head.plan().aliveAtOnce() * Lanes.WIDTH;
    if (tail != head) {
      floats += tail.plan().aliveAtOnce() * tail.blocks() * Lanes.WIDTH;
    }
    return floats * Float.BYTES;
  }

  /** Returns what the last pass gave: {@code [blocks, outputs, 16]}; free to be changed. */
  public float[] output() {
    return tail.value(network.nodes().size());
  }

  /**
   * Computes the output of so many images.
   *
   * @param input asked for them lane block by lane block
   */
  public void forward(int images, Images input) {
    if (images < 1 || images > batchSize) {
      throw new IllegalArgumentException(
          "ForwardReplica takes 1 to " + batchSize + " images, but got " + images);
    }
    long[] nanoseconds = clock == null ? null : new long[network.nodes().size()];
    for (int block = 0; block < Lanes.blocks(images); block++) {
      int first = block * Lanes.WIDTH;
      int count = Math.min(Lanes.WIDTH, images - first);
      input.fill(first, count, head.value(0));
      ofHead.begin(count, false, knows || keeps && block > 0);
      head.run(ofHead, nanoseconds);
      for (int value : crossing) {
        int size = head.plan().size(value) * Lanes.WIDTH;
        System.arraycopy(head.value(value), 0, tail.value(value), block * size, size);
      }
    }
    if (tail != head) {
      ofTail.begin(images, false, knows);
      tail.run(ofTail, nanoseconds);
    }
    knows = keeps;
    report(nanoseconds);
  }

  private void report(long @Nullable [] nanoseconds) {
    for (int i = 0; clock != null && nanoseconds != null && i < nanoseconds.length; i++) {
      clock.forward(i, nanoseconds[i]);
    }
  }
}
