package dev.convoy.nn.preset;

import dev.convoy.api.PublicApi;
import dev.convoy.nn.Network;
import dev.convoy.tensor.Shape;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A network that is known by a name. */
@PublicApi
public final class Preset {
  /** Builds the network of a family's member. */
  interface Recipe {
    Network network(Shape input, int classes, Choices choices);
  }

  /** What of {@link Choices} a network has. */
  enum Choice {
    WIDTH,
    DROPOUT
  }

  private final String name;
  private final String source;
  private final Shape input;
  private final int classes;
  private final Set<Choice> offered;
  private final Recipe recipe;

  /**
   * A network.
   *
   * @param name as jobs write it
   * @param source the paper
   * @param input the shape of its pictures there
   * @param classes how many it tells apart there
   */
  Preset(String name, String source, Shape input, int classes, Set<Choice> offered, Recipe recipe) {
    this.name = name;
    this.source = source;
    this.input = input;
    this.classes = classes;
    this.offered = offered;
    this.recipe = recipe;
  }

  /** A network for ImageNet: 3x224x224 and 1,000 classes. */
  static Preset imageNet(String name, String source, Set<Choice> offered, Recipe recipe) {
    return new Preset(name, source, Shape.of(3, 224, 224), 1000, offered, recipe);
  }

  /** The name as jobs write it, as in {@code resnet50}. */
  public String name() {
    return name;
  }

  /** The paper that tells of it, as in {@code He et al., CVPR 2016}. */
  public String source() {
    return source;
  }

  /** The shape {@code [C, H, W]} of the pictures that it was made for. */
  public Shape input() {
    return input;
  }

  /** The number of classes that it was made for. */
  public int classes() {
    return classes;
  }

  /** The network for the pictures and classes that it was made for. */
  public Network network() {
    return network(input, classes);
  }

  /**
   * The network for other pictures or classes.
   *
   * @throws dev.convoy.tensor.ShapeException if such pictures are too small for it
   */
  public Network network(Shape pictures, int outputs) {
    return network(pictures, outputs, Choices.NONE);
  }

  /**
   * The network for other pictures or classes, with what a user chose of it.
   *
   * @throws dev.convoy.tensor.ShapeException if such pictures are too small for it
   * @throws IllegalArgumentException if it has nothing of that kind to choose
   */
  public Network network(Shape pictures, int outputs, Choices choices) {
    if (outputs < 1) {
      throw new IllegalArgumentException("classes must be at least 1, but was " + outputs);
    }
    if (!pictures.isImage()) {
      throw new IllegalArgumentException(
          "The network " + name + " needs pictures [C, H, W], but got " + pictures);
    }
    refuse(choices.width() != null && !offered.contains(Choice.WIDTH), "width", choices.width());
    refuse(
        choices.dropout() != null && !offered.contains(Choice.DROPOUT),
        "dropout",
        choices.dropout());
    return recipe.network(pictures, outputs, choices);
  }

  private void refuse(boolean wrong, String key, @Nullable Object value) {
    if (wrong) {
      throw new IllegalArgumentException(
          "Choices." + key + " must be absent for " + name + ", which has none, but was " + value);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
