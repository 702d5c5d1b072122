package dev.convoy.benchmark;

/**
 * What one engine did with one network.
 *
 * @param engine by name, as in {@code PyTorch, channels last}
 * @param runsOn as the engine says
 * @param train images a second in training
 * @param infer images a second in forward passes
 */
record EngineFigures(String engine, String runsOn, Samples train, Samples infer) {
  /** The memory format, which stands in the name. */
  String layout() {
    return engine.substring(engine.indexOf(',') + 1).strip();
  }

  Samples of(Mode mode) {
    return mode == Mode.TRAIN ? train : infer;
  }
}
