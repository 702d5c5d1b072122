package dev.convoy.optim;

/** When a falling rate is set anew. */
public enum Pace {
  /** At the start of each epoch. */
  EPOCH,

  /** In each step. */
  STEP
}
