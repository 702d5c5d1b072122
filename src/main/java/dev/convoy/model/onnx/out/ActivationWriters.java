package dev.convoy.model.onnx.out;

import static dev.convoy.model.onnx.out.GraphWriter.attribute;

import dev.convoy.nn.layer.Clip;
import dev.convoy.nn.layer.Elu;
import dev.convoy.nn.layer.Gelu;
import dev.convoy.nn.layer.LeakyRelu;
import dev.convoy.nn.layer.Prelu;
import dev.convoy.nn.layer.Selu;
import dev.convoy.nn.layer.Softplus;
import java.util.List;

/** Activations that are no single operator without attributes. */
final class ActivationWriters {
  /** Floats show from here on no difference between softplus and a straight line. */
  private static final float STRAIGHT = 17;

  private ActivationWriters() {}

  static void elu(LayerGraph layer) {
    layer.result("Elu", attribute("alpha", layer.layer(Elu.class).alpha()));
  }

  static void leakyRelu(LayerGraph layer) {
    layer.result("LeakyRelu", attribute("alpha", layer.layer(LeakyRelu.class).slope()));
  }

  static void hardSigmoid(LayerGraph layer) {
    layer.result("HardSigmoid", attribute("alpha", 1 / 6f), attribute("beta", 0.5f));
  }

  static void selu(LayerGraph layer) {
    layer.result(
        "Selu", attribute("alpha", (float) Selu.ALPHA), attribute("gamma", (float) Selu.SCALE));
  }

  static void clip(LayerGraph layer, float least, float most) {
    layer.result("Clip", List.of(layer.scalar("min", least), layer.scalar("max", most)));
  }

  /** A bound that is absent is an input without a name. */
  static void clip(LayerGraph layer) {
    Clip clip = layer.layer(Clip.class);
    String least = clip.min() == null ? "" : layer.scalar("min", clip.min());
    List<String> bounds =
        clip.max() == null ? List.of(least) : List.of(least, layer.scalar("max", clip.max()));
    layer.result("Clip", bounds);
  }

  static void prelu(LayerGraph layer) {
    int[] shape = {1};
    if (layer.layer(Prelu.class).perChannel()) {
      shape = NormalizationWriters.perChannel(layer);
    }
    layer.result("PRelu", List.of(layer.tensor(0, shape)));
  }

  static void silu(LayerGraph layer) {
    gated(layer, layer.step("Sigmoid", layer.inputs()));
  }

  static void mish(LayerGraph layer) {
    String soft = layer.step("Softplus", layer.inputs());
    gated(layer, layer.step("Tanh", List.of(soft)));
  }

  private static void gated(LayerGraph layer, String gate) {
    layer.resultOf("Mul", List.of(layer.inputs().get(0), gate));
  }

  static void gelu(LayerGraph layer) {
    String x = layer.inputs().get(0);
    String half = layer.step("Mul", List.of(x, layer.scalar("half", 0.5)));
    String bend;
    if (layer.layer(Gelu.class).approximate() == Gelu.Approximation.NONE) {
      String scaled = layer.step("Mul", List.of(x, layer.scalar("scale", Math.sqrt(0.5))));
      bend = layer.step("Erf", List.of(scaled));
    } else {
      String square = layer.step("Mul", List.of(x, x));
      String cube = layer.step("Mul", List.of(square, x));
      String share = layer.step("Mul", List.of(cube, layer.scalar("cubic", 0.044715)));
      String sum = layer.step("Add", List.of(x, share));
      String scale = layer.scalar("scale", Math.sqrt(2 / Math.PI));
      bend = layer.step("Tanh", List.of(layer.step("Mul", List.of(sum, scale))));
    }
    String gate = layer.step("Add", List.of(bend, layer.scalar("one", 1)));
    layer.resultOf("Mul", List.of(half, gate));
  }

  static void softplus(LayerGraph layer) {
    Softplus soft = layer.layer(Softplus.class);
    String x = layer.inputs().get(0);
    boolean isSharp = soft.beta() != 1;
    boolean isStraight = soft.threshold() < STRAIGHT;
    if (!isSharp && !isStraight) {
      layer.result("Softplus");
      return;
    }
    String beta = layer.scalar("beta", soft.beta());
    String scaled = layer.step("Mul", List.of(x, beta));
    String bent = layer.step("Softplus", List.of(scaled));
    if (!isStraight) {
      layer.resultOf("Div", List.of(bent, beta));
      return;
    }
    String smooth = layer.step("Div", List.of(bent, beta));
    String threshold = layer.scalar("threshold", soft.threshold());
    String isAbove = layer.step("Greater", List.of(scaled, threshold));
    layer.resultOf("Where", List.of(isAbove, x, smooth));
  }
}
