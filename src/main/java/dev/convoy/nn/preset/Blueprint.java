package dev.convoy.nn.preset;

import dev.convoy.nn.Network;
import dev.convoy.nn.NetworkBuilder;
import dev.convoy.nn.layer.BatchNorm2d;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.Dense;
import dev.convoy.nn.layer.Dropout;
import dev.convoy.nn.layer.Flatten;
import dev.convoy.nn.layer.GlobalAvgPool2d;
import dev.convoy.nn.layer.Initializer;
import dev.convoy.nn.layer.Join;
import dev.convoy.nn.layer.Layer;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Shape;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A network on its way: layers are added one after the other, each on the one added last, unless a
 * branch begins {@link #from} another.
 */
final class Blueprint {
  private final NetworkBuilder builder;
  private final Map<String, Shape> shapes = new HashMap<>();
  private final Initializer start;
  private final BatchNorm2d norm;
  private String last = Network.INPUT;

  /**
   * A network without layers.
   *
   * @param start of convolutions
   * @param norm that follows them
   */
  Blueprint(Shape input, Initializer start, BatchNorm2d norm) {
    this.builder = Network.builder(input);
    this.start = start;
    this.norm = norm;
    shapes.put(Network.INPUT, input);
  }

  Blueprint(Shape input, Initializer start) {
    this(input, start, new BatchNorm2d());
  }

  /** The layer added last, or from which a branch begins. */
  String last() {
    return last;
  }

  /** The shape that it gives. */
  Shape shape() {
    return Check.present(shapes.get(last), last);
  }

  int channels() {
    return shape().channels();
  }

  /** Lets the next layer take the output of this one. */
  Blueprint from(String layer) {
    last = layer;
    return this;
  }

  /** Adds a layer; where the name is taken, as of an activation used twice, with a number. */
  String add(String name, Layer layer) {
    return place(name, layer, last);
  }

  String join(String name, Join join, String... inputs) {
    return place(name, join, inputs);
  }

  private String place(String name, Layer layer, String... inputs) {
    String free = name;
    for (int i = 2; shapes.containsKey(free); i++) {
      free = name + "_" + i;
    }
    builder.add(free, layer, inputs);
    shapes.put(free, builder.output());
    last = free;
    return free;
  }

  /** Adds a convolution whose weights start as this network's do. */
  String conv(String name, Conv2d conv) {
    return add(name, conv.withInitializer(start));
  }

  String norm(String name) {
    return add(name, norm);
  }

  /** Adds a convolution without bias, its normalisation, and an activation if there is one. */
  String unit(String conv, String norm, @Nullable Layer activation, String name, Conv2d layer) {
    conv(conv, layer.withoutBias());
    norm(norm);
    return activation == null ? last : add(name, activation);
  }

  /** Adds the same, named {@code <name>.0}, {@code <name>.1} and {@code <name>.2}. */
  String unit(String name, Conv2d layer, @Nullable Layer activation) {
    return unit(name + ".0", name + ".1", activation, name + ".2", layer);
  }

  String dropout(String name, float rate) {
    return rate == 0 ? last : add(name, new Dropout(rate));
  }

  String dense(String name, int units, Initializer initializer) {
    return add(name, new Dense(units, null, initializer));
  }

  /** Adds the mean of each channel. */
  String pooled() {
    return add("avgpool", new GlobalAvgPool2d());
  }

  String flatten() {
    return shape().rank() == 1 ? last : add("flatten", new Flatten());
  }

  Network build() {
    return builder.build();
  }

  /** Filters of a square side at a stride, with the border that keeps the size at stride 1. */
  static Conv2d square(int filters, int kernel, int stride) {
    return Conv2d.of(filters, kernel).withStride(stride).withPadding(kernel / 2);
  }

  /** Filters of one pixel. */
  static Conv2d pointwise(int filters) {
    return Conv2d.of(filters, 1);
  }

  /** One filter a channel of so many. */
  static Conv2d depthwise(int channels, int kernel, int stride) {
    return square(channels, kernel, stride).withGroups(channels);
  }
}
