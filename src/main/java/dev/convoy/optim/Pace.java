package dev.convoy.optim;

/** Says when a falling rate is set anew. */
public enum Pace {
  /** The rate is set at the start of each epoch. */
  EPOCH,

  /** The rate is set in each step. */
  STEP
}
