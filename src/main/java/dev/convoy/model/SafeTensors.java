package dev.convoy.model;

import dev.convoy.nn.Network;
import dev.convoy.nn.Weights;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.stream.Stream;

/** A network's parameters and buffers as the tensors of a safetensors file, float32 all of them. */
public final class SafeTensors {
  private SafeTensors() {}

  /** Writes the parameters under their names, in the network's order, then the buffers. */
  public static void write(Network network, Weights weights, OutputStream out) throws IOException {
    TensorFile.write(tensors(network, weights), out);
  }

  /**
   * Reads the weights of a network. The file must hold its tensors and no others; their order in
   * the file is free.
   *
   * @param name of the file, for errors
   * @throws ModelException if the file is damaged, or holds other tensors
   */
  public static Weights read(Network network, InputStream in, String name) throws IOException {
    Weights weights =
        new Weights(new float[network.parameterCount()], new float[network.bufferCount()]);
    TensorFile.read(tensors(network, weights), "the network", in, name);
    return weights;
  }

  /**
   * Writes the same under the names that PyTorch has: {@code running_mean} and {@code running_var}
   * in place of {@code runningMean} and {@code runningVar}.
   */
  public static void writeForPyTorch(Network network, Weights weights, OutputStream out)
      throws IOException {
    TensorFile.write(tensors(network, weights).stream().map(SafeTensors::forPyTorch).toList(), out);
  }

  private static Tensor forPyTorch(Tensor tensor) {
    String name =
        tensor
            .name()
            .replaceFirst("\\.runningMean$", ".running_mean")
            .replaceFirst("\\.runningVar$", ".running_var");
    return new Tensor(name, tensor.shape(), tensor.array(), tensor.offset());
  }

  /** All tensors of a network: the trainable ones first. */
  private static List<Tensor> tensors(Network network, Weights weights) {
    return Stream.concat(
            network.parameters().stream().map(p -> Tensor.of(p, weights.parameters())),
            network.buffers().stream().map(b -> Tensor.of(b, weights.buffers())))
        .toList();
  }
}
