package dev.convoy.optim;

import dev.convoy.api.PublicApi;

/** Says when a falling rate is set anew. */
@PublicApi
public enum Pace {
  /** The rate is set at the start of each epoch. */
  EPOCH,

  /** The rate is set in each step. */
  STEP
}
