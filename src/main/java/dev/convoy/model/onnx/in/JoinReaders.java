package dev.convoy.model.onnx.in;

import dev.convoy.nn.layer.Add;
import dev.convoy.nn.layer.Concat;
import dev.convoy.nn.layer.Join;
import dev.convoy.nn.layer.Multiply;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operators that make one tensor of several. */
final class JoinReaders {
  private JoinReaders() {}

  /** Adds tensors of one shape, or multiplies two. */
  static Tensor join(Operator node, List<Tensor> parts, Sketch sketch, Materials materials) {
    boolean multiplies = node.type().equals("Mul");
    if (!multiplies && !node.type().equals("Add") && !node.type().equals("Sum")) {
      throw node.wrong(
          "must have a constant on one side, as Convoy joins by sums and products alone");
    }
    if (multiplies && !Arrays.equals(parts.get(0).view().sizes(), parts.get(1).view().sizes())) {
      return weighed(node, parts, sketch, materials);
    }
    List<Source> sources = new ArrayList<>();
    Tensor first = parts.get(0);
    for (Tensor part : parts) {
      if (!Arrays.equals(part.view().sizes(), first.view().sizes())) {
        throw node.wrong(
            "must join tensors of one shape, but joins "
                + Materials.shown(first.view().sizes())
                + " and "
                + Materials.shown(part.view().sizes()));
      }
    }
    boolean alike = parts.stream().allMatch(part -> part.view().equals(first.view()));
    for (Tensor part : parts) {
      boolean isFlat = first.view().rank() == 1;
      sources.add(
          isFlat
              ? materials.vector(node, part)
              : alike ? materials.source(node, part) : materials.image(node, part));
    }
    Join layer = multiplies ? new Multiply() : new Add();
    Tensor made = sketch.add(node, Reading.name(node, ""), layer, sources);
    return made.with(first.view().rank() == 1 ? View.of(made.shape()) : first.view());
  }

  /** Multiplies a map by a factor of each channel, or of each position. */
  private static Tensor weighed(
      Operator node, List<Tensor> parts, Sketch sketch, Materials materials) {
    List<Source> sources = new ArrayList<>();
    for (Tensor part : parts) {
      int[] sizes = part.view().sizes();
      boolean isColumn = sizes.length == 3 && sizes[1] == 1 && sizes[2] == 1;
      Source source = materials.source(node, part);
      // Factors of channels stay the list that they are where the graph only adds axes to them.
      boolean stays = isColumn && source.shape.rank() == 1 && part.view().isPlain();
      sources.add(stays ? source : materials.image(node, part));
    }
    return sketch.add(node, Reading.name(node, ""), new Multiply(), sources);
  }

  static void sum(Operator node, Reading reading) {
    if (node.inputs().size() == 1) {
      reading.put(node.output(), reading.value(node, 0));
      return;
    }
    List<Tensor> parts = tensors(node, reading);
    reading.put(node.output(), join(node, parts, reading.sketch(), reading.materials()));
  }

  private static List<Tensor> tensors(Operator node, Reading reading) {
    List<Tensor> parts = new ArrayList<>();
    for (int i = 0; i < node.inputs().size(); i++) {
      parts.add(reading.tensor(node, i));
    }
    return parts;
  }

  static void concat(Operator node, Reading reading) {
    List<Tensor> parts = tensors(node, reading);
    Tensor first = parts.get(0);
    int rank = first.view().rank() + 1;
    int axis = node.whole("axis", 1);
    axis = axis < 0 ? axis + rank : axis;
    if (parts.size() == 1) {
      reading.put(node.output(), first);
      return;
    }
    List<Source> sources = new ArrayList<>();
    if (rank == 2 && axis == 1) {
      parts.forEach(part -> sources.add(reading.materials().vector(node, part)));
      reading.put(node.output(), add(node, reading, sources));
      return;
    }
    int @Nullable [] order = null;
    for (Tensor part : parts) {
      Source source = reading.materials().source(node, part);
      int[] found = part.view().order(source.shape);
      boolean fits = found != null && (order == null || Arrays.equals(found, order));
      if (found == null || !fits || axis < 1 || axis >= rank || found[axis - 1] != 0) {
        throw node.wrong("must lay channels one behind the other, but its axis is " + axis);
      }
      order = found;
      sources.add(source);
    }
    Tensor all = add(node, reading, sources);
    reading.put(node.output(), order == null ? all : Reading.ordered(all, order));
  }

  private static Tensor add(Operator node, Reading reading, List<Source> sources) {
    long channels = 0;
    for (Source source : sources) {
      channels += source.shape.size();
    }
    if (channels > Integer.MAX_VALUE) {
      throw node.wrong("must give fewer than 2^31 values");
    }
    return reading.sketch().add(node, Reading.name(node, ""), new Concat(), sources);
  }
}
