package dev.convoy.report;

import dev.convoy.loss.BatchLoss;
import dev.convoy.nn.Network;
import dev.convoy.nn.Parameter;
import dev.convoy.nn.replica.Replica;
import dev.convoy.tensor.Check;
import dev.convoy.train.round.StepObserver;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The loss of each step, and the Euclidean norm of its mean gradient: of all, and by layer. */
public final class GradientNorms implements StepObserver {
  private final Network network;

  /** Whether a replica's gradients are sums over the batch. */
  private final boolean sums;

  private final List<Step> steps = new ArrayList<>();

  private record Step(
      long number, int examples, double loss, double norm, Map<String, Double> byLayer) {
    double normOf(String layer) {
      return Check.present(byLayer.get(layer), layer);
    }
  }

  public GradientNorms(Network network, boolean sums) {
    this.network = network;
    this.sums = sums;
  }

  @Override
  public void afterBackward(long step, int examples, BatchLoss loss, Replica replica) {
    // Of examples that weigh nothing the gradient is 0, in a sum and in a mean.
    double scale = sums && loss.weight() > 0 ? 1 / loss.weight() : 1;
    Map<String, Double> squares = new LinkedHashMap<>();
    double all = 0;
    for (Parameter parameter : network.parameters()) {
      double sum = 0;
      for (int i = parameter.offset(); i < parameter.offset() + parameter.size(); i++) {
        double value = replica.gradients()[i] * scale;
        sum += value * value;
      }
      squares.merge(layer(parameter.name()), sum, Double::sum);
      all += sum;
    }
    squares.replaceAll((layer, sum) -> Math.sqrt(sum));
    steps.add(new Step(step, examples, loss.mean(), Math.sqrt(all), squares));
  }

  private static String layer(String parameter) {
    int dot = parameter.lastIndexOf('.');
    return dot < 0 ? parameter : parameter.substring(0, dot);
  }

  /** A row a step: number, images, loss, norm. */
  public List<String> steps() {
    TextTable table = new TextTable("step", "images", "loss", "gradient norm");
    for (Step step : steps) {
      table.row(
          Long.toString(step.number()),
          Integer.toString(step.examples()),
          number(step.loss()),
          number(step.norm()));
    }
    return table.lines();
  }

  /** A row a layer: norms in the first and the last step, the largest, and in which step it was. */
  public List<String> layers() {
    TextTable table = new TextTable("<layer", "first step", "last step", "largest", "in step");
    if (steps.isEmpty()) {
      return table.lines();
    }
    for (String layer : steps.get(0).byLayer().keySet()) {
      Step largest = steps.get(0);
      for (Step step : steps) {
        // What is not a number counts as the largest.
        largest = Double.compare(step.normOf(layer), largest.normOf(layer)) > 0 ? step : largest;
      }
      table.row(
          layer,
          number(steps.get(0).normOf(layer)),
          number(steps.get(steps.size() - 1).normOf(layer)),
          number(largest.normOf(layer)),
          Long.toString(largest.number()));
    }
    return table.lines();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value >= 1e5 ? "%.3e" : "%.5f", value);
  }
}
