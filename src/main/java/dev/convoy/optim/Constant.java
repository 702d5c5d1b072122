package dev.convoy.optim;

/** The optimizer's own rate throughout. */
public record Constant() implements Schedule {
  @Override
  public float learningRate(float base, long step, long stepsPerEpoch, int epochs) {
    return base;
  }
}
