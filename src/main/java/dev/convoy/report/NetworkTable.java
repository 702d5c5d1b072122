package dev.convoy.report;

import dev.convoy.nn.Network;
import dev.convoy.nn.Node;
import dev.convoy.nn.WeightCounts;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A network as a table: a line a layer, and the totals. */
public final class NetworkTable {
  private static final String NONE = "";

  private NetworkTable() {}

  /**
   * The table. Parameters are the layer's own, biases included; beside them stand the weights that
   * it would need if it were locally connected or dense, as {@link WeightCounts} counts them. Where
   * layers take other inputs than the layer before, a column names them.
   */
  public static TextTable of(Network network) {
    List<String> titles =
        new ArrayList<>(
            List.of(
                "<layer",
                "<kind",
                "<output",
                "parameters",
                "multiply-adds",
                "if locally connected",
                "if dense"));
    boolean branches =
        IntStream.range(0, network.nodes().size()).anyMatch(i -> !follows(network, i));
    if (branches) {
      titles.add("<inputs");
    }
    TextTable table = new TextTable(titles.toArray(new String[0]));
    add(
        table,
        branches,
        NONE,
        Network.INPUT,
        NONE,
        network.input().toString(),
        NONE,
        NONE,
        NONE,
        NONE);
    for (int i = 0; i < network.nodes().size(); i++) {
      add(
          table,
          branches,
          follows(network, i) ? NONE : inputs(network, i),
          row(network.nodes().get(i)));
    }
    String parameters = Numbers.count(network.parameterCount());
    String multiplyAdds = Numbers.count(network.multiplyAdds());
    add(table, branches, NONE, "total", NONE, NONE, parameters, multiplyAdds, NONE, NONE);
    return table;
  }

  private static void add(TextTable table, boolean branches, String inputs, String... cells) {
    if (branches) {
      cells = Arrays.copyOf(cells, cells.length + 1);
      cells[cells.length - 1] = inputs;
    }
    table.row(cells);
  }

  /** Whether a node takes the one before it, and no other. */
  private static boolean follows(Network network, int node) {
    return network.nodes().get(node).sources().equals(List.of(node));
  }

  private static String inputs(Network network, int node) {
    return network.nodes().get(node).sources().stream()
        .map(s -> s == 0 ? Network.INPUT : network.nodes().get(s - 1).name())
        .collect(Collectors.joining(", "));
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
