package dev.convoy.config.binding;

import dev.convoy.config.data.Columns;
import dev.convoy.config.data.Normalizing;
import dev.convoy.config.data.Options;
import dev.convoy.config.data.Paths;
import dev.convoy.config.data.Validation;
import dev.convoy.nn.NamedLayer;
import dev.convoy.nn.Network;
import dev.convoy.nn.layer.Padding;
import dev.convoy.nn.layer.Size;
import dev.convoy.optim.Clipping;
import dev.convoy.tensor.Shape;
import dev.convoy.train.frequency.AveragingFrequency;
import dev.convoy.train.tuning.InitialWeights;
import dev.convoy.train.tuning.Rates;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The types that a job writes in a way of their own. */
public final class Syntaxes {
  private static final Map<Class<?>, Syntax<?>> ALL =
      Map.ofEntries(
          Map.entry(Shape.class, new ShapeSyntax()),
          Map.entry(Size.class, new SizeSyntax()),
          Map.entry(Padding.class, new PaddingSyntax()),
          Map.entry(Paths.class, new PathsSyntax()),
          Map.entry(Columns.class, new ColumnsSyntax()),
          Map.entry(Options.class, new OptionsSyntax()),
          Map.entry(NamedLayer.class, new NamedLayerSyntax()),
          Map.entry(Network.class, new NetworkSyntax()),
          Map.entry(Clipping.class, new ClippingSyntax()),
          Map.entry(AveragingFrequency.class, new FrequencySyntax()),
          Map.entry(Normalizing.class, new NormalizingSyntax()),
          Map.entry(InitialWeights.class, new InitialWeightsSyntax()),
          Map.entry(Rates.class, new RatesSyntax()),
          Map.entry(Validation.class, new ValidationSyntax()));

  private Syntaxes() {}

  /** The syntax of a type; absent if it has none of its own. */
  @SuppressWarnings("unchecked")
  public // the map holds each syntax under its own type
  static <T> @Nullable Syntax<T> of(Class<T> type) {
    return (Syntax<T>) ALL.get(type);
  }
}
