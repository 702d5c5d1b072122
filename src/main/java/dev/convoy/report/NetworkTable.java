package dev.convoy.report;

import dev.convoy.nn.Network;
import dev.convoy.nn.Node;
import dev.convoy.nn.WeightCounts;
import dev.convoy.tensor.Shape;
import java.util.Optional;

/** A network as a table: a line a layer, and the totals. */
public final class NetworkTable {
  private static final String NONE = "";

  private NetworkTable() {}

  /**
   * The table. Parameters are the layer's own, biases included; beside them stand the weights that
   * it would need if it were locally connected or dense, as {@link WeightCounts} counts them.
   */
  public static TextTable of(Network network) {
    TextTable table =
        new TextTable(
            "<layer",
            "<kind",
            "<output",
            "parameters",
            "multiply-adds",
            "if locally connected",
            "if dense");
    table.row("input", NONE, network.input().toString(), NONE, NONE, NONE, NONE);
    for (Node node : network.nodes()) {
      table.row(row(node));
    }
    return table.row(
        "total",
        NONE,
        NONE,
        Numbers.count(network.parameterCount()),
        Numbers.count(network.multiplyAdds()),
        NONE,
        NONE);
  }

  private static String[] row(Node node) {
    Shape output = node.output();
    Optional<WeightCounts> counts = WeightCounts.of(node);
    long multiplyAdds = node.layer().multiplyAdds(node.input());
    return new String[] {
      node.name(),
      node.layer().kind(),
      output.toString(),
      node.parameterCount() == 0 ? NONE : Numbers.count(node.parameterCount()),
      multiplyAdds == 0 ? NONE : Numbers.count(multiplyAdds),
      counts.map(c -> Numbers.count(c.locallyConnected())).orElse(NONE),
      counts.map(c -> Numbers.count(c.dense())).orElse(NONE)
    };
  }
}
