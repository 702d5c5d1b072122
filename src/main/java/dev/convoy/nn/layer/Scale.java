package dev.convoy.nn.layer;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Defaulted;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.ShapeException;
import java.util.List;

/**
 * Multiplies each channel by a trained value of its own: {@code y[c] = weight[c] · x[c]}.
 *
 * <p>Keeps any shape {@code [C, H, W]} or {@code [F]}. Parameters: {@code weight [C]}. Source:
 * Touvron et al., ICCV 2021 (layer scale).
 *
 * @param initial what each value starts at; 1 by default
 */
@PublicApi
public record Scale(@Defaulted Float initial) implements Layer {
  public Scale {
    initial = initial == null ? 1f : initial;
    Check.finite(initial, "Scale.initial");
  }

  @Override
  public Shape outputShape(Shape in) {
    if (!in.isImage() && in.rank() != 1) {
      throw new ShapeException("needs [C, H, W] or [F], but got " + in);
    }
    return in;
  }

  @Override
  public List<ParameterSpec> parameters(Shape in) {
    return List.of(
        new ParameterSpec("weight", Shape.of(in.channels()), new Initializer.Fill(initial), 1, 1));
  }
}
