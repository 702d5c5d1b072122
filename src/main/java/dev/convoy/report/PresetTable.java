package dev.convoy.report;

import dev.convoy.nn.Network;
import dev.convoy.nn.preset.Preset;
import java.util.Collection;
import java.util.Locale;

/** The networks that are known by a name as a table: a line a network. */
public final class PresetTable {
  /** Images of a batch, for which memory is told. */
  public static final int BATCH = 16;

  /** Parameters, their gradients, and two copies in the order of the kernels. */
  private static final int COPIES = 4;

  private PresetTable() {}

  /** The table, in the order of the networks. */
  public static TextTable of(Collection<Preset> presets) {
    TextTable table =
        new TextTable(
            "<network",
            "<input",
            "classes",
            "parameters",
            "million multiply-adds",
            "MiB a batch of " + BATCH,
            "<source");
    for (Preset preset : presets) {
      Network network = preset.network();
      table.row(
          preset.name(),
          preset.input().toString(),
          Numbers.count(preset.classes()),
          Numbers.count(network.parameterCount()),
          String.format(Locale.ROOT, "%,.1f", network.multiplyAdds() / 1e6),
          Numbers.count((trainingBytes(network, BATCH) >> 20) + 1),
          preset.source());
    }
    return table;
  }

  /**
   * Bytes that one worker's training holds for a batch, at least: the outputs of all layers, and
   * parameters with their gradients and copies; what an optimizer remembers is not in it.
   */
  public static long trainingBytes(Network network, int images) {
    long values = network.input().size();
    values += network.nodes().stream().mapToLong(node -> node.output().size()).sum();
    return Float.BYTES * (values * images + (long) COPIES * network.parameterCount());
  }
}
