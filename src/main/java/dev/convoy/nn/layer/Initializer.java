package dev.convoy.nn.layer;

import dev.convoy.api.Internal;
import dev.convoy.api.PublicApi;
import dev.convoy.random.SeededRandom;

/**
 * How weights start. He keeps the variance of ReLU layers from one to the next, Glorot that of
 * linear and tanh ones. Sources: He et al., ICCV 2015; Glorot and Bengio, AISTATS 2010.
 */
@PublicApi
public enum Initializer {
  /** Normal of deviation {@code sqrt(2 / fanIn)}. */
  HE_NORMAL {
    @Override
    double draw(SeededRandom random, double fanIn, double fanOut) {
      return random.nextGaussian() * Math.sqrt(2 / fanIn);
    }
  },
  /** Uniform within {@code ±sqrt(6 / fanIn)}. */
  HE_UNIFORM {
    @Override
    double draw(SeededRandom random, double fanIn, double fanOut) {
      return (2 * random.nextDouble() - 1) * Math.sqrt(6 / fanIn);
    }
  },
  /** Normal of deviation {@code sqrt(2 / (fanIn + fanOut))}. */
  GLOROT_NORMAL {
    @Override
    double draw(SeededRandom random, double fanIn, double fanOut) {
      return random.nextGaussian() * Math.sqrt(2 / (fanIn + fanOut));
    }
  },
  /** Uniform within {@code ±sqrt(6 / (fanIn + fanOut))}. */
  GLOROT_UNIFORM {
    @Override
    double draw(SeededRandom random, double fanIn, double fanOut) {
      return (2 * random.nextDouble() - 1) * Math.sqrt(6 / (fanIn + fanOut));
    }
  },
  /** All 1: for scales. */
  ONES {
    @Override
    double draw(SeededRandom random, double fanIn, double fanOut) {
      return 1;
    }
  },
  /** All 0: for biases. */
  ZEROS {
    @Override
    double draw(SeededRandom random, double fanIn, double fanOut) {
      return 0;
    }
  };

  abstract double draw(SeededRandom random, double fanIn, double fanOut);

  /**
   * Fills {@code values[offset .. offset + count)}.
   *
   * @param fanIn inputs that each output sums
   * @param fanOut outputs that each input reaches
   */
  @Internal
  public void fill(
      float[] values, int offset, int count, int fanIn, int fanOut, SeededRandom random) {
    for (int i = offset; i < offset + count; i++) {
      values[i] = (float) draw(random, fanIn, fanOut);
    }
  }
}
