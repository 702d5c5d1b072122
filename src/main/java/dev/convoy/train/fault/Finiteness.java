package dev.convoy.train.fault;

import dev.convoy.nn.Network;
import dev.convoy.nn.Parameter;
import org.jspecify.annotations.Nullable;

/** Finds values that are NaN or infinite. */
public final class Finiteness {
  private Finiteness() {}

  /**
   * Returns the name of the first parameter that has such a value; absent if none has.
   *
   * @param values one for each parameter of the network
   */
  public static @Nullable String firstNonFinite(Network network, float[] values) {
    for (Parameter parameter : network.parameters()) {
      int end = parameter.offset() + parameter.size();
      for (int i = parameter.offset(); i < end; i++) {
        if (!Float.isFinite(values[i])) {
          return parameter.name();
        }
      }
    }
    return null;
  }
}
