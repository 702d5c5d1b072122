package dev.convoy.ml;

import dev.convoy.api.Internal;
import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Shape;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.jspecify.annotations.Nullable;

/**
 * The shape of pictures that lie ready as pixels.
 *
 * @param <M> the stage
 */
@PublicApi
public interface InputShape<M> extends Params {
  /** Returns the param of the shape of pictures that are vectors, arrays or raw bytes. */
  Param<String> inputShape();

  /** Returns this stage. */
  @Internal
  M self();

  /** Returns {@code [channels, height, width]} of pictures that are pixels. */
  default String getInputShape() {
    return (String) getOrDefault(inputShape());
  }

  /** Sets {@code [channels, height, width]} of pictures that are vectors, arrays or raw bytes. */
  default M setInputShape(String value) {
    set(inputShape(), value);
    return self();
  }

  /** The shape of pictures that are pixels; absent where pictures have their own. */
  @Internal
  default @Nullable Shape pixelShape() {
    return isDefined(inputShape()) ? Shapes.parse(uid(), getInputShape()) : null;
  }

  /** Makes the param. */
  @Internal
  static Param<String> param(Params parent) {
    return new Param<>(
        parent,
        "inputShape",
        "[channels, height, width] of pictures that are vectors, arrays or raw bytes");
  }
}
