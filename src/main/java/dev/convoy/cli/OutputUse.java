package dev.convoy.cli;

/** What becomes of a run that an output folder holds. */
enum OutputUse {
  /** There must be none. */
  NEW,

  /** It is replaced. */
  OVERWRITE,

  /** It goes on. */
  RESUME
}
