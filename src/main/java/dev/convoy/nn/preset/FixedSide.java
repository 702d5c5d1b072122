package dev.convoy.nn.preset;

import dev.convoy.nn.layer.AdaptiveAvgPool2d;
import dev.convoy.nn.layer.Size;
import dev.convoy.tensor.Shape;

/** The pool before dense layers that were made for a map of one size. */
final class FixedSide {
  private FixedSide() {}

  /** Adds it, unless the map is of that size. */
  static void pool(Blueprint net, int side) {
    Shape map = net.shape();
    if (map.height() != side || map.width() != side) {
      net.add("avgpool", new AdaptiveAvgPool2d(Size.of(side)));
    }
  }
}
