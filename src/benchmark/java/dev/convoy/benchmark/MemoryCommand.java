package dev.convoy.benchmark;

import dev.convoy.nn.Network;
import dev.convoy.nn.preset.Presets;
import dev.convoy.nn.replica.ReplicaMemory;
import dev.convoy.report.TextTable;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How much memory training takes, beside PyTorch. */
@Command(
    name = "memory",
    sortOptions = false,
    description =
        "Trains networks on pictures of 224x224 at batch 16 with Convoy and with PyTorch, and shows"
            + " the most memory that each process had. It times nothing: other work on the machine"
            + " does no harm.")
final class MemoryCommand extends BenchCommand {
  @Option(
      names = "--networks",
      paramLabel = "NAME",
      split = ",",
      defaultValue = "resnet18,resnet50,mobilenet_v2",
      description =
          "Networks, separated by commas: resnet18, resnet50, mobilenet_v2. Default:"
              + " ${DEFAULT-VALUE}.")
  private List<String> networks;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "3",
      description = "Steps of training. Default: ${DEFAULT-VALUE}.")
  private int steps;

  @Override
  public Integer call() {
    checkPositive("--steps", steps);
    List<String> known = List.of("resnet18", "resnet50", "mobilenet_v2");
    for (String name : networks) {
      if (!known.contains(name)) {
        throw wrong("--networks must be of " + known + ", but got '" + name + "'");
      }
    }
    TextTable table =
        new TextTable("<network", "parameters", "reckoned MB", "Convoy MB", "PyTorch MB", "ratio");
    for (String name : networks) {
      Network network = Presets.of(name).network();
      long convoy = peak(ContestantKind.CONVOY_MEMORY, name);
      long pytorch = peak(ContestantKind.PYTORCH_MEMORY, name);
      table.row(
          name,
          String.format(Locale.ROOT, "%,d", network.parameterCount()),
          megabytes(ReplicaMemory.trainingBytes(network, MemoryContestant.BATCH)),
          megabytes(convoy),
          megabytes(pytorch),
          String.format(Locale.ROOT, "%.2f", (double) convoy / pytorch));
    }
    table.lines().forEach(this::say);
    return 0;
  }

  private long peak(ContestantKind kind, String network) {
    try (ContestantJvm jvm = ContestantJvm.start(kind, network)) {
      jvm.time(MemoryContestant.TRAIN, steps);
      return Long.parseLong(jvm.ask(MemoryContestant.PEAK));
    }
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%,d", bytes >> 20);
  }
}
