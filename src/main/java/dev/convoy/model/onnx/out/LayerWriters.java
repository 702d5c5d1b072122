package dev.convoy.model.onnx.out;

import static dev.convoy.model.onnx.out.GraphWriter.attribute;

import dev.convoy.nn.layer.AdaptiveAvgPool2d;
import dev.convoy.nn.layer.Add;
import dev.convoy.nn.layer.AvgPool2d;
import dev.convoy.nn.layer.BatchNorm2d;
import dev.convoy.nn.layer.ChannelMax;
import dev.convoy.nn.layer.ChannelMean;
import dev.convoy.nn.layer.ChannelShuffle;
import dev.convoy.nn.layer.Clip;
import dev.convoy.nn.layer.Concat;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.ConvTranspose2d;
import dev.convoy.nn.layer.Crop2d;
import dev.convoy.nn.layer.Dense;
import dev.convoy.nn.layer.DepthToSpace;
import dev.convoy.nn.layer.Dropout;
import dev.convoy.nn.layer.Dropout2d;
import dev.convoy.nn.layer.Elu;
import dev.convoy.nn.layer.Flatten;
import dev.convoy.nn.layer.Gelu;
import dev.convoy.nn.layer.GlobalAvgPool2d;
import dev.convoy.nn.layer.GlobalMaxPool2d;
import dev.convoy.nn.layer.GroupNorm;
import dev.convoy.nn.layer.HardSigmoid;
import dev.convoy.nn.layer.HardSwish;
import dev.convoy.nn.layer.Layer;
import dev.convoy.nn.layer.LayerNorm;
import dev.convoy.nn.layer.LeakyRelu;
import dev.convoy.nn.layer.LocalResponseNorm;
import dev.convoy.nn.layer.LogSoftmax;
import dev.convoy.nn.layer.MaxPool2d;
import dev.convoy.nn.layer.Mish;
import dev.convoy.nn.layer.Multiply;
import dev.convoy.nn.layer.Pad2d;
import dev.convoy.nn.layer.Prelu;
import dev.convoy.nn.layer.Relu;
import dev.convoy.nn.layer.Relu6;
import dev.convoy.nn.layer.Reshape;
import dev.convoy.nn.layer.Scale;
import dev.convoy.nn.layer.Selu;
import dev.convoy.nn.layer.Sigmoid;
import dev.convoy.nn.layer.Silu;
import dev.convoy.nn.layer.Slice;
import dev.convoy.nn.layer.Softmax;
import dev.convoy.nn.layer.Softplus;
import dev.convoy.nn.layer.SpaceToDepth;
import dev.convoy.nn.layer.StochasticDepth;
import dev.convoy.nn.layer.Tanh;
import dev.convoy.nn.layer.Upsample2d;
import java.util.Map;

/** Says which writer each kind of layer has; a kind without one fails a test. */
final class LayerWriters {
  private static final Map<Class<? extends Layer>, LayerWriter> WRITERS =
      Map.ofEntries(
          Map.entry(Add.class, JoinWriters::add),
          Map.entry(AdaptiveAvgPool2d.class, PoolWriters::adaptive),
          Map.entry(ChannelMax.class, layer -> ChannelWriters.reduce(layer, "ReduceMax")),
          Map.entry(ChannelMean.class, layer -> ChannelWriters.reduce(layer, "ReduceMean")),
          Map.entry(ChannelShuffle.class, ChannelWriters::shuffle),
          Map.entry(Crop2d.class, ShapeWriters::crop),
          Map.entry(DepthToSpace.class, ChannelWriters::depthToSpace),
          Map.entry(Reshape.class, ShapeWriters::reshape),
          Map.entry(Slice.class, ChannelWriters::slice),
          Map.entry(SpaceToDepth.class, ChannelWriters::spaceToDepth),
          Map.entry(AvgPool2d.class, PoolWriters::average),
          Map.entry(BatchNorm2d.class, NormalizationWriters::batchNorm),
          Map.entry(Concat.class, JoinWriters::concat),
          Map.entry(Conv2d.class, ConvolutionWriters::conv2d),
          Map.entry(Clip.class, ActivationWriters::clip),
          Map.entry(ConvTranspose2d.class, ConvolutionWriters::transpose),
          Map.entry(Dense.class, ConvolutionWriters::dense),
          Map.entry(Dropout.class, ShapeWriters::dropout),
          Map.entry(Dropout2d.class, ShapeWriters::dropout2d),
          Map.entry(Elu.class, ActivationWriters::elu),
          Map.entry(Flatten.class, layer -> layer.result("Flatten", attribute("axis", 1L))),
          Map.entry(Gelu.class, ActivationWriters::gelu),
          Map.entry(GlobalAvgPool2d.class, PoolWriters::globalMean),
          Map.entry(GlobalMaxPool2d.class, PoolWriters::globalMax),
          Map.entry(GroupNorm.class, NormalizationWriters::groupNorm),
          Map.entry(HardSigmoid.class, ActivationWriters::hardSigmoid),
          Map.entry(HardSwish.class, layer -> layer.result("HardSwish")),
          Map.entry(LayerNorm.class, NormalizationWriters::layerNorm),
          Map.entry(LeakyRelu.class, ActivationWriters::leakyRelu),
          Map.entry(LocalResponseNorm.class, NormalizationWriters::localResponseNorm),
          Map.entry(LogSoftmax.class, layer -> layer.result("LogSoftmax", attribute("axis", 1L))),
          Map.entry(MaxPool2d.class, PoolWriters::max),
          Map.entry(Mish.class, ActivationWriters::mish),
          Map.entry(Multiply.class, JoinWriters::multiply),
          Map.entry(Pad2d.class, ShapeWriters::pad),
          Map.entry(Prelu.class, ActivationWriters::prelu),
          Map.entry(Relu.class, layer -> layer.result("Relu")),
          Map.entry(Relu6.class, layer -> ActivationWriters.clip(layer, 0, 6)),
          Map.entry(Scale.class, NormalizationWriters::scale),
          Map.entry(Selu.class, ActivationWriters::selu),
          Map.entry(Sigmoid.class, layer -> layer.result("Sigmoid")),
          Map.entry(Silu.class, ActivationWriters::silu),
          Map.entry(Softmax.class, layer -> layer.result("Softmax", attribute("axis", 1L))),
          Map.entry(Softplus.class, ActivationWriters::softplus),
          Map.entry(StochasticDepth.class, layer -> layer.result("Identity")),
          Map.entry(Tanh.class, layer -> layer.result("Tanh")),
          Map.entry(Upsample2d.class, ShapeWriters::upsample));

  private LayerWriters() {}

  /** Returns the writer of this kind of layer. */
  static LayerWriter of(Class<? extends Layer> kind) {
    LayerWriter writer = WRITERS.get(kind);
    if (writer == null) {
      throw new IllegalStateException(kind.getSimpleName() + " has no writer for ONNX");
    }
    return writer;
  }
}
