package dev.convoy.testing;

import dev.convoy.nn.NamedLayer;
import dev.convoy.nn.Network;
import dev.convoy.nn.Node;
import dev.convoy.nn.layer.Concat;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.Layer;
import dev.convoy.nn.layer.Size;
import java.util.ArrayList;
import java.util.List;

/**
 * A network's twin that computes all convolutions by taps: those that Winograd's algorithm might
 * take are cut into banks of filters, too few for it, laid one behind the other. It is the same
 * function of the same parameters, which lie in the same order.
 */
public final class DirectTwin {
  /** So few filters go by taps. */
  private static final int BANK = 8;

  private static final Size ONE = Size.of(1);
  private static final Size THREE = Size.of(3);

  private DirectTwin() {}

  /**
   * The twin, whose layers keep their names but for the banks.
   *
   * @throws IllegalArgumentException if a convolution that is cut has a bias, as biases would no
   *     longer lie behind all of its weights
   */
  public static Network of(Network network) {
    List<NamedLayer> layers = new ArrayList<>();
    for (Node node : network.nodes()) {
      String[] sources =
          node.sources().stream()
              .map(source -> source == 0 ? Network.INPUT : network.nodes().get(source - 1).name())
              .toArray(String[]::new);
      if (isCut(node.layer())) {
        addBanks(layers, node.name(), (Conv2d) node.layer(), sources[0]);
      } else {
        layers.add(NamedLayer.of(node.name(), node.layer(), sources));
      }
    }
    return Network.of(network.input(), layers);
  }

  private static boolean isCut(Layer layer) {
    return layer instanceof Conv2d convolution
        && convolution.filters() > BANK
        && convolution.kernel().equals(THREE)
        && convolution.stride().equals(ONE)
        && convolution.groups() == 1;
  }

  private static void addBanks(List<NamedLayer> layers, String name, Conv2d whole, String source) {
    if (whole.bias()) {
      throw new IllegalArgumentException(
          "DirectTwin needs convolutions without biases, but '" + name + "' has them");
    }
    List<String> banks = new ArrayList<>();
    for (int first = 0; first < whole.filters(); first += BANK) {
      int count = Math.min(BANK, whole.filters() - first);
      Conv2d bank =
          new Conv2d(
              count,
              whole.kernel(),
              whole.stride(),
              whole.padding(),
              whole.dilation(),
              whole.groups(),
              whole.bias(),
              whole.initializer());
      String bankName = name + ".filters" + first;
      banks.add(bankName);
      layers.add(NamedLayer.of(bankName, bank, source));
    }
    layers.add(NamedLayer.of(name, new Concat(), banks.toArray(String[]::new)));
  }
}
