package dev.convoy.model.onnx.in;

import dev.convoy.nn.layer.ChannelShuffle;
import dev.convoy.nn.layer.DepthToSpace;
import dev.convoy.nn.layer.DepthToSpace.ChannelOrder;
import dev.convoy.nn.layer.Layer;
import dev.convoy.nn.layer.SpaceToDepth;
import dev.convoy.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells which layer moves values as a view does. */
final class Moves {
  private Moves() {}

  /** The layer that makes an image of a layer's, read in this order; null if there is none. */
  static @Nullable Layer of(Shape from, View view, Shape to) {
    if (!from.isImage()) {
      return null;
    }
    List<View.Axis> channels = view.dimensions().get(0);
    if (from.equals(to) && channels.size() == 2) {
      int groups = channels.get(1).size();
      boolean fits = groups < from.channels() && view.equals(shuffled(from, groups));
      return fits ? new ChannelShuffle(groups) : null;
    }
    int larger = to.height() / from.height();
    int smaller = from.height() / to.height();
    for (ChannelOrder order : ChannelOrder.values()) {
      if (larger > 1 && larger <= 1024 && view.equals(spread(from, larger, order, to))) {
        return new DepthToSpace(larger, order);
      } else if (smaller > 1 && smaller <= 1024 && view.equals(stacked(from, smaller, order, to))) {
        return new SpaceToDepth(smaller, order);
      }
    }
    return null;
  }

  private static @Nullable View shuffled(Shape of, int groups) {
    int[] parts = {groups, of.channels() / groups, of.height(), of.width()};
    return moved(of, parts, new int[] {1, 0, 2, 3}, of);
  }

  private static @Nullable View spread(Shape of, int b, ChannelOrder order, Shape to) {
    boolean isCrd = order == ChannelOrder.CRD;
    int c = of.channels() / b / b;
    int[] parts =
        isCrd
            ? new int[] {c, b, b, of.height(), of.width()}
            : new int[] {b, b, c, of.height(), of.width()};
    int[] turn = isCrd ? new int[] {0, 3, 1, 4, 2} : new int[] {2, 3, 0, 4, 1};
    return moved(of, parts, turn, to);
  }

  private static @Nullable View stacked(Shape of, int b, ChannelOrder order, Shape to) {
    int[] parts = {of.channels(), of.height() / b, b, of.width() / b, b};
    int[] turn = order == ChannelOrder.CRD ? new int[] {0, 2, 4, 1, 3} : new int[] {2, 4, 0, 1, 3};
    return moved(of, parts, turn, to);
  }

  private static @Nullable View moved(Shape of, int[] parts, int[] turn, Shape to) {
    View parted = View.of(of).reshaped(parts);
    return parted == null ? null : parted.transposed(turn).reshaped(to.toArray());
  }
}
