package dev.convoy.benchmark;

import java.util.function.Function;

/** The contestants by name, as a JVM is told which it is. */
enum ContestantKind {
  CONVOY(
      "Convoy",
      name -> new EngineContestant(BenchmarkNetwork.named(name).network(), ConvoyEngine::new)),
  PYTORCH(
      "PyTorch, NCHW",
      name ->
          new EngineContestant(
              BenchmarkNetwork.named(name).network(),
              (network, batch, optimizer) -> new PytorchEngine(network, batch, optimizer, false))),
  PYTORCH_CHANNELS_LAST(
      "PyTorch, channels last",
      name ->
          new EngineContestant(
              BenchmarkNetwork.named(name).network(),
              (network, batch, optimizer) -> new PytorchEngine(network, batch, optimizer, true))),
  LAYERS("Convoy", name -> new LayersContestant(BenchmarkNetwork.named(name).network())),
  PEAK("the CPU", unused -> new PeakContestant()),
  CONVOY_PRODUCT("Convoy", unused -> new ConvoyProduct()),
  OPENBLAS_PRODUCT("OpenBLAS", unused -> new OpenblasProduct());

  private final String label;
  private final Function<String, Contestant> opener;

  ContestantKind(String label, Function<String, Contestant> opener) {
    this.label = label;
    this.opener = opener;
  }

  /** Makes it. */
  Contestant open(String argument) {
    return opener.apply(argument);
  }

  /** As reports have it. */
  @Override
  public String toString() {
    return label;
  }
}
