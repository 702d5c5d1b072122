package dev.convoy.nn.layer;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Defaulted;
import dev.convoy.tensor.Shape;
import java.util.List;

/**
 * Lets positive values through and a trained share of negative ones: {@code y = x} where x is above
 * 0, else {@code weight · x}. Keeps any shape. Parameters: {@code weight [1]}, or {@code weight
 * [C]}. Source: He et al., ICCV 2015.
 *
 * @param perChannel whether each channel has a share of its own; false by default
 * @param slope what the shares start at; 0.25 by default
 */
@PublicApi
public record Prelu(@Defaulted Boolean perChannel, @Defaulted Float slope) implements Layer {
  public Prelu {
    perChannel = perChannel != null && perChannel;
    slope = slope == null ? 0.25f : slope;
    Check.finite(slope, "Prelu.slope");
  }

  /** One share for all, all else by default. */
  public Prelu() {
    this(null, null);
  }

  @Override
  public Shape outputShape(Shape in) {
    return in;
  }

  @Override
  public List<ParameterSpec> parameters(Shape in) {
    Shape shape = Shape.of(perChannel ? in.channels() : 1);
    return List.of(new ParameterSpec("weight", shape, new Initializer.Fill(slope), 1, 1));
  }
}
