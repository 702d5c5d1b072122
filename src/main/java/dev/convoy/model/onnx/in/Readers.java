package dev.convoy.model.onnx.in;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says which reader each operator has. */
final class Readers {
  private static final Map<String, OperatorReader> READERS = readers();

  private Readers() {}

  private static Map<String, OperatorReader> readers() {
    Map<String, OperatorReader> readers = new HashMap<>();
    for (String each : Functions.OPERATORS) {
      readers.put(each, ElementwiseReaders::unary);
    }
    for (String two : List.of("Add", "Sub", "Mul", "Div", "Pow", "Max", "Min")) {
      readers.put(two, ElementwiseReaders::binary);
    }
    readers.put("Sum", JoinReaders::sum);
    readers.put("Concat", JoinReaders::concat);
    readers.put("Conv", ConvolutionReaders::conv);
    readers.put("ConvTranspose", ConvolutionReaders::transpose);
    readers.put("Gemm", DenseReaders::gemm);
    readers.put("MatMul", DenseReaders::matMul);
    readers.put("BatchNormalization", NormalizationReaders::batchNorm);
    readers.put("InstanceNormalization", NormalizationReaders::instanceNorm);
    readers.put("LayerNormalization", NormalizationReaders::layerNorm);
    readers.put("LRN", NormalizationReaders::localResponseNorm);
    readers.put("PRelu", NormalizationReaders::prelu);
    readers.put("Softmax", NormalizationReaders::softmax);
    readers.put("LogSoftmax", NormalizationReaders::softmax);
    readers.put("MaxPool", PoolReaders::pool);
    readers.put("AveragePool", PoolReaders::pool);
    readers.put("GlobalAveragePool", PoolReaders::global);
    readers.put("GlobalMaxPool", PoolReaders::global);
    readers.put("ReduceMean", PoolReaders::reduce);
    readers.put("ReduceMax", PoolReaders::reduce);
    readers.put("Reshape", LayoutReaders::reshape);
    readers.put("Flatten", LayoutReaders::flatten);
    readers.put("Squeeze", LayoutReaders::squeeze);
    readers.put("Unsqueeze", LayoutReaders::unsqueeze);
    readers.put("Transpose", LayoutReaders::transpose);
    readers.put("Identity", LayoutReaders::same);
    readers.put("Cast", LayoutReaders::same);
    readers.put("Dropout", LayoutReaders::dropout);
    readers.put("Shape", LayoutReaders::shape);
    readers.put("Slice", PartReaders::slice);
    readers.put("Split", PartReaders::split);
    readers.put("DepthToSpace", PartReaders::depthToSpace);
    readers.put("SpaceToDepth", PartReaders::spaceToDepth);
    readers.put("Pad", SpatialReaders::pad);
    readers.put("Resize", SpatialReaders::resize);
    readers.put("Upsample", SpatialReaders::resize);
    return Map.copyOf(readers);
  }

  /** The reader of an operator of ONNX's own; null if there is none. */
  static @Nullable OperatorReader of(Operator node) {
    boolean isOwn = node.domain().isEmpty() || node.domain().equals("ai.onnx");
    return isOwn ? READERS.get(node.type()) : null;
  }
}
