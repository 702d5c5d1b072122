package dev.convoy.nn.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.config.JobReader;
import dev.convoy.kernel.Kernels;
import dev.convoy.nn.Network;
import dev.convoy.nn.Node;
import dev.convoy.nn.replica.fusion.FusedNetworks;
import dev.convoy.nn.replica.fusion.FusionPlan;
import dev.convoy.nn.replica.pass.shape.IdentityPass;
import dev.convoy.nn.replica.step.PassContext;
import dev.convoy.testing.KernelsUnderTest;
import dev.convoy.testing.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds which layers are computed together, and by which pass, to a recorded listing: node by node
 * for the networks that come with Convoy and for those of {@link FusedNetworks}, by sums for
 * several hundred random graphs.
 *
 * <p>To record anew: {@code mvn test -Dtest=FusionPlanTest -Dconvoy.golden.write=true}.
 */
class FusionPlanTest {
  private static final Path LISTING = Path.of("src/test/resources/golden/fusion-plans.txt");

  private static final int GRAPHS = 600;

  /** Random graphs that share a sum: few enough to look through when it has changed. */
  private static final int GRAPHS_A_SUM = 30;

  @Test
  void plansAreAsRecorded() throws IOException {
    String found = listing();
    if (Boolean.getBoolean("convoy.golden.write")) {
      Files.writeString(LISTING, found);
    }
    assertEquals(Files.readString(LISTING), found);
  }

  @Test
  void whereEveryValueIsAskedForEachLayerDoesItsOwnWork() throws IOException {
    for (Network network : networks().values()) {
      List<Node> nodes = network.nodes();
      FusionPlan plan = FusionPlan.ofNone(nodes);
      for (int i = 0; i < nodes.size(); i++) {
        assertEquals(i, plan.doneBy(i), nodes.get(i).name());
      }
    }
  }

  private static String listing() throws IOException {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, Network> each : networks().entrySet()) {
      String trained = plan(each.getValue(), false);
      String explained = plan(each.getValue(), true);
      text.append(each.getKey()).append('\n').append(trained);
      if (!explained.equals(trained)) {
        text.append(each.getKey()).append(", with the gradient of its input\n").append(explained);
      }
    }
    Map<String, Integer> passes = new TreeMap<>();
    for (int first = 0; first < GRAPHS; first += GRAPHS_A_SUM) {
      StringBuilder plans = new StringBuilder();
      for (int seed = first; seed < first + GRAPHS_A_SUM; seed++) {
        Network network = RandomImageGraph.of(seed);
        plans.append(plan(network, false)).append(plan(network, true));
      }
      plans.toString().lines().forEach(line -> passes.merge(kind(line), 1, Integer::sum));
      int last = first + GRAPHS_A_SUM - 1;
      text.append("random graphs " + first + " to " + last + ": ");
      text.append(Sha256.of(plans.toString())).append('\n');
    }
    passes.forEach((pass, count) -> text.append("  " + count + " " + pass + '\n'));
    return text.toString();
  }

  private static Map<String, Network> networks() throws IOException {
    Map<String, Network> networks = new LinkedHashMap<>();
    networks.put("residual", FusedNetworks.residual());
    networks.put("pooling", FusedNetworks.pooling());
    networks.put("poolingTiles", FusedNetworks.poolingTiles());
    networks.put("normalizing", FusedNetworks.normalizing());
    try (Stream<Path> files = Files.list(Path.of("conf/networks"))) {
      for (Path file : files.sorted().toList()) {
        try (InputStream in = Files.newInputStream(file)) {
          networks.put(
              file.getFileName().toString(),
              JobReader.read(in, file.toString(), List.of()).network());
        }
      }
    }
    return networks;
  }

  /** Returns a line for each node that does its own work: its pass, and whose work it does, too. */
  private static String plan(Network network, boolean wantsInputGradient) {
    List<Node> nodes = network.nodes();
    boolean[] wanted = GradientPlan.wanted(nodes, wantsInputGradient);
    FusionPlan plan = FusionPlan.of(nodes, wanted);
    Kernels kernels = KernelsUnderTest.SCALAR.create();
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < nodes.size(); i++) {
      boolean wantsGradient = wanted[nodes.get(i).source()];
      Object pass = plan.pass(i, new PassContext(nodes.get(i), 1, kernels, wantsGradient));
      if (plan.doneBy(i) != i) {
        assertEquals(IdentityPass.class, pass.getClass(), nodes.get(i).name());
        continue;
      }
      lines.append("  " + pass.getClass().getSimpleName() + " " + nodes.get(i).name());
      for (int other = 0; other < nodes.size(); other++) {
        if (other != i && plan.doneBy(other) == i) {
          lines.append(" + ").append(nodes.get(other).name());
        }
      }
      lines.append('\n');
    }
    return lines.toString();
  }

  /** Returns a line's pass with the number of those whose work it does. */
  private static String kind(String line) {
    String pass = line.strip().split(" ")[0];
    return pass + " for " + (line.split(" \\+ ").length - 1);
  }
}
