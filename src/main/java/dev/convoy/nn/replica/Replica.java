package dev.convoy.nn.replica;

import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.lane.Lanes;
import dev.convoy.nn.Network;
import dev.convoy.nn.Node;
import dev.convoy.nn.Slices;
import dev.convoy.nn.TrainableValues;
import dev.convoy.nn.Weights;
import dev.convoy.nn.replica.fusion.FusionPlan;
import dev.convoy.nn.replica.step.AddingPass;
import dev.convoy.nn.replica.step.JoinPass;
import dev.convoy.nn.replica.step.LayerPass;
import dev.convoy.nn.replica.step.NodePass;
import dev.convoy.nn.replica.step.PassContext;
import dev.convoy.nn.replica.step.StepContext;
import dev.convoy.nn.replica.step.Sums;
import dev.convoy.random.SeededRandom;
import dev.convoy.tensor.Check;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A network bound to a batch size: parameters, gradients and every buffer that forward and backward
 * need. One thread owns it; a warm step allocates nothing.
 *
 * <p>Batches lie as {@link Lanes} says: a network with input {@code [C, H, W]} takes {@code
 * [blocks, C, H, W, 16]}.
 */
public final class Replica {
  private final Network network;
  private final int batchSize;
  private final Kernels kernels;
  private final boolean wantsInputGradient;
  private final boolean keepsGradients;
  private final NodePass[] passes;

  /** The values: the network's input, then each node's output. Nodes in place share arrays. */
  private final float[][] values;

  /** The values that each node reads. */
  private final float[][][] inputs;

  private final Weights weights;

  /** Parameters whose gradient is 0. */
  private final Slices frozen;

  private final float[] gradients;
  private final GradientPlan gradientPlan;
  private final float[][] gradientBuffers;
  private final float[] outputGradient;
  private final int[] auxiliaryNodes;
  private final StepContext step;

  private final boolean asksForMore;
  private boolean trained;
  private boolean hasInputGradient;
  private @Nullable LayerClock clock;

  /** What is asked of a replica beside the output and the gradients of the parameters. */
  public enum Extra {
    /** {@link Replica#backward} goes on to the network's input. */
    INPUT_GRADIENT,
    /** {@link Replica#value} gives the output of every layer. */
    ALL_VALUES,
    /** {@link Replica#gradient} gives the gradient by the output of every layer. */
    ALL_GRADIENTS
  }

  /** A replica for training, with the kernels chosen at start. */
  public Replica(Network network, int batchSize) {
    this(network, batchSize, Kernels.chosen());
  }

  /**
   * A replica.
   *
   * @param batchSize images at most in a step
   * @param kernels for this replica's thread alone
   */
  public Replica(Network network, int batchSize, Kernels kernels, Extra... extras) {
    this(network, batchSize, kernels, TrainableValues.all(network), extras);
  }

  /**
   * A replica of which only some values are trained. The others have no gradient, {@link #backward}
   * ends at the first layer that is trained, and batch normalisations that are frozen use and keep
   * their running statistics.
   */
  public Replica(
      Network network, int batchSize, Kernels kernels, TrainableValues trained, Extra... extras) {
    this.network = network;
    this.frozen = trained.parameters().others();
    this.batchSize = Check.positive(batchSize, "Replica.batchSize");
    this.kernels = kernels;
    List<Extra> asked = List.of(extras);
    wantsInputGradient = asked.contains(Extra.INPUT_GRADIENT);
    keepsGradients = asked.contains(Extra.ALL_GRADIENTS);
    int blocks = Lanes.blocks(batchSize);
    List<Node> nodes = network.nodes();
    Predicate<Node> trains = node -> !node.parameters().isEmpty() && trained.trains(node);
    boolean[] wanted = GradientPlan.wanted(nodes, wantsInputGradient, trains);
    TrainableValues some = trained.isAll() ? null : trained;
    boolean keepsValues = asked.contains(Extra.ALL_VALUES);
    FusionPlan plan =
        keepsValues || keepsGradients ? FusionPlan.ofNone(nodes) : FusionPlan.of(nodes, wanted);
    passes = new NodePass[nodes.size()];
    for (int i = 0; i < passes.length; i++) {
      Node node = nodes.get(i);
      passes[i] =
          plan.pass(
              i, new PassContext(node, blocks, kernels, wanted[node.source()], true, false, some));
    }
    values = new Activations(network, passes, keepsValues).allocate(blocks);
    inputs =
        nodes.stream()
            .map(node -> node.sources().stream().map(s -> values[s]).toArray(float[][]::new))
            .toArray(float[][][]::new);
    weights = new Weights(new float[network.parameterCount()], new float[network.bufferCount()]);
    gradients = new float[network.parameterCount()];
    gradientPlan = new GradientPlan(network, passes, wanted, keepsGradients);
    gradientBuffers = gradientPlan.allocate(blocks);
    outputGradient = gradientBuffers[gradientPlan.bufferOf(nodes.size())];
    auxiliaryNodes = GradientPlan.auxiliaryNodes(network);
    step = new StepContext(weights.parameters(), gradients, weights.buffers());
    asksForMore = !asked.isEmpty();
  }

  /** Returns the network that it is a replica of. */
  public Network network() {
    return network;
  }

  /** Images at most in a step. */
  public int batchSize() {
    return batchSize;
  }

  /** The kernels it runs on. */
  public Kernels kernels() {
    return kernels;
  }

  /** Reports the time of each layer to this clock from now on; to none where it is absent. */
  public void watch(@Nullable LayerClock clock) {
    this.clock = clock;
  }

  /** All values of the network, to be read and written by the caller. */
  public Weights weights() {
    return weights;
  }

  /** Takes these values. */
  public void use(Weights other) {
    System.arraycopy(other.parameters(), 0, parameters(), 0, parameters().length);
    System.arraycopy(other.buffers(), 0, buffers(), 0, buffers().length);
  }

  /** All trainable values, to be read and written by the caller. */
  public float[] parameters() {
    return weights.parameters();
  }

  /** All buffers, to be read and written by the caller; steps of training change them. */
  public float[] buffers() {
    return weights.buffers();
  }

  /**
   * The gradients that the last {@link #backward} left, in the order of the parameters; 0 of those
   * that are frozen.
   */
  public float[] gradients() {
    return gradients;
  }

  /**
   * Returns the array in which the caller puts the batch, {@code [blocks, C, H, W, 16]}; unused
   * lanes of the last block must be finite.
   */
  public float[] input() {
    return values[0];
  }

  /** Returns what the last forward pass gave: {@code [blocks, outputs, 16]}. */
  public float[] output() {
    return values[values.length - 1];
  }

  /**
   * The output of a node in the last forward pass, {@code [blocks, outputs, 16]}, of a replica that
   * keeps {@link Extra#ALL_VALUES}.
   */
  public float[] value(int node) {
    return values[node + 1];
  }

  /**
   * Returns the array in which the caller puts the gradient of {@link #output}, 0 in unused lanes;
   * {@link #backward} overwrites it.
   */
  public float[] outputGradient() {
    return outputGradient;
  }

  /**
   * Returns what the last forward pass gave at an auxiliary output, {@code [blocks, outputs, 16]}.
   *
   * @param auxiliary its number in {@link Network#auxiliaries}
   */
  public float[] auxiliaryOutput(int auxiliary) {
    return values[auxiliaryNodes[auxiliary] + 1];
  }

  /**
   * Returns the array in which the caller puts the gradient of {@link #auxiliaryOutput}, 0 in
   * unused lanes, as with {@link #outputGradient}.
   */
  public float[] auxiliaryGradient(int auxiliary) {
    return gradientBuffers[gradientPlan.bufferOf(auxiliaryNodes[auxiliary] + 1)];
  }

  /** The gradient by the input that the last {@link #backward} left, if asked for at the start. */
  public float[] inputGradient() {
    if (!hasInputGradient) {
      throw new IllegalStateException(
          "Replica.inputGradient needs a replica that wants it, and a backward pass");
    }
    return gradientBuffers[gradientPlan.bufferOf(0)];
  }

  /**
   * The gradient by the output of a node that the last {@link #backward} left, {@code [blocks,
   * outputs, 16]}, of a replica that keeps {@link Extra#ALL_GRADIENTS}.
   *
   * @throws IllegalStateException if it keeps none, or this one was not needed: no parameter lies
   *     before it, and nobody asked for {@link Extra#INPUT_GRADIENT}
   */
  public float[] gradient(int node) {
    int buffer = gradientPlan.bufferOf(node + 1);
    if (!keepsGradients || buffer < 0) {
      throw new IllegalStateException(
          "Replica.gradient needs a replica that keeps all gradients, and a node on the way back,"
              + " but node "
              + node
              + (keepsGradients ? " is not on it" : " is of one that keeps none"));
    }
    return gradientBuffers[buffer];
  }

  /**
   * Computes the output of the batch's first {@code images} images, as for use: dropout is off;
   * {@link ForwardReplica} does it in less memory. A backward pass may follow only in a replica of
   * which more than the output is asked for.
   */
  public void forward(int images) {
    run(images, false, 0);
  }

  /**
   * Computes the output of the batch's first {@code images} images in training.
   *
   * @param randomKey from which the layers draw (dropout): a function of seed, epoch, worker and
   *     step
   */
  public void forwardTraining(int images, long randomKey) {
    run(images, true, randomKey);
  }

  private void run(int images, boolean training, long randomKey) {
    if (images < 1 || images > batchSize) {
      throw new IllegalArgumentException(
          "Replica takes 1 to " + batchSize + " images, but got " + images);
    }
    step.begin(images, training, false);
    trained = training || asksForMore;
    for (int i = 0; i < passes.length; i++) {
      long start = clock == null ? 0 : System.nanoTime();
      step.drawFrom(SeededRandom.at(randomKey, i));
      passes[i].run(step, inputs[i], values[i + 1]);
      if (clock != null) {
        clock.forward(i, System.nanoTime() - start);
      }
    }
  }

  /**
   * Computes the gradients of the last forward pass from {@link #outputGradient}.
   *
   * @throws IllegalStateException if that was one for use, in a replica of which no more than the
   *     output is asked for
   */
  public void backward() {
    if (!trained) {
      throw new IllegalStateException(
          "Replica.backward needs a forward pass in training before it");
    }
    for (int i = passes.length - 1; i >= 0; i--) {
      if (gradientPlan.runs(i)) {
        long start = clock == null ? 0 : System.nanoTime();
        backward(i);
        if (clock != null) {
          clock.backward(i, System.nanoTime() - start);
        }
      }
    }
    frozen.clear(gradients);
    hasInputGradient = wantsInputGradient;
  }

  private void backward(int node) {
    float[] dy = gradientBuffers[gradientPlan.bufferOf(node + 1)];
    GradientPlan.Route[] routes = gradientPlan.routes(node);
    if (passes[node] instanceof JoinPass join) {
      join.beginBackward();
    }
    for (int j = 0; j < routes.length; j++) {
      GradientPlan.Route route = routes[j];
      float @Nullable [] dx = route.isWanted() ? gradientBuffers[route.target()] : null;
      if (dx != null && route.isAddedByPass() && passes[node] instanceof AddingPass pass) {
        pass.backwardAndAdd(step, inputs[node][j], dy, dx);
      } else if (passes[node] instanceof LayerPass pass) {
        if (keepsGradients && dx != null && pass.gradientInPlace()) {
          // A pass that works in place gets the gradient where it is to leave its own.
          System.arraycopy(dy, 0, dx, 0, step.blocks() * outputSize(node) * Lanes.WIDTH);
          dy = dx;
        }
        pass.backward(step, inputs[node][j], values[node + 1], dy, dx);
      } else if (passes[node] instanceof JoinPass join && dx != null) {
        join.backward(step, j, inputs[node][j], values[node + 1], dy, dx);
      }
      if (dx != null && route.adds()) {
        float[] sum = gradientBuffers[route.sum()];
        int size = network.nodes().get(node).inputs().get(j).size();
        Sums.add(sum, dx, sum, step.blocks() * size * Lanes.WIDTH);
      }
    }
  }

  private int outputSize(int node) {
    return network.nodes().get(node).output().size();
  }

  /**
   * Returns where the values of the last forward pass stop being finite; nothing if all of them
   * are.
   */
  public @Nullable NonFiniteValues findNonFinite() {
    return NonFiniteValues.find(network, passes, values, step.images());
  }
}
