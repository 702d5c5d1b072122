package dev.convoy.model.onnx.in;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A function of each value of a tensor by itself, told by what it gives at some points: a chain of
 * operators is one activation if it gives what the activation gives.
 */
final class Expression {
  private static final int STEPS = 200;
  private static final double REACH = 12;

  /** Where functions are compared: close together near 0, and never at a corner. */
  static final double[] POINTS = points();

  /** What it is a function of. */
  final Tensor base;

  /** Its values at the points. */
  final double[] samples;

  /** The node that it is of; absent for the base itself. */
  final @Nullable Operator at;

  /** What the node takes; one part where the other is a number. */
  final List<Expression> parts;

  /** What the node does to its only part; absent where it has two. */
  final @Nullable DoubleUnaryOperator function;

  /** What the node does to its two parts; absent where it has one. */
  final @Nullable Binary binary;

  /** Nodes on all ways to the base. */
  final int weight;

  /** What it became. */
  @Nullable Tensor layer;

  private Expression(
      Tensor base,
      double[] samples,
      @Nullable Operator at,
      List<Expression> parts,
      @Nullable DoubleUnaryOperator function,
      @Nullable Binary binary) {
    this.base = base;
    this.samples = samples;
    this.at = at;
    this.parts = parts;
    this.function = function;
    this.binary = binary;
    this.weight = 1 + parts.stream().mapToInt(part -> part.weight).sum();
  }

  private static double[] points() {
    double[] points = new double[2 * STEPS + 1];
    for (int i = -STEPS; i <= STEPS; i++) {
      double share = (double) i / STEPS;
      points[i + STEPS] = REACH * share * (0.2 + 0.8 * Math.abs(share)) + 0.00037 * i / STEPS;
    }
    return points;
  }

  /** The values themselves. */
  static Expression of(Tensor base) {
    Expression same = new Expression(base, POINTS, null, List.of(), null, null);
    same.layer = base;
    return same;
  }

  /** A function of this. */
  Expression then(Operator at, DoubleUnaryOperator function) {
    double[] values = new double[samples.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = function.applyAsDouble(samples[i]);
    }
    return new Expression(base, values, at, List.of(this), function, null);
  }

  /** A function of this and another of the same base. */
  Expression with(Expression other, Operator at, Binary function) {
    double[] values = new double[samples.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = function.apply(samples[i], other.samples[i]);
    }
    return new Expression(base, values, at, List.of(this, other), null, function);
  }

  /** A function of two numbers. */
  @FunctionalInterface
  interface Binary {
    double apply(double one, double other);
  }

  /** All that this is made of, this itself left out, what lies nearest to the base first. */
  List<Expression> inner() {
    Set<Expression> found = new LinkedHashSet<>();
    parts.forEach(part -> part.collect(found));
    return List.copyOf(found);
  }

  private void collect(Set<Expression> found) {
    if (!found.contains(this)) {
      parts.forEach(part -> part.collect(found));
      found.add(this);
    }
  }

  /** This as a function of a part of it; null if it is more than that. */
  double @Nullable [] of(Expression part) {
    Map<Expression, double[]> known = new HashMap<>();
    known.put(part, POINTS);
    return evaluate(known) ? known.get(this) : null;
  }

  private boolean evaluate(Map<Expression, double[]> known) {
    if (known.containsKey(this)) {
      return true;
    } else if (parts.isEmpty() || !parts.stream().allMatch(part -> part.evaluate(known))) {
      return false;
    }
    double[] one = known.get(parts.get(0));
    double[] other = known.get(parts.get(parts.size() - 1));
    double[] values = new double[POINTS.length];
    for (int i = 0; one != null && other != null && i < values.length; i++) {
      values[i] =
          function != null
              ? function.applyAsDouble(one[i])
              : binary == null ? one[i] : binary.apply(one[i], other[i]);
    }
    known.put(this, values);
    return true;
  }
}
