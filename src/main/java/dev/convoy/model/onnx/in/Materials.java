package dev.convoy.model.onnx.in;

import dev.convoy.model.ModelException;
import dev.convoy.nn.layer.BatchNorm2d;
import dev.convoy.nn.layer.Clip;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.HardSigmoid;
import dev.convoy.nn.layer.Layer;
import dev.convoy.nn.layer.Relu;
import dev.convoy.nn.layer.Relu6;
import dev.convoy.nn.layer.Reshape;
import dev.convoy.nn.layer.Scale;
import dev.convoy.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes layers of what was put off until it is known what it is a part of. */
final class Materials {
  /** Added to a variance of 1 in float, it is nothing. */
  private static final float NOTHING = 1e-30f;

  private static final int MOST_CHANNELS = 1 << 20;

  private final Sketch sketch;

  Materials(Sketch sketch) {
    this.sketch = sketch;
  }

  /** A value as a layer gives it. */
  Tensor tensor(Object value) {
    if (value instanceof Expression expression) {
      if (expression.layer == null) {
        expression.layer = make(expression);
      }
      return expression.layer;
    } else if (value instanceof Affine affine) {
      if (affine.layer == null) {
        affine.layer = affine(affine.at, affine.base, affine.scale, affine.shift);
      }
      return affine.layer;
    }
    return (Tensor) value;
  }

  private Tensor make(Expression expression) {
    Operator at = expression.at;
    if (at == null) {
      return expression.base;
    }
    if (at.type().equals("Clip") && expression.parts.get(0).at == null) {
      return bounded(at, expression);
    }
    Tensor whole = known(at, expression.samples, expression.base);
    if (whole != null) {
      return whole;
    }
    for (Expression part : expression.inner()) {
      double[] samples = part.at == null ? null : expression.of(part);
      if (samples != null && Activations.isKnown(samples)) {
        Tensor made = known(at, samples, tensor(part));
        if (made != null) {
          return made;
        }
      }
    }
    if (expression.function != null) {
      throw at.wrong("is no activation that a layer of Convoy has");
    }
    List<Tensor> parts = expression.parts.stream().map(this::tensor).toList();
    return JoinReaders.join(at, parts, sketch, this);
  }

  /** A clip of a layer's values, whose bounds are told exactly, wherever they lie. */
  private Tensor bounded(Operator at, Expression clip) {
    DoubleUnaryOperator function = Objects.requireNonNull(clip.function);
    float least = (float) function.applyAsDouble(Double.NEGATIVE_INFINITY);
    float most = (float) function.applyAsDouble(Double.POSITIVE_INFINITY);
    if (!(least < most)) {
      throw at.wrong("must have a max above its min, but has " + most + " and " + least);
    }
    boolean hasLeast = least != Float.NEGATIVE_INFINITY;
    boolean hasMost = most != Float.POSITIVE_INFINITY;
    if (!hasLeast && !hasMost) {
      return clip.base;
    } else if (least == 0 && (!hasMost || most == 6)) {
      return each(at, hasMost ? new Relu6() : new Relu(), clip.base);
    }
    return each(at, new Clip(hasLeast ? least : null, hasMost ? most : null), clip.base);
  }

  /** The layers that give these values; null if there are none. */
  private @Nullable Tensor known(Operator at, double[] samples, Tensor base) {
    double[] line = Activations.line(samples);
    if (line != null) {
      return affine(at, base, line[0], line[1]);
    }
    Layer layer = Activations.of(samples);
    if (layer != null) {
      return each(at, layer, base);
    }
    double[] clipped = Activations.clipped(samples);
    return clipped == null ? null : clipped(at, base, clipped);
  }

  /** A layer that changes each value by itself. */
  Tensor each(Operator at, Layer layer, Tensor tensor) {
    Tensor made = sketch.add(at, Reading.name(at, ""), layer, source(at, tensor));
    return made.with(tensor.view());
  }

  /** {@code min(max(slope x + shift, least), most)} by the activations that there are. */
  private Tensor clipped(Operator at, Tensor x, double[] numbers) {
    double width = numbers[1] - numbers[0];
    boolean isSix = numbers[0] == 0 && width == 6;
    double scale = isSix ? 1 : 6 / width;
    double shift = (numbers[3] - numbers[0]) * scale - (isSix ? 0 : 3);
    Tensor before = affine(at, x, numbers[2] * scale, shift);
    Tensor clipped = each(at, isSix ? new Relu6() : new HardSigmoid(), before);
    return isSix || numbers[0] == 0 && width == 1
        ? clipped
        : affine(at, clipped, width, numbers[0]);
  }

  private Tensor affine(Operator at, Tensor tensor, double scale, double shift) {
    int channels = source(at, tensor).shape.channels();
    if (scale == 1 && shift == 0) {
      return tensor;
    } else if (channels > MOST_CHANNELS) {
      throw at.wrong("must not take a number with more than " + MOST_CHANNELS + " channels");
    }
    double[] scales = new double[channels];
    double[] shifts = new double[channels];
    Arrays.fill(scales, scale);
    Arrays.fill(shifts, shift);
    return affine(at, tensor, scales, shifts);
  }

  private Tensor affine(Operator at, Tensor tensor, double[] scale, double[] shift) {
    Source source = source(at, tensor);
    int channels = scale.length;
    Tensor made;
    boolean isScale = Arrays.stream(shift).allMatch(value -> value == 0);
    if (isScale && at.type().equals("Mul")) {
      Scale layer = new Scale(null);
      made = sketch.add(at, Reading.name(at, ""), layer, source, floats(scale));
    } else if (source.shape.isImage()) {
      Conv2d conv = Conv2d.of(channels, 1).withGroups(channels);
      made = sketch.add(at, Reading.name(at, ""), conv, source, floats(scale), floats(shift));
    } else {
      float[] ones = new float[channels];
      Arrays.fill(ones, 1);
      BatchNorm2d norm = new BatchNorm2d(NOTHING, null, null);
      made =
          sketch.add(
              at,
              Reading.name(at, ""),
              norm,
              source,
              floats(scale),
              floats(shift),
              new float[channels],
              ones);
    }
    return made.with(tensor.view());
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  /** The layer of a tensor, whatever the order of its axes. */
  Source source(Operator at, Tensor tensor) {
    boolean isFlat = tensor.view().rank() == 1;
    Source source = tensor.source();
    return source.pooled == null
        ? source
        : isFlat ? sketch.flat(at, source) : sketch.image(at, source);
  }

  /** A layer that gives the tensor as {@code [C, H, W]}. */
  Source image(Operator at, Tensor tensor) {
    Source source = source(at, tensor);
    int[] sizes = tensor.view().sizes();
    if (sizes.length != 3) {
      throw at.wrong("must take pictures, [N, C, H, W], but takes " + shown(sizes));
    } else if (tensor.view().isPlain() && Arrays.equals(source.shape.toArray(), sizes)) {
      return source;
    }
    Source found = source.images.get(tensor.view());
    if (found == null) {
      found = moved(at, source, tensor.view());
      source.images.put(tensor.view(), found);
    }
    return found;
  }

  private Source moved(Operator at, Source source, View view) {
    Shape wanted = Shape.of(view.sizes());
    Layer layer = view.isPlain() ? new Reshape(wanted) : Moves.of(source.shape, view, wanted);
    if (layer == null) {
      throw disordered(at, view.sizes());
    }
    return sketch.add(at, Reading.name(at, "") + "_" + layer.kind(), layer, source).source();
  }

  private static ModelException disordered(Operator at, int[] sizes) {
    return at.wrong(
        "takes " + shown(sizes) + ", whose values lie in an order that no layer of Convoy makes");
  }

  /** A layer that gives the tensor as {@code [F]}. */
  Source vector(Operator at, Tensor tensor) {
    int[] sizes = tensor.view().sizes();
    if (sizes.length != 1) {
      throw at.wrong("must take features, [N, F], but takes " + shown(sizes));
    } else if (!tensor.view().isPlain()) {
      throw disordered(at, sizes);
    }
    return sketch.flat(at, tensor.source());
  }

  static String shown(int[] sizes) {
    return "[N" + (sizes.length == 0 ? "" : ", ") + Arrays.toString(sizes).substring(1);
  }
}
