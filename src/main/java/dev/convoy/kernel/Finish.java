package dev.convoy.kernel;

/** What is done to a computed value on its way to memory, to save a pass of its own. */
public enum Finish {
  /** Nothing. */
  STORE,
  /** What is 0 or less becomes 0. */
  RECTIFY,
  /** It becomes 0 where the gate, which lies as the target does, is 0 or less. */
  GATE,
  /** It is added to what is there. */
  ADD
}
