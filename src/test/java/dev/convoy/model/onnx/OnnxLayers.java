package dev.convoy.model.onnx;

import dev.convoy.nn.layer.Layer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Small networks, in which each kind of layer is at least once, and each of its options. */
public final class OnnxLayers {
  private static final List<String> NETWORKS =
      List.of(
          "[3, 9, 8]: conv2d: {filters: 5, kernel: [3, 2], stride: [2, 3], padding: [1, 0]}",
          "[4, 6, 5]: conv2d: {filters: 6, kernel: 3, padding: same, dilation: 2, groups: 2}",
          "[4, 6, 7]: conv2d: {filters: 4, kernel: 3, stride: 2, padding: same, groups: 4}",
          "[1, 3, 4]: conv2d: {filters: 2, kernel: 2, padding: [0, 1, 2, 0], bias: false}",
          "[4, 3, 5]: convTranspose2d: {filters: 3, kernel: 3, stride: 2}",
          "[4, 3, 5]: convTranspose2d: {filters: 2, kernel: 3, stride: 2, padding: 1,"
              + " outputPadding: 1, groups: 2}",
          "[4, 3, 4]: convTranspose2d: {filters: 6, kernel: [3, 2], stride: [2, 1],"
              + " padding: [0, 1], dilation: [2, 3], groups: 2, bias: false}",
          "[2, 3, 4]: convTranspose2d: {filters: 5, kernel: 2, stride: 3, padding: same}",
          "[2, 3, 4]: convTranspose2d: {filters: 5, kernel: 3, stride: 2, padding: same}",
          "[31]: dense: {units: 13}",
          "[31]: dense: {units: 13, bias: false}",
          "[3, 6, 7]: maxPool2d: {kernel: 2, stride: 2}",
          "[2, 6, 8]: maxPool2d: {kernel: 3, stride: 2, padding: 1, ceilMode: true}",
          "[2, 7, 8]: maxPool2d: {kernel: 3, stride: 2, padding: same}",
          "[1, 5, 4]: maxPool2d: {kernel: 2, stride: 1, dilation: [2, 1]}",
          "[3, 6, 7]: avgPool2d: {kernel: 2, stride: 2}",
          "[2, 6, 8]: avgPool2d: {kernel: 3, stride: 2, padding: 1}",
          "[2, 6, 8]: avgPool2d: {kernel: 3, stride: 2, padding: 1, ceilMode: true}",
          "[2, 6, 8]: avgPool2d: {kernel: 3, stride: 2, padding: 1, ceilMode: true,"
              + " countIncludePad: false}",
          "[2, 7, 8]: avgPool2d: {kernel: 3, stride: 2, padding: same}",
          "[3, 4, 5]: globalAvgPool2d",
          "[3, 4, 5]: globalMaxPool2d",
          "[3, 4, 5]: batchNorm2d",
          "[31]: batchNorm2d: {epsilon: 0.1, momentum: 0.5, affine: false}",
          "[2, 3, 5]: relu",
          "[2, 3, 5]: relu6",
          "[2, 3, 5]: tanh",
          "[2, 3, 5]: sigmoid",
          "[2, 3, 5]: leakyRelu: {slope: 0.2}",
          "[2, 3, 5]: hardSigmoid",
          "[2, 3, 5]: hardSwish",
          "[2, 3, 5]: elu: {alpha: 0.4}",
          "[2, 3, 5]: selu",
          "[2, 3, 5]: gelu",
          "[2, 3, 5]: gelu: {approximate: tanh}",
          "[2, 3, 5]: silu",
          "[2, 3, 5]: softplus",
          "[2, 3, 5]: softplus: {beta: 2, threshold: 30}",
          "[2, 3, 5]: mish",
          "[13]: softmax",
          "[3, 4, 5]: softmax",
          "[13]: logSoftmax",
          "[3, 4, 5]: logSoftmax",
          "[2, 3, 4]: pad2d: {padding: [1, 0, 2, 3], value: 0.5}",
          "[2, 3, 4]: upsample2d: {scale: [2, 3]}",
          "[2, 3, 5]: dropout: {rate: 0.5}",
          "[2, 3, 5]: dropout2d: {rate: 0.5}, relu: {}",
          "[3, 4, 5]: flatten",
          "[3, 4, 5]: globalAvgPool2d: {keepDimensions: true}",
          "[3, 4, 5]: globalMaxPool2d: {keepDimensions: true}",
          "[3, 4, 6]: adaptiveAvgPool2d: {size: [2, 3]}",
          "[3, 4, 5]: channelMax",
          "[3, 4, 5]: channelMean",
          "[6, 4, 5]: channelShuffle: {groups: 2}",
          "[6, 4, 5]: crop2d: {cropping: [1, 0, 2, 1]}",
          "[8, 4, 5]: depthToSpace: {blockSize: 2}",
          "[8, 4, 5]: depthToSpace: {blockSize: 2, mode: dcr}",
          "[2, 4, 6]: spaceToDepth: {blockSize: 2}",
          "[2, 4, 6]: spaceToDepth: {blockSize: 2, mode: dcr}",
          "[2, 4, 6]: reshape: {shape: [6, 2, 4]}",
          "[24]: reshape: {shape: [6, 2, 2]}",
          "[6, 4, 5]: slice: {from: 1, to: 5}",
          "[24]: slice: {from: 20}",
          "[2, 4, 5]: pad2d: {padding: [1, 0, 2, 3], mode: reflect}",
          "[2, 4, 5]: pad2d: {padding: [1, 0, 2, 3], mode: replicate}",
          "[2, 3, 4]: upsample2d: {scale: [2, 3], mode: bilinear}",
          "[3, 4, 5]: relu: {name: a}, tanh: {name: b}, add: {inputs: [a, b]}",
          "[3, 4, 5]: relu: {name: a}, tanh: {name: b}, add: {inputs: [b, input, a]}",
          "[3, 4, 5]: relu: {name: a}, tanh: {name: b}, concat: {inputs: [b, input, a]}",
          "[31]: relu: {name: a}, tanh: {name: b}, concat: {inputs: [b, a]}",
          "[3, 4, 5]: relu: {name: a}, tanh: {name: b}, multiply: {inputs: [a, b]}",
          "[3, 4, 5]: globalAvgPool2d: {name: a}, multiply: {inputs: [a, input]}",
          "[3, 4, 5]: globalAvgPool2d: {keepDimensions: true, name: a},"
              + " multiply: {inputs: [input, a]}",
          "[3, 4, 5]: channelMean: {name: a}, multiply: {inputs: [input, a]}",
          "[2, 3, 5]: stochasticDepth: {rate: 0.5}, relu: {}",
          "[3, 4, 5]: scale",
          "[31]: scale: {initial: 0.5}",
          "[3, 4, 5]: layerNorm",
          "[31]: layerNorm: {epsilon: 0.1, affine: false}",
          "[6, 4, 5]: groupNorm: {groups: 2}",
          "[6, 4, 5]: groupNorm: {groups: 6, epsilon: 0.1, affine: false}",
          "[12]: groupNorm: {groups: 3}",
          "[8, 4, 5]: localResponseNorm: {size: 5, alpha: 0.5, beta: 0.6, k: 2}",
          "[2, 3, 5]: clip: {min: -0.5, max: 2}",
          "[2, 3, 5]: clip: {min: -0.5}",
          "[2, 3, 5]: clip: {max: 20}",
          "[3, 4, 5]: prelu",
          "[3, 4, 5]: prelu: {perChannel: true}",
          "[31]: prelu: {perChannel: true}");

  /** Those that a graph can't say in operators that lead back to them. */
  private static final List<String> ONE_WAY =
      List.of(
          "[2, 3, 5]: softplus: {beta: 3, threshold: 1}",
          "[8, 4, 5]: localResponseNorm: {size: 4, alpha: 0.5}",
          "[31]: localResponseNorm: {size: 5, alpha: 0.5}",
          "[3, 7, 5]: adaptiveAvgPool2d: {size: [3, 4]}",
          "[2, 6, 8]: avgPool2d: {kernel: 3, stride: 2, padding: 1, divisor: 4}",
          "[2, 6, 8]: avgPool2d: {kernel: 3, stride: 2, ceilMode: true, divisor: 4}");

  private OnnxLayers() {}

  /** Networks that come back as they went. */
  public static Stream<String> bothWays() {
    return NETWORKS.stream().map(OnnxLayers::network);
  }

  /** All of them. */
  public static Stream<String> all() {
    return Stream.concat(bothWays(), ONE_WAY.stream().map(OnnxLayers::network));
  }

  /**
   * {@code [3, 4, 5]: relu, tanh: {name: b}} as a network of a job: pairs in a list are maps of
   * YAML.
   */
  private static String network(String line) {
    String[] parts = line.split("]: ", 2);
    return "{input: " + parts[0] + "], layers: [" + parts[1] + "]}";
  }

  /** Every kind of layer that there is. */
  public static Set<Class<?>> kinds() {
    Set<Class<?>> kinds = new LinkedHashSet<>();
    collect(Layer.class, kinds);
    return kinds;
  }

  private static void collect(Class<?> type, Set<Class<?>> kinds) {
    if (type.isSealed()) {
      for (Class<?> permitted : type.getPermittedSubclasses()) {
        collect(permitted, kinds);
      }
    } else {
      kinds.add(type);
    }
  }
}
