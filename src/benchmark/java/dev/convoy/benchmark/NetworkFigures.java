package dev.convoy.benchmark;

import java.util.Comparator;
import java.util.List;

/**
 * What the engines did with one network.
 *
 * @param network by name
 * @param parameters how many it has
 * @param trainingFlops floating-point operations of a step, for each image
 * @param forwardFlops of a forward pass
 * @param engines Convoy first
 */
record NetworkFigures(
    String network,
    int parameters,
    long trainingFlops,
    long forwardFlops,
    List<EngineFigures> engines) {

  EngineFigures convoy() {
    return engines.get(0);
  }

  /** PyTorch in the memory format that is faster here. */
  EngineFigures pytorch(Mode mode) {
    return engines.stream()
        .skip(1)
        .max(Comparator.comparingDouble(engine -> engine.of(mode).median()))
        .orElseThrow();
  }

  /**
   * How many times as fast as PyTorch Convoy is: the median of the ratios of each repetition, whose
   * turns lie next to each other, so that a slow spell of the machine falls on both.
   */
  double ratio(Mode mode) {
    return convoy().of(mode).over(pytorch(mode).of(mode)).median();
  }

  long flops(Mode mode) {
    return mode == Mode.TRAIN ? trainingFlops : forwardFlops;
  }

  /** An engine's rate in GFLOP/s. */
  double gflops(Mode mode, EngineFigures engine) {
    return engine.of(mode).median() * flops(mode) * 1e-9;
  }
}
