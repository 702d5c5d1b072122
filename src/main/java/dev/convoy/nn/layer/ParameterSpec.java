package dev.convoy.nn.layer;

import dev.convoy.api.Internal;
import dev.convoy.api.PublicApi;
import dev.convoy.random.SeededRandom;
import dev.convoy.tensor.Shape;
import java.io.Serializable;

/**
 * One tensor of a layer: a trainable one, or a buffer.
 *
 * @param name within its layer: {@code weight}, {@code bias}, {@code runningMean}, ...
 * @param shape {@code [out, in/groups, kh, kw]} for a filter bank, {@code [out, in]} for a dense
 *     weight, {@code [out]} for a bias
 * @param initializer how it starts
 * @param fanIn inputs that each output sums
 * @param fanOut outputs that each input reaches
 */
@PublicApi
public record ParameterSpec(
    String name, Shape shape, Initializer initializer, int fanIn, int fanOut)
    implements Serializable {

  /** Draws fresh values, from {@code values[offset]} on. */
  @Internal
  public void initialize(float[] values, int offset, SeededRandom random) {
    double all = shape.rank() < 2 ? fanOut : (double) shape.size() / shape.dimension(1);
    Initializer.Fans fans = new Initializer.Fans(fanIn, fanOut, all);
    for (int i = offset; i < offset + shape.size(); i++) {
      values[i] = (float) initializer.draw(random, fans);
    }
  }
}
