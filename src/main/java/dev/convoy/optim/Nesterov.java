package dev.convoy.optim;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Defaulted;

/**
 * Descent with Nesterov's momentum on the averaged change: {@code d = before - mean; v = momentum ·
 * v + d; p = before - learningRate · (d + momentum · v)}. At rate 1 without momentum it is plain
 * averaging. Sources: BMUF, Chen and Huo, ICASSP 2016; SlowMo, Wang et al., ICLR 2020; DiLoCo,
 * Douillard et al. 2023.
 *
 * @param learningRate above 0; 1 by default
 * @param momentum in {@code [0, 1)}; 0.9 by default
 */
@PublicApi
public record Nesterov(@Defaulted Float learningRate, @Defaulted Float momentum)
    implements OuterOptimizer {
  public Nesterov {
    learningRate = learningRate == null ? 1 : learningRate;
    momentum = momentum == null ? 0.9f : momentum;
    Check.positive((float) learningRate, "Nesterov.learningRate");
    Check.fraction((float) momentum, "Nesterov.momentum");
  }

  @Override
  public void step(float[] before, float[] mean, float[] velocity) {
    double decay = Factors.decimal(momentum);
    double rate = Factors.decimal(learningRate);
    double rest = 1 - rate;
    double ahead = -rate * decay;
    for (int i = 0; i < mean.length; i++) {
      double d = (double) before[i] - mean[i];
      float v = (float) Math.fma(decay, velocity[i], d);
      velocity[i] = v;
      // before - rate · d is mean + (1 - rate) · d, which is the mean itself at rate 1.
      mean[i] = (float) Math.fma(ahead, v, Math.fma(rest, d, mean[i]));
    }
  }
}
