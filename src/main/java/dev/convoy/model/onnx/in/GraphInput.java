package dev.convoy.model.onnx.in;

import dev.convoy.tensor.Shape;
import java.util.Arrays;
import java.util.Set;
import onnx.Onnx.TensorShapeProto.Dimension;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.jspecify.annotations.Nullable;

/**
 * What a graph takes.
 *
 * @param shape of an example, {@code [C, H, W]} or {@code [F]}
 * @param view of it, with channels last where the graph has them so
 * @param batch that shapes in the graph count with
 */
record GraphInput(Shape shape, View view, int batch) {
  private static final int MOST = 1 << 26;
  private static final Set<Long> CHANNELS = Set.of(1L, 3L);

  /** Reads it, with sides that the file leaves open taken from {@code asked}. */
  static GraphInput of(Graph graph, ValueInfoProto value, @Nullable Shape asked) {
    TypeProto.Tensor tensor = value.getType().getTensorType();
    int rank = tensor.getShape().getDimCount();
    if (rank != 4 && rank != 2) {
      throw graph.wrong(
          "must take pictures, [N, C, H, W], or features, [N, F], but takes "
              + (rank == 0 ? "what it does not say" : rank + " axes"));
    }
    long[] sizes = new long[rank];
    for (int i = 0; i < rank; i++) {
      Dimension dimension = tensor.getShape().getDim(i);
      sizes[i] =
          dimension.hasDimValue() && dimension.getDimValue() > 0 ? dimension.getDimValue() : 0;
    }
    boolean isLast =
        rank == 4
            && CHANNELS.contains(sizes[3])
            && !CHANNELS.contains(sizes[1])
            && graph.nodes.stream().anyMatch(GraphInput::bringsChannelsFirst);
    int[] order = isLast ? new int[] {1, 2, 0} : View.identity(rank - 1);
    long[] own = new long[rank - 1];
    for (int i = 0; i < order.length; i++) {
      own[order[i]] = sizes[i + 1];
    }
    if (asked != null) {
      fill(graph, own, asked);
    }
    long all = 1;
    for (long size : own) {
      if (size == 0) {
        throw graph.wrong(
            "leaves sides of its input open, " + Arrays.toString(own) + ": --input gives them");
      }
      all = size > MOST ? MOST + 1L : Math.min(all * size, MOST + 1L);
    }
    if (all > MOST) {
      throw graph.wrong(
          "must take at most " + MOST + " values an example, but takes " + Arrays.toString(own));
    }
    int[] dimensions = Arrays.stream(own).mapToInt(size -> (int) size).toArray();
    Shape shape = Shape.of(dimensions);
    long batch = Math.min(Math.max(1, sizes[0]), 1 << 16);
    return new GraphInput(shape, View.of(shape, order), (int) batch);
  }

  private static boolean bringsChannelsFirst(Operator node) {
    int[] order = node.type().equals("Transpose") ? node.list("perm") : null;
    return Arrays.equals(order, new int[] {0, 3, 1, 2});
  }

  private static void fill(Graph graph, long[] own, Shape asked) {
    boolean fits = asked.rank() == own.length;
    for (int i = 0; fits && i < own.length; i++) {
      fits = own[i] == 0 || own[i] == asked.dimension(i);
      own[i] = asked.dimension(i);
    }
    if (!fits) {
      throw graph.wrong("takes another input than " + asked);
    }
  }
}
