package dev.convoy.model.onnx.in;

import dev.convoy.nn.Network;
import dev.convoy.nn.NetworkBuilder;
import dev.convoy.nn.Parameter;
import dev.convoy.nn.Weights;
import dev.convoy.nn.layer.Flatten;
import dev.convoy.nn.layer.GlobalAvgPool2d;
import dev.convoy.nn.layer.GlobalMaxPool2d;
import dev.convoy.nn.layer.Join;
import dev.convoy.nn.layer.Layer;
import dev.convoy.nn.layer.ParameterSpec;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.ShapeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A network as it grows, with the values of its tensors. */
final class Sketch {
  private static final int MAX_NAME = 80;

  private final NetworkBuilder builder;
  private final Set<String> names = new HashSet<>(Set.of(Network.INPUT));
  private final Map<String, float[]> values = new HashMap<>();

  Sketch(Shape input) {
    builder = new NetworkBuilder(input);
  }

  /** Adds a layer of one input, whose values it takes as they lie there. */
  Tensor add(Operator at, String name, Layer layer, Source input, float[]... tensors) {
    return add(at, name, layer, List.of(input), tensors);
  }

  /**
   * Adds a layer.
   *
   * @param at node that it stands for, for errors
   * @param name that it is to have, if no other has
   * @param tensors values of its parameters, then of its buffers
   */
  Tensor add(Operator at, String name, Layer layer, List<Source> inputs, float[]... tensors) {
    String fresh = fresh(name);
    Shape output;
    try {
      List<Shape> shapes = inputs.stream().map(input -> input.shape).toList();
      output =
          layer instanceof Join join && shapes.size() > 1
              ? join.outputShape(shapes)
              : layer.outputShape(shapes.get(0));
      keep(at, fresh, layer, shapes.get(0), tensors);
    } catch (ShapeException e) {
      throw at.wrong(String.valueOf(e.getMessage()));
    }
    String[] sources = inputs.stream().map(this::layer).toArray(String[]::new);
    try {
      builder.add(fresh, layer, sources);
    } catch (IllegalArgumentException e) {
      throw at.wrong("becomes no layer: " + e.getMessage());
    }
    return new Tensor(new Source(fresh, output), View.of(output));
  }

  private void keep(Operator at, String name, Layer layer, Shape in, float[][] tensors) {
    List<ParameterSpec> specs =
        Stream.concat(layer.parameters(in).stream(), layer.buffers(in).stream()).toList();
    if (specs.size() != tensors.length) {
      throw at.wrong("needs " + specs.size() + " constants, but has " + tensors.length);
    }
    for (int i = 0; i < tensors.length; i++) {
      ParameterSpec spec = specs.get(i);
      if (spec.shape().size() != tensors[i].length) {
        throw at.wrong(
            "needs a "
                + spec.name()
                + " of "
                + spec.shape()
                + ", but has "
                + tensors[i].length
                + " values");
      }
      values.put(name + "." + spec.name(), tensors[i]);
    }
  }

  /** The name of the layer of a source, which is added if it was yet to be known. */
  private String layer(Source source) {
    if (source.layer == null) {
      throw new IllegalStateException("what is pooled was not asked for in a shape");
    }
    return source.layer;
  }

  /** Letters, digits and a few signs, as job files have them, and no other layer's. */
  private String fresh(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9_.-]+", "_").replaceAll("^[_.]+(?=.)", "");
    plain = plain.substring(Math.max(0, plain.length() - MAX_NAME));
    plain = plain.isEmpty() ? "layer" : plain;
    String fresh = plain;
    for (int i = 2; !names.add(fresh); i++) {
      fresh = plain + "_" + i;
    }
    return fresh;
  }

  /** The values of a source laid out flat. */
  Source flat(Operator at, Source source) {
    if (source.flat == null) {
      if (source.pooled != null) {
        Layer pool = source.pooled.isMean() ? new GlobalAvgPool2d() : new GlobalMaxPool2d();
        source.flat = add(at, source.pooled.name(), pool, source.pooled.of().source()).source();
      } else {
        String name = source.flatName == null ? layer(source) + "_flat" : source.flatName;
        source.flat =
            source.shape.rank() == 1 ? source : add(at, name, new Flatten(), source).source();
      }
    }
    return source.flat;
  }

  /** What is pooled, as {@code [C, 1, 1]}; else the source as it is. */
  Source image(Operator at, Source source) {
    if (source.pooled == null) {
      return source;
    }
    if (source.image == null) {
      Layer pool = source.pooled.isMean() ? new GlobalAvgPool2d(true) : new GlobalMaxPool2d(true);
      source.image = add(at, source.pooled.name(), pool, source.pooled.of().source()).source();
    }
    return source.image;
  }

  Network network() {
    return builder.build();
  }

  Weights weights(Network network) {
    Weights weights =
        new Weights(new float[network.parameterCount()], new float[network.bufferCount()]);
    fill(network.parameters(), weights.parameters());
    fill(network.buffers(), weights.buffers());
    return weights;
  }

  private void fill(List<Parameter> parameters, float[] all) {
    for (Parameter parameter : new ArrayList<>(parameters)) {
      float[] found = values.get(parameter.name());
      if (found == null) {
        throw new IllegalStateException(parameter.name() + " has no values");
      }
      System.arraycopy(found, 0, all, parameter.offset(), found.length);
    }
  }
}
