package dev.convoy.model.onnx.in;

import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order in which the values of a layer are read, without the batch: each dimension walks along
 * axes of the layer's own array. So axes are moved, cut and joined without a value being moved.
 *
 * @param dimensions axes of each dimension, outermost first; none for a dimension of 1
 */
record View(List<List<Axis>> dimensions) {
  /**
   * Steps through an array.
   *
   * @param size how many values
   * @param stride how far apart they are
   */
  record Axis(int size, int stride) {}

  View {
    dimensions = dimensions.stream().map(axes -> List.copyOf(joined(axes))).toList();
  }

  /** Neighbours made one where they are one in the array. */
  private static List<Axis> joined(List<Axis> all) {
    List<Axis> axes = new ArrayList<>();
    for (Axis axis : all) {
      Axis last = axes.isEmpty() ? null : axes.get(axes.size() - 1);
      if (last != null && last.stride() == axis.size() * axis.stride()) {
        axes.set(axes.size() - 1, new Axis(last.size() * axis.size(), axis.stride()));
      } else {
        axes.add(axis);
      }
    }
    return axes;
  }

  /** A layer's values as they lie. */
  static View of(Shape shape) {
    return of(shape, identity(shape.rank()));
  }

  /** A layer's values with its axes in this order. */
  static View of(Shape shape, int[] order) {
    int[] strides = new int[shape.rank()];
    int stride = 1;
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= shape.dimension(axis);
    }
    List<List<Axis>> dimensions = new ArrayList<>();
    for (int axis : order) {
      int size = shape.dimension(axis);
      dimensions.add(size == 1 ? List.of() : List.of(new Axis(size, strides[axis])));
    }
    return new View(dimensions);
  }

  static int[] identity(int rank) {
    int[] order = new int[rank];
    Arrays.setAll(order, i -> i);
    return order;
  }

  /** The extents, without the batch. */
  int[] sizes() {
    return dimensions.stream()
        .mapToInt(axes -> axes.stream().mapToInt(Axis::size).reduce(1, (a, b) -> a * b))
        .toArray();
  }

  int rank() {
    return dimensions.size();
  }

  /** The same values with the dimensions in this order. */
  View transposed(int[] order) {
    return new View(Arrays.stream(order).mapToObj(dimensions::get).toList());
  }

  /** The same values in other dimensions of as many; null if an axis would be cut unevenly. */
  @Nullable View reshaped(int[] sizes) {
    List<Axis> axes = merged();
    List<List<Axis>> result = new ArrayList<>();
    int next = 0;
    for (int size : sizes) {
      int left = size;
      List<Axis> dimension = new ArrayList<>();
      while (left > 1 && next < axes.size()) {
        Axis axis = axes.get(next);
        if (left % axis.size() == 0) {
          dimension.add(axis);
          left /= axis.size();
          next++;
        } else if (axis.size() % left == 0) {
          int rest = axis.size() / left;
          dimension.add(new Axis(left, axis.stride() * rest));
          axes.set(next, new Axis(rest, axis.stride()));
          left = 1;
        } else {
          return null;
        }
      }
      if (left != 1) {
        return null;
      }
      result.add(dimension);
    }
    return next == axes.size() ? new View(result) : null;
  }

  /** All axes in order, neighbours made one where they are one in the array. */
  private List<Axis> merged() {
    return joined(dimensions.stream().flatMap(List::stream).toList());
  }

  /** Whether the values are read as they lie. */
  boolean isPlain() {
    List<Axis> axes = merged();
    return axes.isEmpty() || axes.size() == 1 && axes.get(0).stride() == 1;
  }

  /** The axis of the layer that each dimension walks along; null if one walks along no such. */
  int @Nullable [] order(Shape shape) {
    if (shape.rank() != rank()) {
      return null;
    }
    View plain = of(shape);
    int[] order = new int[rank()];
    boolean[] taken = new boolean[rank()];
    Arrays.fill(order, -1);
    for (int i = 0; i < order.length; i++) {
      for (int axis = 0; axis < order.length && order[i] < 0; axis++) {
        List<Axis> axes = dimensions.get(i);
        if (!taken[axis] && !axes.isEmpty() && axes.equals(plain.dimensions.get(axis))) {
          order[i] = axis;
          taken[axis] = true;
        }
      }
    }
    for (int i = 0; i < order.length; i++) {
      for (int axis = 0; axis < order.length && order[i] < 0; axis++) {
        if (!taken[axis] && dimensions.get(i).isEmpty() && shape.dimension(axis) == 1) {
          order[i] = axis;
          taken[axis] = true;
        }
      }
      if (order[i] < 0) {
        return null;
      }
    }
    return order;
  }

  /** Where each value lies in the layer's array. */
  int[] places() {
    int[] places = {0};
    for (List<Axis> dimension : dimensions) {
      for (Axis axis : dimension) {
        int[] more = new int[places.length * axis.size()];
        for (int i = 0; i < more.length; i++) {
          more[i] = places[i / axis.size()] + i % axis.size() * axis.stride();
        }
        places = more;
      }
    }
    return places;
  }
}
