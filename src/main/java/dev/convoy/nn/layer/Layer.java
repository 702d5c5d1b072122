package dev.convoy.nn.layer;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.ShapeException;
import java.io.Serializable;
import java.util.List;

/**
 * One step of a network from inputs to outputs: an immutable description. What changes in a pass
 * belongs to the replica.
 *
 * <p>A record's constructor takes null for a component that is absent in a job, and puts the
 * default in its place.
 */
@PublicApi
public sealed interface Layer extends Serializable
    permits AdaptiveAvgPool2d,
        AvgPool2d,
        BatchNorm2d,
        ChannelMax,
        ChannelMean,
        ChannelShuffle,
        Clip,
        Conv2d,
        ConvTranspose2d,
        Crop2d,
        Dense,
        DepthToSpace,
        Dropout,
        Dropout2d,
        Elu,
        Flatten,
        Gelu,
        GlobalAvgPool2d,
        GlobalMaxPool2d,
        GroupNorm,
        HardSigmoid,
        HardSwish,
        Join,
        LayerNorm,
        LeakyRelu,
        LocalResponseNorm,
        LogSoftmax,
        MaxPool2d,
        Mish,
        Pad2d,
        Prelu,
        Relu,
        Relu6,
        Reshape,
        Scale,
        Selu,
        Sigmoid,
        Silu,
        Slice,
        Softmax,
        Softplus,
        SpaceToDepth,
        StochasticDepth,
        Tanh,
        Upsample2d {

  /**
   * The shape that comes out for one example of shape {@code in}.
   *
   * @throws ShapeException if {@code in} does not fit; the message goes on after the layer's name,
   *     as in {@code needs [C, H>=5, W>=5], but got [1, 4, 8]}
   */
  Shape outputShape(Shape in);

  /**
   * The trainable tensors for inputs of shape {@code in}, in their order in the flat parameters.
   */
  default List<ParameterSpec> parameters(Shape in) {
    return List.of();
  }

  /**
   * Returns what the layer keeps of the batches that it has seen, for inputs of shape {@code in}:
   * values that steps change, but no optimizer.
   */
  default List<ParameterSpec> buffers(Shape in) {
    return List.of();
  }

  /**
   * Multiplications followed by an addition in a forward pass of one example of shape {@code in}.
   */
  default long multiplyAdds(Shape in) {
    return 0;
  }

  /** The name of the kind in a job: {@code conv2d} for {@link Conv2d}. */
  default String kind() {
    String name = getClass().getSimpleName();
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }
}
