package dev.convoy.benchmark;

import dev.convoy.nn.preset.Presets;
import java.util.List;
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
  CONVOY_MEMORY(
      "Convoy", name -> new MemoryContestant(Presets.of(name).network(), ConvoyEngine::new)),
  PYTORCH_MEMORY(
      "PyTorch",
      name ->
          new MemoryContestant(
              Presets.of(name).network(),
              (network, batch, optimizer) -> new PytorchEngine(network, batch, optimizer, false))),
  PEAK("the CPU", unused -> new PeakContestant()),
  CONVOY_PRODUCT("Convoy", unused -> new ConvoyProduct()),
  OPENBLAS_PRODUCT("OpenBLAS", unused -> new OpenblasProduct());

  private final String label;
  private final Function<String, Contestant> opener;

  ContestantKind(String label, Function<String, Contestant> opener) {
    this.label = label;
    this.opener = opener;
  }

  /** Returns the options of its JVM that say how large the heap is. */
  List<String> heap() {
    return switch (this) {
      // As little as may be of what the collector keeps for what is new.
      case CONVOY_MEMORY -> List.of("-Xmx6g", "-XX:NewSize=64m", "-XX:MaxNewSize=64m");
      case PYTORCH_MEMORY -> List.of("-Xmx512m", "-XX:NewSize=64m", "-XX:MaxNewSize=64m");
      default -> List.of("-Xms1g", "-Xmx1g");
    };
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
