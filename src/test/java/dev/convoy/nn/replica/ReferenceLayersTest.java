package dev.convoy.nn.replica;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.nn.Node;
import dev.convoy.nn.layer.Clip;
import dev.convoy.nn.layer.GroupNorm;
import dev.convoy.nn.layer.Layer;
import dev.convoy.nn.layer.LayerNorm;
import dev.convoy.nn.layer.LocalResponseNorm;
import dev.convoy.nn.layer.Multiply;
import dev.convoy.nn.layer.Prelu;
import dev.convoy.nn.layer.Scale;
import dev.convoy.nn.replica.pass.MultiplyPass;
import dev.convoy.nn.replica.step.PassContext;
import dev.convoy.nn.replica.step.StepContext;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.Golden;
import dev.convoy.testing.KernelsUnderTest;
import dev.convoy.testing.LaneBatch;
import dev.convoy.testing.LayerRun;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Layers against values and gradients that {@code reference_layers.py} had PyTorch compute. */
class ReferenceLayersTest {
  private static Stream<Arguments> of(boolean products) {
    return Golden.onEveryKernel(
        "layers", golden -> golden.name().startsWith("multiply/") == products);
  }

  static Stream<Arguments> layers() {
    return of(false);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("layers")
  void aLayerAgreesWithFloat64(Golden golden, KernelsUnderTest kernels) {
    LayerRun run = LayerRun.of(layer(golden), golden.tensor("/in/x").shape(), kernels);
    List<String> parameters =
        Stream.of("weight", "bias").filter(name -> golden.has("/in/" + name)).toList();
    run.with(
        parameters.stream()
            .map(name -> golden.tensor("/in/" + name).floats())
            .toArray(float[][]::new));
    golden.assertMatches("/out/y", run.forward(golden.tensor("/in/x").floats()));
    golden.assertMatches("/grad/dx", run.backward(golden.tensor("/in/gy").floats()));
    for (String name : parameters) {
      golden.assertMatches("/grad/d" + name, run.gradient(name));
    }
  }

  private static Layer layer(Golden golden) {
    float epsilon = golden.number("/params/eps", -1);
    return switch (golden.name().replaceAll("/.*", "")) {
      case "scale" -> new Scale(null);
      case "layerNorm" -> new LayerNorm(epsilon, null);
      case "groupNorm" -> new GroupNorm(golden.integer("/params/groups"), epsilon, null);
      case "localResponseNorm" ->
          new LocalResponseNorm(
              golden.integer("/params/size"),
              golden.number("/params/alpha", 0),
              golden.number("/params/beta", 0),
              golden.number("/params/k", 0));
      case "clip" -> new Clip(golden.number("/params/min", 0), golden.number("/params/max", 0));
      case "prelu" -> new Prelu(golden.at("/params/perChannel").asBoolean(), null);
      default -> throw new IllegalStateException(golden.name());
    };
  }

  static Stream<Arguments> products() {
    return of(true);
  }

  /** The inputs in either order. */
  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("products")
  void aProductAgreesWithFloat64(Golden golden, KernelsUnderTest kernels) {
    for (List<String> names : List.of(List.of("x", "factors"), List.of("factors", "x"))) {
      int images = golden.tensor("/in/x").shape()[0];
      List<Shape> shapes = names.stream().map(name -> example(golden, name)).toList();
      Shape output = new Multiply().outputShape(shapes);
      Node node =
          new Node("product", new Multiply(), List.of(0, 1), shapes, output, List.of(), List.of());
      MultiplyPass pass = new MultiplyPass(new PassContext(node, 1, kernels.create(), true));
      float[][] inputs =
          names.stream().map(name -> lanes(golden, name, images)).toArray(float[][]::new);
      float[] y = new float[output.size() * Lanes.WIDTH];
      StepContext step = new StepContext(new float[0], new float[0], new float[0]);
      step.begin(images, true, false);
      pass.forward(step, inputs, y);
      golden.assertMatches("/out/y", LaneBatch.fromLanes(y, images, output.size()));
      float[] dy = lanes(golden, "gy", images);
      for (int input = 0; input < 2; input++) {
        float[] dx = new float[inputs[input].length];
        pass.backward(step, input, inputs[input], y, dy, dx);
        int size = shapes.get(input).size();
        golden.assertMatches("/grad/d" + names.get(input), LaneBatch.fromLanes(dx, images, size));
      }
    }
  }

  private static float[] lanes(Golden golden, String name, int images) {
    return LaneBatch.toLanes(golden.tensor("/in/" + name).floats(), images);
  }

  private static Shape example(Golden golden, String name) {
    int[] shape = golden.tensor("/in/" + name).shape();
    return Shape.of(Arrays.copyOfRange(shape, 1, shape.length));
  }
}
