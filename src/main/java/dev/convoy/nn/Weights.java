package dev.convoy.nn;

import dev.convoy.api.PublicApi;
import java.io.Serializable;

/**
 * All values of a network.
 *
 * @param parameters the trainable ones, flat, in the network's order
 * @param buffers those that no optimizer changes (running statistics), flat, in the network's order
 */
@PublicApi
public record Weights(float[] parameters, float[] buffers) implements Serializable {
  private static final long serialVersionUID = 1;

  /** Those of a network without buffers. */
  public static Weights of(float[] parameters) {
    return new Weights(parameters, new float[0]);
  }

  /** Their own copies. */
  public Weights copy() {
    return new Weights(parameters.clone(), buffers.clone());
  }

  /**
   * The same.
   *
   * @throws IllegalArgumentException if they are not as many as the network has
   */
  public Weights checkedFor(Network network, String who) {
    if (parameters.length != network.parameterCount() || buffers.length != network.bufferCount()) {
      throw new IllegalArgumentException(
          who
              + " must be "
              + network.parameterCount()
              + " parameters and "
              + network.bufferCount()
              + " buffered values, as the network has, but are "
              + parameters.length
              + " and "
              + buffers.length);
    }
    return this;
  }

  private Object writeReplace() {
    return new InBytes(FloatBytes.of(parameters), FloatBytes.of(buffers));
  }

  /** How weights travel. */
  private record InBytes(byte[] parameters, byte[] buffers) implements Serializable {
    private static final long serialVersionUID = 1;

    private Object readResolve() {
      return new Weights(FloatBytes.floats(parameters), FloatBytes.floats(buffers));
    }
  }
}
