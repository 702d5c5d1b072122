package dev.convoy.train.tuning;

import dev.convoy.nn.NamePattern;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a job asks for: which parameters are trained, by the names that they have.
 *
 * @param trainable regular expressions of all that is trained from the start; absent where {@code
 *     frozen} says what is not, or all is
 * @param frozen regular expressions of all that is not trained from the start
 * @param rates learning rates of some
 * @param unfreeze what is trained later, epochs ascending
 */
public record FineTuning(
    @Nullable List<String> trainable,
    @Nullable List<String> frozen,
    Rates rates,
    List<Unfreezing> unfreeze) {
  /** Training of everything at one rate. */
  public static final FineTuning NONE = new FineTuning(null, null, Rates.NONE, List.of());

  /**
   * What a job asks for.
   *
   * @throws IllegalArgumentException that names {@code training}, if the parts do not suit each
   *     other
   */
  public FineTuning {
    trainable = trainable == null ? null : nonEmpty(trainable, "training.trainable");
    frozen = frozen == null ? null : nonEmpty(frozen, "training.frozen");
    unfreeze = List.copyOf(unfreeze);
    if (trainable != null && frozen != null) {
      throw new IllegalArgumentException(
          "training.frozen must be absent where training.trainable says what is trained, but was "
              + frozen);
    }
    if (trainable == null && frozen == null && !unfreeze.isEmpty()) {
      throw new IllegalArgumentException(
          "training.unfreeze needs training.frozen or training.trainable, without which nothing is"
              + " frozen");
    }
    int before = 1;
    for (int i = 0; i < unfreeze.size(); i++) {
      int epoch = unfreeze.get(i).epoch();
      if (epoch <= before) {
        throw new IllegalArgumentException(
            "training.unfreeze["
                + i
                + "].epoch must be above that of the one before, "
                + before
                + ", but was "
                + epoch);
      }
      before = epoch;
    }
  }

  private static List<String> nonEmpty(List<String> patterns, String who) {
    if (patterns.isEmpty()) {
      throw new IllegalArgumentException(
          who + " must have at least one regular expression, but was empty");
    }
    var unused = NamePattern.any(patterns, who);
    return List.copyOf(patterns);
  }

  /** Returns what tells the names of what is trained from the start. */
  Predicate<String> fromStart() {
    if (trainable != null) {
      return NamePattern.any(trainable, "training.trainable");
    }
    return frozen == null ? name -> true : NamePattern.any(frozen, "training.frozen").negate();
  }
}
