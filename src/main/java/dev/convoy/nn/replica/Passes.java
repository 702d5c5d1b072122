package dev.convoy.nn.replica;

import dev.convoy.kernel.Kernels;
import dev.convoy.nn.Node;
import dev.convoy.nn.layer.Add;
import dev.convoy.nn.layer.AvgPool2d;
import dev.convoy.nn.layer.BatchNorm2d;
import dev.convoy.nn.layer.Concat;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.ConvTranspose2d;
import dev.convoy.nn.layer.Dense;
import dev.convoy.nn.layer.Dropout;
import dev.convoy.nn.layer.Dropout2d;
import dev.convoy.nn.layer.Elu;
import dev.convoy.nn.layer.Flatten;
import dev.convoy.nn.layer.Gelu;
import dev.convoy.nn.layer.GlobalAvgPool2d;
import dev.convoy.nn.layer.GlobalMaxPool2d;
import dev.convoy.nn.layer.HardSigmoid;
import dev.convoy.nn.layer.Layer;
import dev.convoy.nn.layer.LeakyRelu;
import dev.convoy.nn.layer.LogSoftmax;
import dev.convoy.nn.layer.MaxPool2d;
import dev.convoy.nn.layer.Mish;
import dev.convoy.nn.layer.Pad2d;
import dev.convoy.nn.layer.Relu;
import dev.convoy.nn.layer.Relu6;
import dev.convoy.nn.layer.Selu;
import dev.convoy.nn.layer.Sigmoid;
import dev.convoy.nn.layer.Silu;
import dev.convoy.nn.layer.Softmax;
import dev.convoy.nn.layer.Softplus;
import dev.convoy.nn.layer.Tanh;
import dev.convoy.nn.layer.Upsample2d;
import dev.convoy.nn.replica.fusion.Neighbours;
import dev.convoy.nn.replica.fusion.NormalizedConv2dPass;
import dev.convoy.nn.replica.fusion.PooledConv2dPass;
import dev.convoy.nn.replica.fusion.PooledWinogradPass;
import dev.convoy.nn.replica.fusion.ResidualPass;
import dev.convoy.nn.replica.pass.AddPass;
import dev.convoy.nn.replica.pass.AvgPool2dPass;
import dev.convoy.nn.replica.pass.BatchNorm2dPass;
import dev.convoy.nn.replica.pass.ConcatPass;
import dev.convoy.nn.replica.pass.Conv2dPass;
import dev.convoy.nn.replica.pass.ConvTranspose2dPass;
import dev.convoy.nn.replica.pass.DensePass;
import dev.convoy.nn.replica.pass.DropoutPass;
import dev.convoy.nn.replica.pass.EluPass;
import dev.convoy.nn.replica.pass.GeluPass;
import dev.convoy.nn.replica.pass.GeluTanhPass;
import dev.convoy.nn.replica.pass.HardSigmoidPass;
import dev.convoy.nn.replica.pass.IdentityPass;
import dev.convoy.nn.replica.pass.LeakyReluPass;
import dev.convoy.nn.replica.pass.LogSoftmaxPass;
import dev.convoy.nn.replica.pass.MaxPool2dPass;
import dev.convoy.nn.replica.pass.MishPass;
import dev.convoy.nn.replica.pass.Pad2dPass;
import dev.convoy.nn.replica.pass.Relu6Pass;
import dev.convoy.nn.replica.pass.ReluPass;
import dev.convoy.nn.replica.pass.SigmoidPass;
import dev.convoy.nn.replica.pass.SiluPass;
import dev.convoy.nn.replica.pass.SoftmaxPass;
import dev.convoy.nn.replica.pass.SoftplusPass;
import dev.convoy.nn.replica.pass.TanhPass;
import dev.convoy.nn.replica.pass.Upsample2dPass;
import dev.convoy.nn.replica.step.LayerPass;
import dev.convoy.nn.replica.step.NodePass;
import java.util.List;

/** Puts each kind of layer to work. */
final class Passes {
  private Passes() {}

  /**
   * The pass of a layer.
   *
   * @param number of the node
   * @param blocks lane blocks at most in a batch
   * @param inputGradient whether {@code backward} will be asked for the gradient of its input
   * @param neighbours whose work it may do, too
   */
  static NodePass of(
      List<Node> nodes,
      int number,
      int blocks,
      Kernels kernels,
      boolean inputGradient,
      Neighbours neighbours) {
    Node node = nodes.get(number);
    Layer layer = node.layer();
    boolean rectifies = neighbours.rectifies(number);
    Node pooling = neighbours.pooling(number);
    if (pooling != null && PooledWinogradPass.suits(node, pooling)) {
      return new PooledWinogradPass(node, pooling, blocks, kernels, inputGradient, rectifies);
    } else if (pooling != null) {
      return new PooledConv2dPass(node, pooling, blocks, kernels, rectifies);
    } else if (neighbours.normalizedInput(number) != null) {
      Node normalized = neighbours.normalizedInput(number);
      return new NormalizedConv2dPass(node, normalized, blocks, kernels, rectifies);
    } else if (layer instanceof Conv2d conv2d) {
      return new Conv2dPass(node, conv2d, blocks, kernels, inputGradient);
    } else if (layer instanceof Dense) {
      return new DensePass(node, blocks, kernels);
    } else if (layer instanceof MaxPool2d maxPool2d) {
      return new MaxPool2dPass(node, maxPool2d, blocks, kernels, rectifies);
    } else if (layer instanceof AvgPool2d avgPool2d) {
      return new AvgPool2dPass(node, avgPool2d, kernels);
    } else if (layer instanceof Dropout dropout) {
      return DropoutPass.ofValues(node, dropout.rate(), blocks, kernels);
    } else if (layer instanceof Dropout2d dropout2d) {
      return DropoutPass.ofChannels(node, dropout2d.rate(), blocks, kernels);
    } else if (layer instanceof ConvTranspose2d convTranspose2d) {
      return new ConvTranspose2dPass(node, convTranspose2d, blocks, kernels);
    } else if (layer instanceof GlobalAvgPool2d global) {
      return new AvgPool2dPass(node, global.over(node.input()), kernels);
    } else if (layer instanceof GlobalMaxPool2d global) {
      return new MaxPool2dPass(node, global.over(node.input()), blocks, kernels, false);
    } else if (layer instanceof Pad2d pad2d) {
      return new Pad2dPass(node, pad2d);
    } else if (layer instanceof Upsample2d upsample2d) {
      return new Upsample2dPass(node, upsample2d, kernels);
    } else if (layer instanceof Flatten) {
      return new IdentityPass();
    } else if (layer instanceof BatchNorm2d) {
      return new BatchNorm2dPass(node, blocks, kernels, rectifies);
    } else if (layer instanceof Add) {
      return neighbours.normalizes(number)
          ? new ResidualPass(neighbours.normalizations(number), blocks, kernels, rectifies)
          : new AddPass(node);
    } else if (layer instanceof Concat) {
      return new ConcatPass(node);
    }
    LayerPass activation = activation(node, kernels);
    if (activation == null) {
      throw new IllegalStateException("No pass is known for a layer of kind " + layer.kind());
    }
    return activation;
  }

  /** The pass of an activation, or {@code null} for any other layer. */
  private static LayerPass activation(Node node, Kernels kernels) {
    Layer layer = node.layer();
    if (layer instanceof Relu) {
      return new ReluPass(node, kernels);
    } else if (layer instanceof Relu6) {
      return new Relu6Pass(node, kernels);
    } else if (layer instanceof LeakyRelu leakyRelu) {
      return new LeakyReluPass(node, leakyRelu, kernels);
    } else if (layer instanceof Elu elu) {
      return new EluPass(node, elu, kernels);
    } else if (layer instanceof Selu selu) {
      return new EluPass(node, selu, kernels);
    } else if (layer instanceof Gelu gelu) {
      return gelu.approximate() == Gelu.Approximation.TANH
          ? new GeluTanhPass(node, kernels)
          : new GeluPass(node, kernels);
    } else if (layer instanceof Silu) {
      return new SiluPass(node, kernels);
    } else if (layer instanceof Mish) {
      return new MishPass(node, kernels);
    } else if (layer instanceof Softplus softplus) {
      return new SoftplusPass(node, softplus, kernels);
    } else if (layer instanceof Tanh) {
      return new TanhPass(node, kernels);
    } else if (layer instanceof Sigmoid) {
      return new SigmoidPass(node, kernels);
    } else if (layer instanceof HardSigmoid) {
      return new HardSigmoidPass(node, kernels);
    } else if (layer instanceof Softmax) {
      return new SoftmaxPass(node, kernels);
    } else if (layer instanceof LogSoftmax) {
      return new LogSoftmaxPass(node, kernels);
    }
    return null;
  }
}
