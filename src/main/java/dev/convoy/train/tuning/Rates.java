package dev.convoy.train.tuning;

import dev.convoy.api.PublicApi;
import dev.convoy.nn.NamePattern;
import dev.convoy.tensor.Check;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Learning rates of some parameters, as in {@code {'fc\..*': 10}}.
 *
 * @param factors by regular expressions over whole names of parameters: what the schedule's rate is
 *     multiplied by, above 0. The first that matches counts; 1 where none does
 */
@PublicApi
public record Rates(Map<String, Double> factors) implements Serializable {
  /** The same rate for all. */
  public static final Rates NONE = new Rates(Map.of());

  public Rates {
    factors = Collections.unmodifiableMap(new LinkedHashMap<>(factors));
    factors.forEach(
        (expression, factor) -> {
          NamePattern.of(expression, "Rates." + expression);
          Check.positive((double) factor, "Rates." + expression);
        });
  }

  /** Returns the factor of a parameter of this name. */
  double of(String name) {
    for (Map.Entry<String, Double> entry : factors.entrySet()) {
      if (NamePattern.of(entry.getKey(), "Rates").matches(name)) {
        return entry.getValue();
      }
    }
    return 1;
  }
}
