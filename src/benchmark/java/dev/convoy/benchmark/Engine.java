package dev.convoy.benchmark;

import dev.convoy.optim.Sgd;

/**
 * A network at work: steps of training, again and again on the same batch, and forward passes over
 * it.
 */
interface Engine {
  /** Images of a batch. */
  int BATCH = 64;

  /** Of the initial weights. */
  long SEED = 42;

  /** Steps between the losses that are compared. */
  int CHECKED_STEPS = 3;

  /** Training while losses are compared: steps that change the loss, yet do not throw it about. */
  Sgd CHECKED = Sgd.of(1e-4f, 0.9f);

  /**
   * Training while it is timed: steps so small that the batch is not learnt by heart, as gradients
   * that vanish end in subnormal numbers, which some CPUs are slow with.
   */
  Sgd TIMED = Sgd.of(1e-6f, 0.9f);

  /** What it runs on. */
  String description();

  /** A step: forward, loss, backward, optimizer. */
  void step();

  /** The mean loss that the last step found. */
  double loss();

  /** A forward pass, as for use. */
  void infer();

  /** Seconds that a step spends in calls from Java to native code, at most. */
  default double secondsOfCalls() {
    return 0;
  }
}
