package dev.convoy.model;

import dev.convoy.api.PublicApi;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a model tells of one picture.
 *
 * @param names one an output: of classes, of labels, or of numbers
 * @param values one an output: the probabilities of classes, which add up to 1; the probability of
 *     each label; or numbers
 */
@PublicApi
public record Prediction(List<String> names, float[] values) {
  /**
   * A name with its value.
   *
   * @param name of a class or label
   * @param value its probability
   */
  public record Entry(String name, float value) {}

  /** Returns the most probable class; the first of equal ones. */
  public String label() {
    return top(1).get(0).name();
  }

  /** Returns the probability of {@link #label}. */
  public float probability() {
    return top(1).get(0).value();
  }

  /**
   * Returns the value of a class, label or number.
   *
   * @throws IllegalArgumentException if the model has none of this name
   */
  public float value(String name) {
    int index = names.indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException(
          "Prediction.value needs a name among " + names + ", but got " + name);
    }
    return values[index];
  }

  /** Returns so many outputs at most, those of the largest values first. */
  public List<Entry> top(int count) {
    return IntStream.range(0, values.length)
        .mapToObj(i -> new Entry(names.get(i), values[i]))
        .sorted(Comparator.comparingDouble((Entry entry) -> -entry.value()))
        .limit(count)
        .toList();
  }
}
