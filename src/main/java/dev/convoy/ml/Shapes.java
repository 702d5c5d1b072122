package dev.convoy.ml;

import dev.convoy.config.binding.Binder;
import dev.convoy.config.tree.ConfigException;
import dev.convoy.config.tree.TreeReader;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Shape;
import org.jspecify.annotations.Nullable;

/** Shapes as params write them, {@code [3, 224, 224]}. */
final class Shapes {
  private static final String KEY = "inputShape";

  private Shapes() {}

  /**
   * Returns the shape that a param says.
   *
   * @throws IllegalArgumentException if it says none
   */
  static Shape parse(String uid, String text) {
    try {
      return Binder.bind(
          Check.present(TreeReader.read(KEY + ": " + text, uid).get(KEY), KEY), Shape.class);
    } catch (ConfigException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** Returns the shape of an estimator's pixels; absent where its pictures have their own. */
  static @Nullable Shape parse(TrainingParams<?> params) {
    return params.isDefined(params.trainingParams().inputShape)
        ? parse(params.uid(), params.getInputShape())
        : null;
  }
}
