package dev.convoy.train.tuning;

import dev.convoy.nn.Slices;
import dev.convoy.nn.TrainableValues;
import dev.convoy.optim.ParameterGroups;
import java.io.Serializable;
import java.util.List;

/**
 * What is trained between two unfreezings.
 *
 * @param epoch with which it begins
 * @param values that are trained
 * @param parts of the packed parameters, which are stepped each in its own way
 */
public record TuningStage(int epoch, TrainableValues values, List<Part> parts)
    implements Serializable {
  /**
   * A way to be stepped.
   *
   * @param rate what the learning rate is multiplied by
   * @param unfreezings after which these parameters are trained; 0 from the start
   */
  public record Kind(double rate, int unfreezings) implements Serializable {}

  /**
   * Parameters that are stepped alike.
   *
   * @param kind how
   * @param values of the packed ones
   */
  public record Part(Kind kind, Slices values) implements Serializable {}

  public TuningStage {
    parts = List.copyOf(parts);
  }

  /**
   * Returns the groups of the packed parameters.
   *
   * @param unfrozenAt steps that were made before each unfreezing so far
   */
  public ParameterGroups groups(List<Long> unfrozenAt) {
    return new ParameterGroups(
        parts.stream()
            .map(
                part ->
                    new ParameterGroups.Group(
                        part.values(),
                        part.kind().rate(),
                        part.kind().unfreezings() == 0
                            ? 0
                            : unfrozenAt.get(part.kind().unfreezings() - 1)))
            .toList());
  }

  /** Returns how many parameters are trained. */
  public int parameterCount() {
    return values.parameters().count();
  }
}
