package dev.convoy.nn.layer;

import dev.convoy.api.Internal;
import dev.convoy.api.PublicApi;
import dev.convoy.random.SeededRandom;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Defaulted;
import java.io.Serializable;

/**
 * How weights start. He keeps the variance of ReLU layers from one to the next, Glorot that of
 * linear and tanh ones, LeCun that of SELU ones. Sources: He et al., ICCV 2015; Glorot and Bengio,
 * AISTATS 2010; LeCun et al., 1998.
 */
@PublicApi
public sealed interface Initializer extends Serializable {
  /** He's normal. */
  Initializer HE_NORMAL = new HeNormal();

  /** He's uniform. */
  Initializer HE_UNIFORM = new HeUniform();

  /** He's normal by outputs. */
  Initializer HE_NORMAL_FAN_OUT = new HeNormalFanOut();

  /** He's uniform by outputs. */
  Initializer HE_UNIFORM_FAN_OUT = new HeUniformFanOut();

  /** Glorot's normal. */
  Initializer GLOROT_NORMAL = new GlorotNormal();

  /** Glorot's uniform. */
  Initializer GLOROT_UNIFORM = new GlorotUniform();

  /** LeCun's normal. */
  Initializer LECUN_NORMAL = new LecunNormal();

  /** LeCun's uniform. */
  Initializer LECUN_UNIFORM = new LecunUniform();

  /** All 1. */
  Initializer ONES = new Ones();

  /** All 0. */
  Initializer ZEROS = new Zeros();

  /**
   * What a tensor of weights connects.
   *
   * @param in inputs that each output sums
   * @param out outputs that each input reaches
   * @param all outputs that the inputs of all groups reach, as PyTorch counts {@code fan_out}:
   *     {@code filters · kh · kw}, whatever the groups
   */
  @Internal
  record Fans(double in, double out, double all) {}

  /** Draws one value. */
  @Internal
  double draw(SeededRandom random, Fans fans);

  private static double normal(SeededRandom random, double deviation) {
    return random.nextGaussian() * deviation;
  }

  private static double uniform(SeededRandom random, double bound) {
    return (2 * random.nextDouble() - 1) * bound;
  }

  /** Draws from a normal of deviation {@code sqrt(2 / fanIn)}. */
  record HeNormal() implements Initializer {
    @Override
    public double draw(SeededRandom random, Fans fans) {
      return normal(random, Math.sqrt(2 / fans.in()));
    }
  }

  /** Draws uniformly within {@code ±sqrt(6 / fanIn)}. */
  record HeUniform() implements Initializer {
    @Override
    public double draw(SeededRandom random, Fans fans) {
      return uniform(random, Math.sqrt(6 / fans.in()));
    }
  }

  /**
   * Draws from a normal of deviation {@code sqrt(2 / fanOut)}, which keeps the variance of
   * gradients. The {@code fanOut} is PyTorch's: {@code filters · kh · kw}, whatever the groups.
   */
  record HeNormalFanOut() implements Initializer {
    @Override
    public double draw(SeededRandom random, Fans fans) {
      return normal(random, Math.sqrt(2 / fans.all()));
    }
  }

  /** Draws uniformly within {@code ±sqrt(6 / fanOut)}, with the {@code fanOut} of PyTorch. */
  record HeUniformFanOut() implements Initializer {
    @Override
    public double draw(SeededRandom random, Fans fans) {
      return uniform(random, Math.sqrt(6 / fans.all()));
    }
  }

  /** Draws from a normal of deviation {@code sqrt(2 / (fanIn + fanOut))}. */
  record GlorotNormal() implements Initializer {
    @Override
    public double draw(SeededRandom random, Fans fans) {
      return normal(random, Math.sqrt(2 / (fans.in() + fans.out())));
    }
  }

  /** Draws uniformly within {@code ±sqrt(6 / (fanIn + fanOut))}. */
  record GlorotUniform() implements Initializer {
    @Override
    public double draw(SeededRandom random, Fans fans) {
      return uniform(random, Math.sqrt(6 / (fans.in() + fans.out())));
    }
  }

  /** Draws from a normal of deviation {@code sqrt(1 / fanIn)}. */
  record LecunNormal() implements Initializer {
    @Override
    public double draw(SeededRandom random, Fans fans) {
      return normal(random, Math.sqrt(1 / fans.in()));
    }
  }

  /** Draws uniformly within {@code ±sqrt(3 / fanIn)}. */
  record LecunUniform() implements Initializer {
    @Override
    public double draw(SeededRandom random, Fans fans) {
      return uniform(random, Math.sqrt(3 / fans.in()));
    }
  }

  /** Gives 1 everywhere: for scales. */
  record Ones() implements Initializer {
    @Override
    public double draw(SeededRandom random, Fans fans) {
      return 1;
    }
  }

  /** Gives 0 everywhere: for biases. */
  record Zeros() implements Initializer {
    @Override
    public double draw(SeededRandom random, Fans fans) {
      return 0;
    }
  }

  /**
   * Gives one value everywhere.
   *
   * @param value a finite number
   */
  record Fill(Float value) implements Initializer {
    public Fill {
      Check.present(value, "Fill.value");
      Check.finite(value, "Fill.value");
    }

    @Override
    public double draw(SeededRandom random, Fans fans) {
      return value;
    }
  }

  /**
   * Draws from a normal of mean 0.
   *
   * @param deviation standard deviation, above 0
   */
  record Normal(Float deviation) implements Initializer {
    public Normal {
      Check.present(deviation, "Normal.deviation");
      Check.positive((float) deviation, "Normal.deviation");
    }

    @Override
    public double draw(SeededRandom random, Fans fans) {
      return normal(random, deviation);
    }
  }

  /**
   * Draws uniformly within {@code ±bound}.
   *
   * @param bound above 0
   */
  record Uniform(Float bound) implements Initializer {
    public Uniform {
      Check.present(bound, "Uniform.bound");
      Check.positive((float) bound, "Uniform.bound");
    }

    @Override
    public double draw(SeededRandom random, Fans fans) {
      return uniform(random, bound);
    }
  }

  /**
   * Draws from a normal of mean 0, again and again until a value lies within {@code ±bound}.
   *
   * @param deviation standard deviation before the cut, above 0
   * @param bound largest size of a value, a tenth of the deviation or more; 2 by default, as in
   *     PyTorch, which is no multiple of the deviation
   */
  record TruncatedNormal(Float deviation, @Defaulted Float bound) implements Initializer {
    /** Draws in vain would take long below it. */
    private static final float LEAST_BOUND = 0.1f;

    public TruncatedNormal {
      Check.present(deviation, "TruncatedNormal.deviation");
      Check.positive((float) deviation, "TruncatedNormal.deviation");
      bound = bound == null ? 2f : bound;
      if (!(bound >= LEAST_BOUND * deviation)) {
        throw new IllegalArgumentException(
            "TruncatedNormal.bound must be at least a tenth of the deviation "
                + deviation
                + ", but was "
                + bound);
      }
    }

    @Override
    public double draw(SeededRandom random, Fans fans) {
      double value = normal(random, deviation);
      while (Math.abs(value) > bound) {
        value = normal(random, deviation);
      }
      return value;
    }
  }
}
