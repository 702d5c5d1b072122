package dev.convoy.benchmark;

import ai.djl.Device;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.convoy.nn.Network;
import dev.convoy.optim.Sgd;

/**
 * PyTorch, driven from Java by DJL's bindings: the operators, the order and the passes over memory
 * are those of the usual loop in Python, and no value comes to Java in a step.
 *
 * <p>The learning rate is part of the weights of the loss, so that momentum takes the three
 * operators of {@code torch.optim.SGD} without a fourth: {@code v = momentum · v + rate · g; p = p
 * - v}. Gradients start empty in each step, as with {@code zero_grad(set_to_none=True)}: a
 * parameter's tensor is detached into a new one on the same memory.
 */
final class PytorchEngine implements Engine {
  /** In a step: its gradient's on and off, three operators, its end. */
  private static final int CALLS_OF_PARAMETER = 7;

  /** In a step: input, loss, backward. */
  private static final int CALLS_OF_STEP = 8;

  private static final int TRIALS = 2000;

  private final float learningRate;
  private final PtNDManager manager;
  private final PytorchNetwork network;
  private final PtNDArray[] velocities;
  private final PtNDArray input;
  private final PtNDArray lossWeights;
  private final PtNDArray momentum;
  private final PtNDArray one;
  private PtNDArray loss;

  PytorchEngine(Network network, SyntheticBatch batch, Sgd optimizer, boolean channelsLast) {
    this.learningRate = optimizer.learningRate();
    manager = (PtNDManager) ai.djl.engine.Engine.getEngine("PyTorch").newBaseManager(Device.cpu());
    PytorchTensors tensors = new PytorchTensors(manager, channelsLast);
    this.network = new PytorchNetwork(network, network.initialWeights(SEED), tensors);
    velocities =
        network.parameters().stream()
            .map(p -> tensors.of(new float[p.size()], 0, PytorchNetwork.shape(p.shape())))
            .toArray(PtNDArray[]::new);
    input = tensors.of(batch.images(), 0, PytorchNetwork.shape(network.input(), batch.size()));
    lossWeights = lossWeights(tensors, batch, network.output().size());
    momentum = scalar(tensors, optimizer.momentum());
    one = scalar(tensors, 1);
    loss = scalar(tensors, Float.NaN);
    JniUtils.setGradMode(true);
  }

  /** Of each log probability in the sum that is the loss: minus rate / N for an image's class. */
  private PtNDArray lossWeights(PytorchTensors tensors, SyntheticBatch batch, int classes) {
    float[] weights = new float[batch.size() * classes];
    for (int i = 0; i < batch.size(); i++) {
      weights[i * classes + batch.labels()[i]] = -learningRate / batch.size();
    }
    return tensors.of(weights, 0, new Shape(batch.size(), classes));
  }

  private static PtNDArray scalar(PytorchTensors tensors, float value) {
    return tensors.of(new float[] {value}, 0, new Shape());
  }

  @Override
  public String description() {
    return ai.djl.engine.Engine.getEngine("PyTorch").getVersion();
  }

  @Override
  public void step() {
    try (PtNDManager ofStep = manager.newSubManager(Device.cpu())) {
      PtNDArray[] parameters = network.parameters();
      for (PtNDArray parameter : parameters) {
        JniUtils.attachGradient(parameter, true);
      }
      PtNDArray output = network.forward(inputIn(ofStep), true);
      PtNDArray logarithms = JniUtils.logSoftmax(output, 1, DataType.FLOAT32);
      loss.close();
      loss = JniUtils.sum(JniUtils.mul(logarithms, lossWeights));
      loss.attach(manager);
      JniUtils.backward(loss, one, false, false);
      for (int i = 0; i < parameters.length; i++) {
        parameters[i] = descend(ofStep, parameters[i], velocities[i]);
      }
    }
  }

  /** What comes of the input belongs to the same manager, and is freed with it. */
  private PtNDArray inputIn(PtNDManager manager) {
    PtNDArray own = JniUtils.detachGradient(input);
    own.attach(manager);
    return own;
  }

  private PtNDArray descend(PtNDManager ofStep, PtNDArray parameter, PtNDArray velocity) {
    PtNDArray gradient = JniUtils.getGradient(parameter);
    gradient.attach(ofStep);
    PtNDArray next = JniUtils.detachGradient(parameter);
    JniUtils.muli(velocity, momentum);
    JniUtils.addi(velocity, gradient);
    JniUtils.subi(next, velocity);
    parameter.close();
    return next;
  }

  @Override
  public double loss() {
    return loss.getFloat() / (double) learningRate;
  }

  @Override
  public void infer() {
    JniUtils.setGradMode(false);
    try (PtNDManager ofPass = manager.newSubManager(Device.cpu())) {
      network.forward(inputIn(ofPass), false);
    } finally {
      JniUtils.setGradMode(true);
    }
  }

  /**
   * Counts the calls, and times as many that do next to nothing: an operator on a single value,
   * with making and freeing its tensor. PyTorch's own share in that, which a loop in Python has as
   * well, is in it.
   */
  @Override
  public double secondsOfCalls() {
    int calls = network.size() + CALLS_OF_PARAMETER * velocities.length + CALLS_OF_STEP;
    double least = Double.MAX_VALUE;
    for (int i = 0; i < TRIALS; i++) {
      long start = System.nanoTime();
      try (PtNDManager ofStep = manager.newSubManager(Device.cpu())) {
        PtNDArray value = JniUtils.detachGradient(one);
        value.attach(ofStep);
        for (int call = 0; call < calls; call++) {
          JniUtils.relu(value);
        }
      }
      least = Math.min(least, (System.nanoTime() - start) * 1e-9);
    }
    return least;
  }
}
