package dev.convoy.model.onnx.in;

import dev.convoy.nn.layer.Gelu;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/** The functions that operators apply to each value by itself. */
final class Functions {
  /** The operators of one input that {@link #of} knows. */
  static final Set<String> OPERATORS =
      Set.of(
          "Relu",
          "Sigmoid",
          "Tanh",
          "Erf",
          "Exp",
          "Neg",
          "Abs",
          "Sqrt",
          "Reciprocal",
          "Softplus",
          "Softsign",
          "HardSwish",
          "Mish",
          "Gelu",
          "Elu",
          "Celu",
          "Selu",
          "LeakyRelu",
          "ThresholdedRelu",
          "HardSigmoid",
          "Clip");

  private Functions() {}

  /** What a node of one runtime input does to each value; null if it is of another kind. */
  static @Nullable DoubleUnaryOperator of(Operator node, Reading reading) {
    return switch (node.type()) {
      case "Relu" -> x -> Math.max(x, 0);
      case "Sigmoid" -> Functions::sigmoid;
      case "Tanh" -> StrictMath::tanh;
      case "Erf" -> Functions::erf;
      case "Exp" -> StrictMath::exp;
      case "Neg" -> x -> -x;
      case "Abs" -> Math::abs;
      case "Sqrt" -> Math::sqrt;
      case "Reciprocal" -> x -> 1 / x;
      case "Softplus" -> Functions::softplus;
      case "Softsign" -> x -> x / (1 + Math.abs(x));
      case "HardSwish" -> x -> x * hardSigmoid(x);
      case "Mish" -> x -> x * StrictMath.tanh(softplus(x));
      case "Gelu" -> gelu(node);
      case "Elu" -> elu(node.real("alpha", 1));
      case "Celu" -> celu(node.real("alpha", 1));
      case "Selu" -> selu(node.real("alpha", 1.67326319f), node.real("gamma", 1.05070102f));
      case "LeakyRelu" -> leaky(node.real("alpha", 0.01f));
      case "ThresholdedRelu" -> above(node.real("alpha", 1));
      case "HardSigmoid" -> hard(node.real("alpha", 0.2f), node.real("beta", 0.5f));
      case "Clip" -> clip(node, reading);
      default -> null;
    };
  }

  private static DoubleUnaryOperator elu(double alpha) {
    return x -> x > 0 ? x : alpha * StrictMath.expm1(x);
  }

  private static DoubleUnaryOperator celu(double alpha) {
    return x -> Math.max(0, x) + Math.min(0, alpha * StrictMath.expm1(x / alpha));
  }

  private static DoubleUnaryOperator selu(double alpha, double gamma) {
    return x -> gamma * (x > 0 ? x : alpha * StrictMath.expm1(x));
  }

  private static DoubleUnaryOperator leaky(double slope) {
    return x -> x > 0 ? x : slope * x;
  }

  private static DoubleUnaryOperator above(double alpha) {
    return x -> x > alpha ? x : 0;
  }

  private static DoubleUnaryOperator hard(double alpha, double beta) {
    return x -> Math.min(Math.max(alpha * x + beta, 0), 1);
  }

  private static DoubleUnaryOperator gelu(Operator node) {
    Gelu.Approximation approximate =
        node.text("approximate", "none").equals("tanh")
            ? Gelu.Approximation.TANH
            : Gelu.Approximation.NONE;
    return approximate == Gelu.Approximation.NONE
        ? x -> x / 2 * (1 + erf(x * Math.sqrt(0.5)))
        : x -> x / 2 * (1 + StrictMath.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
  }

  private static DoubleUnaryOperator clip(Operator node, Reading reading) {
    double least = bound(node, reading, 1, node.real("min", Float.NEGATIVE_INFINITY));
    double most = bound(node, reading, 2, node.real("max", Float.POSITIVE_INFINITY));
    return x -> Math.min(Math.max(x, least), most);
  }

  private static double bound(Operator node, Reading reading, int input, float absent) {
    return node.input(input).isEmpty() ? absent : reading.number(node, input);
  }

  static double sigmoid(double x) {
    return 1 / (1 + StrictMath.exp(-x));
  }

  static double hardSigmoid(double x) {
    return Math.min(Math.max(x / 6 + 0.5, 0), 1);
  }

  static double softplus(double x) {
    return x > 0 ? x + StrictMath.log1p(StrictMath.exp(-x)) : StrictMath.log1p(StrictMath.exp(x));
  }

  /** The error function by its series near 0, and by its continued fraction further out. */
  static double erf(double x) {
    double a = Math.abs(x);
    if (a > 6) {
      return Math.signum(x);
    } else if (a < 2.5) {
      double term = x;
      double sum = x;
      for (int n = 1; n < 60; n++) {
        term *= -x * x / n;
        sum += term / (2 * n + 1);
      }
      return sum * 2 / Math.sqrt(Math.PI);
    }
    double fraction = a;
    for (int n = 60; n > 0; n--) {
      fraction = a + n / 2.0 / fraction;
    }
    return Math.signum(x) * (1 - StrictMath.exp(-a * a) / (fraction * Math.sqrt(Math.PI)));
  }
}
