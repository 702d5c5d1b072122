package dev.convoy.train.fault;

import dev.convoy.nn.Network;
import dev.convoy.nn.Parameter;

/** Finds values that are NaN or infinite. */
public final class Finiteness {
  private Finiteness() {}

  /**
   * The name of the first parameter that has such a value; {@code null} if there is none.
   *
   * @param values one for each parameter of the network
   */
  public static String firstNonFinite(Network network, float[] values) {
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
