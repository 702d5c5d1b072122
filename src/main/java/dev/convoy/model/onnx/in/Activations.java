package dev.convoy.model.onnx.in;

import dev.convoy.nn.layer.Elu;
import dev.convoy.nn.layer.Gelu;
import dev.convoy.nn.layer.HardSigmoid;
import dev.convoy.nn.layer.HardSwish;
import dev.convoy.nn.layer.Layer;
import dev.convoy.nn.layer.LeakyRelu;
import dev.convoy.nn.layer.Mish;
import dev.convoy.nn.layer.Relu;
import dev.convoy.nn.layer.Relu6;
import dev.convoy.nn.layer.Selu;
import dev.convoy.nn.layer.Sigmoid;
import dev.convoy.nn.layer.Silu;
import dev.convoy.nn.layer.Softplus;
import dev.convoy.nn.layer.Tanh;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Tells which activation gives the values of an expression. */
final class Activations {
  /** What float's rounding of constants makes of a value. */
  private static final double TOLERANCE = 2e-6;

  /** The place of the point 0. */
  private static final int ZERO = Expression.POINTS.length / 2;

  private static final Map<Layer, DoubleUnaryOperator> FIXED = fixed();

  private Activations() {}

  private static Map<Layer, DoubleUnaryOperator> fixed() {
    Map<Layer, DoubleUnaryOperator> fixed = new LinkedHashMap<>();
    fixed.put(new Relu(), x -> Math.max(x, 0));
    fixed.put(new Relu6(), x -> Math.min(Math.max(x, 0), 6));
    fixed.put(new Sigmoid(), Functions::sigmoid);
    fixed.put(new Tanh(), StrictMath::tanh);
    fixed.put(new Silu(), x -> x * Functions.sigmoid(x));
    fixed.put(new HardSigmoid(), Functions::hardSigmoid);
    fixed.put(new HardSwish(), x -> x * Functions.hardSigmoid(x));
    fixed.put(new Gelu(null), x -> x / 2 * (1 + Functions.erf(x * Math.sqrt(0.5))));
    fixed.put(
        new Gelu(Gelu.Approximation.TANH),
        x -> x / 2 * (1 + StrictMath.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x))));
    fixed.put(new Mish(), x -> x * StrictMath.tanh(Functions.softplus(x)));
    fixed.put(new Selu(), x -> Selu.SCALE * (x > 0 ? x : Selu.ALPHA * StrictMath.expm1(x)));
    return fixed;
  }

  /** Whether there are layers that give these values. */
  static boolean isKnown(double[] samples) {
    return line(samples) != null || of(samples) != null || clipped(samples) != null;
  }

  /** The layer that gives these values; null if there is none. */
  static @Nullable Layer of(double[] samples) {
    for (Map.Entry<Layer, DoubleUnaryOperator> entry : FIXED.entrySet()) {
      if (isNear(samples, entry.getValue())) {
        return entry.getKey();
      }
    }
    return ofOneNumber(samples);
  }

  private static @Nullable Layer ofOneNumber(double[] samples) {
    int left = ZERO / 2;
    double x = Expression.POINTS[left];
    float slope = (float) (samples[left] / x);
    if (slope >= 0 && isNear(samples, v -> v > 0 ? v : slope * v)) {
      return new LeakyRelu(slope);
    }
    float alpha = (float) (samples[left] / StrictMath.expm1(x));
    if (alpha >= 0 && isNear(samples, v -> v > 0 ? v : alpha * StrictMath.expm1(v))) {
      return new Elu(alpha);
    }
    float beta = (float) (StrictMath.log(2) / samples[ZERO]);
    if (beta > 0 && isNear(samples, v -> Functions.softplus(v * beta) / beta)) {
      return new Softplus(beta, null);
    }
    return null;
  }

  /** Slope and value at 0 of a straight line; null if it is none. */
  static double @Nullable [] line(double[] samples) {
    int last = samples.length - 1;
    double slope = (samples[last] - samples[0]) / (Expression.POINTS[last] - Expression.POINTS[0]);
    double shift = samples[ZERO];
    return isNear(samples, x -> slope * x + shift) ? new double[] {slope, shift} : null;
  }

  /**
   * Least, most, slope and shift of {@code min(max(slope x + shift, least), most)}; null if it is
   * none.
   */
  static double @Nullable [] clipped(double[] samples) {
    double least = samples[0];
    double most = samples[samples.length - 1];
    int inside = 1;
    while (inside < samples.length - 2
        && !(samples[inside] > least && samples[inside + 1] < most)) {
      inside++;
    }
    double slope =
        (samples[inside + 1] - samples[inside])
            / (Expression.POINTS[inside + 1] - Expression.POINTS[inside]);
    double shift = samples[inside] - slope * Expression.POINTS[inside];
    boolean fits = isNear(samples, x -> Math.min(Math.max(slope * x + shift, least), most));
    return most > least && fits ? new double[] {least, most, slope, shift} : null;
  }

  private static boolean isNear(double[] samples, DoubleUnaryOperator function) {
    for (int i = 0; i < samples.length; i++) {
      double expected = function.applyAsDouble(Expression.POINTS[i]);
      double far = Math.abs(samples[i] - expected);
      if (!(far <= TOLERANCE * Math.max(1, Math.abs(expected)))) {
        return false;
      }
    }
    return true;
  }
}
