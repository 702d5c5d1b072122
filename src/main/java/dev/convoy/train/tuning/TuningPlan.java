package dev.convoy.train.tuning;

import dev.convoy.nn.NamePattern;
import dev.convoy.nn.Network;
import dev.convoy.nn.Parameter;
import dev.convoy.nn.TrainableValues;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A fine-tuning of one network, worked out: what is trained from the start, and after each
 * unfreezing.
 *
 * @param stages from the start, then after the first unfreezing, and so on
 */
public record TuningPlan(List<TuningStage> stages) implements Serializable {
  private static final int SHOWN = 6;

  public TuningPlan {
    stages = List.copyOf(stages);
  }

  /** Returns the plan by which all of a network is trained, at one rate. */
  public static TuningPlan none(Network network) {
    return of(network, FineTuning.NONE);
  }

  /**
   * Works out a fine-tuning.
   *
   * @throws IllegalArgumentException that names {@code training}, if an expression matches nothing,
   *     nothing is trained, or an unfreezing changes nothing
   */
  public static TuningPlan of(Network network, FineTuning asked) {
    Map<String, String> expressions = new LinkedHashMap<>();
    collect(expressions, asked.trainable(), "training.trainable");
    collect(expressions, asked.frozen(), "training.frozen");
    asked.rates().factors().keySet().forEach(e -> expressions.put("training.rates." + e, e));
    for (int i = 0; i < asked.unfreeze().size(); i++) {
      collect(expressions, asked.unfreeze().get(i).layers(), "training.unfreeze[" + i + "].layers");
    }
    expressions.forEach((key, expression) -> checkMatches(network, key, expression));

    Map<String, Integer> since = new LinkedHashMap<>();
    List<TuningStage> stages = new ArrayList<>();
    thaw(network, asked.fromStart(), 0, since);
    stages.add(stage(network, 1, asked.rates(), since));
    for (int i = 0; i < asked.unfreeze().size(); i++) {
      Unfreezing unfreezing = asked.unfreeze().get(i);
      int before = since.size();
      thaw(network, NamePattern.any(unfreezing.layers(), "layers"), i + 1, since);
      if (since.size() == before) {
        throw new IllegalArgumentException(
            "training.unfreeze["
                + i
                + "].layers must match something that is frozen until then, but "
                + unfreezing.layers()
                + " does not");
      }
      stages.add(stage(network, unfreezing.epoch(), asked.rates(), since));
    }
    if (network.parameterCount() > 0 && stages.get(0).values().parameters().count() == 0) {
      throw new IllegalArgumentException(
          "training.frozen must leave something to train from the first epoch on, but "
              + asked.frozen()
              + " freezes all "
              + network.parameters().size()
              + " parameters");
    }
    return new TuningPlan(stages);
  }

  private static void collect(
      Map<String, String> expressions, @Nullable List<String> of, String key) {
    for (int i = 0; of != null && i < of.size(); i++) {
      expressions.put(key + "[" + i + "]", of.get(i));
    }
  }

  private static void checkMatches(Network network, String key, String expression) {
    NamePattern pattern = NamePattern.of(expression, key);
    List<String> names = network.parameters().stream().map(Parameter::name).toList();
    if (names.stream().noneMatch(pattern::matches)) {
      String more = names.size() > SHOWN ? ", and " + (names.size() - SHOWN) + " more" : "";
      throw new IllegalArgumentException(
          key
              + " must match the whole name of a parameter of the network, but '"
              + expression
              + "' matches none of "
              + names.stream().limit(SHOWN).collect(Collectors.joining(", "))
              + more);
    }
  }

  /** Notes since when each tensor that is trained by now is. */
  private static void thaw(
      Network network, Predicate<String> thaws, int stage, Map<String, Integer> since) {
    for (List<Parameter> tensors : List.of(network.parameters(), network.buffers())) {
      for (Parameter tensor : tensors) {
        if (thaws.test(tensor.name())) {
          since.putIfAbsent(tensor.name(), stage);
        }
      }
    }
  }

  private static TuningStage stage(
      Network network, int epoch, Rates rates, Map<String, Integer> since) {
    Set<String> trained = Set.copyOf(since.keySet());
    TrainableValues values = TrainableValues.of(network, trained::contains);
    Map<TuningStage.Kind, List<String>> kinds = new LinkedHashMap<>();
    for (Parameter parameter : network.parameters()) {
      Integer start = since.get(parameter.name());
      if (start != null) {
        kinds
            .computeIfAbsent(
                new TuningStage.Kind(rates.of(parameter.name()), start), k -> new ArrayList<>())
            .add(parameter.name());
      }
    }
    List<TuningStage.Part> parts = new ArrayList<>();
    kinds.forEach(
        (kind, names) -> {
          Set<String> members = Set.copyOf(names);
          parts.add(
              new TuningStage.Part(
                  kind,
                  values
                      .parameters()
                      .packed(TrainableValues.of(network, members::contains).parameters())));
        });
    return new TuningStage(epoch, values, parts);
  }

  /** Returns how many unfreezings have happened by the beginning of an epoch. */
  public int unfreezings(int epoch) {
    int count = 0;
    while (count + 1 < stages.size() && stages.get(count + 1).epoch() <= epoch) {
      count++;
    }
    return count;
  }

  /** Returns the stage after so many unfreezings. */
  public TuningStage stage(int unfreezings) {
    return stages.get(unfreezings);
  }

  /** Returns the last stage, in which the most is trained. */
  public TuningStage last() {
    return stages.get(stages.size() - 1);
  }
}
