package dev.convoy.report.explain;

import dev.convoy.nn.Parameter;
import dev.convoy.report.Numbers;

/**
 * A tensor on a layer's way forward, or its gradient on the way back.
 *
 * @param symbol as formulas have it: A for activations, W and b for parameters, Z for the output
 * @param shape of one example
 * @param norm root of the sum of squares of the values
 * @param gradientNorm the same of the gradient of the loss
 */
record TensorView(String symbol, String shape, String norm, String gradientNorm) {
  static TensorView of(String symbol, String shape, float[] values, float[] gradient) {
    return new TensorView(
        symbol, shape, Numbers.significant(norm(values)), Numbers.significant(norm(gradient)));
  }

  static TensorView of(Trace trace, Parameter parameter) {
    String symbol =
        switch (parameter.spec().name()) {
          case "weight" -> "W";
          case "bias" -> "b";
          default -> parameter.spec().name();
        };
    return of(
        symbol, parameter.shape().toString(), trace.value(parameter), trace.gradient(parameter));
  }

  static double norm(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum);
  }
}
