package dev.convoy.nn.layer;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Defaulted;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.ShapeException;
import java.util.ArrayList;
import java.util.List;

/**
 * Connects every input with every unit: {@code y = W x + b}.
 *
 * <p>Maps {@code [F]} to {@code [units]}; an image needs a {@code flatten} before it. Parameters:
 * {@code weight [units, F]}, {@code bias [units]}.
 *
 * @param units outputs, at least 1
 * @param bias whether a bias is added; true by default
 * @param initializer how the weights start; He's normal by default
 */
@PublicApi
public record Dense(int units, @Defaulted Boolean bias, @Defaulted Initializer initializer)
    implements Layer {
  public Dense {
    Check.positive(units, "Dense.units");
    bias = bias == null || bias;
    initializer = initializer == null ? Initializer.HE_NORMAL : initializer;
  }

  /** So many units, all else by default. */
  public static Dense of(int units) {
    return new Dense(units, null, null);
  }

  /** The same without a bias, as before a batch normalisation. */
  public Dense withoutBias() {
    return new Dense(units, false, initializer);
  }

  @Override
  public Shape outputShape(Shape in) {
    if (in.rank() != 1) {
      throw new ShapeException("needs [F] (put a flatten before it), but got " + in);
    }
    return Shape.of(units);
  }

  @Override
  public List<ParameterSpec> parameters(Shape in) {
    List<ParameterSpec> specs = new ArrayList<>();
    specs.add(
        new ParameterSpec("weight", Shape.of(units, in.size()), initializer, in.size(), units));
    if (bias) {
      specs.add(new ParameterSpec("bias", Shape.of(units), Initializer.ZEROS, in.size(), units));
    }
    return specs;
  }

  @Override
  public long multiplyAdds(Shape in) {
    return (long) in.size() * units;
  }
}
