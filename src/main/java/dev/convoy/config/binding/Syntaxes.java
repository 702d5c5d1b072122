package dev.convoy.config.binding;

import dev.convoy.config.data.Columns;
import dev.convoy.config.data.Normalizing;
import dev.convoy.config.data.Paths;
import dev.convoy.nn.NamedLayer;
import dev.convoy.nn.Network;
import dev.convoy.nn.layer.Padding;
import dev.convoy.nn.layer.Size;
import dev.convoy.optim.Clipping;
import dev.convoy.tensor.Shape;
import dev.convoy.train.frequency.AveragingFrequency;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The types that a job writes in a way of their own. */
public final class Syntaxes {
  private static final Map<Class<?>, Syntax<?>> ALL =
      Map.of(
          Shape.class, new ShapeSyntax(),
          Size.class, new SizeSyntax(),
          Padding.class, new PaddingSyntax(),
          Paths.class, new PathsSyntax(),
          Columns.class, new ColumnsSyntax(),
          NamedLayer.class, new NamedLayerSyntax(),
          Network.class, new NetworkSyntax(),
          Clipping.class, new ClippingSyntax(),
          AveragingFrequency.class, new FrequencySyntax(),
          Normalizing.class, new NormalizingSyntax());

  private Syntaxes() {}

  /** The syntax of a type; absent if it has none of its own. */
  @SuppressWarnings("unchecked")
  public // the map holds each syntax under its own type
  static <T> @Nullable Syntax<T> of(Class<T> type) {
    return (Syntax<T>) ALL.get(type);
  }
}
