package dev.convoy.nn.replica;

import dev.convoy.nn.NamedLayer;
import dev.convoy.nn.Network;
import dev.convoy.nn.layer.Add;
import dev.convoy.nn.layer.BatchNorm2d;
import dev.convoy.nn.layer.Concat;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.Dropout;
import dev.convoy.nn.layer.GlobalAvgPool2d;
import dev.convoy.nn.layer.Layer;
import dev.convoy.nn.layer.MaxPool2d;
import dev.convoy.nn.layer.Padding;
import dev.convoy.nn.layer.Relu;
import dev.convoy.nn.layer.Size;
import dev.convoy.nn.layer.Tanh;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Draws networks of the layers that are fused and of some that are not. Most layers take the one
 * before, so that the neighbours of a fusion are common; the others take any earlier value, so that
 * some of these have several readers.
 */
final class RandomImageGraph {
  private static final int LAYERS = 24;

  private final Random random;
  private final List<NamedLayer> layers = new ArrayList<>();
  private final List<String> names = new ArrayList<>(List.of(Network.INPUT));
  private final List<Shape> shapes = new ArrayList<>();
  private final List<String> unused = new ArrayList<>(List.of(Network.INPUT));

  private RandomImageGraph(Random random, Shape input) {
    this.random = random;
    shapes.add(input);
  }

  /** Returns the network of a seed: the same on every machine. */
  static Network of(int seed) {
    Random random = new Random(seed);
    Shape input = Shape.of(random.nextBoolean() ? 3 : 16, 24, 20 + random.nextInt(5));
    return new RandomImageGraph(random, input).draw();
  }

  private Network draw() {
    while (layers.size() < LAYERS) {
      int source = random.nextInt(8) == 0 ? random.nextInt(names.size()) : names.size() - 1;
      int kind = random.nextInt(16);
      if (kind < 4) {
        add(convolution(), source);
      } else if (kind < 7) {
        add(new BatchNorm2d(), source);
      } else if (kind < 11) {
        add(new Relu(), source);
      } else if (kind < 13) {
        pool(source);
      } else if (kind < 15) {
        addition(source);
      } else {
        add(random.nextBoolean() ? new Tanh() : new Dropout(0.5f), source);
      }
    }
    return end();
  }

  private Conv2d convolution() {
    int filters = random.nextInt(8) == 0 ? 5 : 16;
    return switch (random.nextInt(9)) {
      case 0 -> Conv2d.of(filters, 1);
      case 1 -> Conv2d.of(filters, 3).withPadding(Padding.of(1)).withStride(2);
      case 2 -> Conv2d.of(filters, 5).withPadding(Padding.SAME);
      default -> Conv2d.of(filters, 3).withPadding(Padding.SAME);
    };
  }

  private void pool(int source) {
    Shape shape = shapes.get(source);
    boolean halves = Math.min(shape.height(), shape.width()) >= 4 && random.nextInt(3) > 0;
    add(
        halves
            ? new MaxPool2d(Size.of(2), Size.of(2), null, null, true)
            : new MaxPool2d(Size.of(3), Size.of(1), Padding.of(1), null, false),
        source);
  }

  /** Adds a sum of this value and one or two others of its shape, which may be the value itself. */
  private void addition(int source) {
    Shape shape = shapes.get(source);
    List<Integer> like = new ArrayList<>();
    for (int i = 0; i < shapes.size(); i++) {
      if (shapes.get(i).equals(shape)) {
        like.add(i);
      }
    }
    // Often the latest but one: at the end of a block lies a normalised value beside the other.
    int latest = like.get(Math.max(0, like.size() - 2));
    int other = random.nextBoolean() ? latest : like.get(random.nextInt(like.size()));
    if (random.nextInt(4) == 0) {
      add(new Add(), source, other, like.get(random.nextInt(like.size())));
    } else if (random.nextBoolean()) {
      add(new Add(), source, other);
    } else {
      add(new Add(), other, source);
    }
  }

  private void add(Layer layer, int... sources) {
    String name = layer.kind() + (layers.size() + 1);
    String[] inputs = new String[sources.length];
    for (int i = 0; i < sources.length; i++) {
      inputs[i] = names.get(sources[i]);
      unused.remove(inputs[i]);
    }
    Shape shape = shapes.get(sources[0]);
    layers.add(NamedLayer.of(name, layer, inputs));
    names.add(name);
    shapes.add(layer instanceof Add ? shape : layer.outputShape(shape));
    unused.add(name);
  }

  /** Joins what nobody has read yet, channel means side by side. */
  private Network end() {
    List<String> means = new ArrayList<>();
    for (String name : unused) {
      layers.add(NamedLayer.of("mean_of_" + name, new GlobalAvgPool2d(), name));
      means.add("mean_of_" + name);
    }
    if (means.size() > 1) {
      layers.add(NamedLayer.of("means", new Concat(), means.toArray(String[]::new)));
    }
    return Network.of(shapes.get(0), layers);
  }
}
