package dev.convoy.nn.preset;

import dev.convoy.nn.layer.AvgPool2d;
import dev.convoy.nn.layer.Size;
import dev.convoy.tensor.Shape;

/**
 * The pool before dense layers that were made for a map of one size. At multiples of that size it
 * takes means. Of any other size the dense layers take the map as it is: the network is the same,
 * but for the number of weights of the first of them.
 */
final class FixedSide {
  private FixedSide() {}

  static void pool(Blueprint net, int side) {
    Shape map = net.shape();
    boolean larger = map.height() > side || map.width() > side;
    if (larger && map.height() % side == 0 && map.width() % side == 0) {
      Size window = new Size(map.height() / side, map.width() / side);
      net.add("avgpool", new AvgPool2d(window, null, null, false, null, null));
    }
  }
}
