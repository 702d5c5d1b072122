package dev.convoy.config.binding;

import dev.convoy.config.tree.ConfigException;
import dev.convoy.config.tree.Place;
import dev.convoy.config.tree.Suggestion;
import dev.convoy.config.tree.Tree;
import dev.convoy.config.tree.Tree.Mapping;
import dev.convoy.config.tree.Tree.Scalar;
import dev.convoy.config.tree.Tree.Sequence;
import dev.convoy.nn.Network;
import dev.convoy.nn.layer.Size;
import dev.convoy.nn.preset.Choices;
import dev.convoy.nn.preset.Preset;
import dev.convoy.nn.preset.Presets;
import dev.convoy.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes out what a job says of its network in short: {@code {preset: resnet50}} for a network that
 * is known by a name, and {@code classes} where a layer has one unit a class. What comes out is a
 * job with {@code input} and {@code layers}; what was written keeps its place, so that errors name
 * it.
 */
public final class ShortNetwork {
  private static final String NETWORK = "network";
  private static final String PRESET = "preset";
  private static final String INPUT = "input";
  private static final String CLASSES = "classes";
  private static final String WIDTH = "width";
  private static final String DROPOUT = "dropout";
  private static final String LAYERS = "layers";
  private static final String DEFAULTS = "defaults";
  private static final String BLOCKS = "blocks";

  private final Mapping job;
  private final Mapping network;

  private ShortNetwork(Mapping job, Mapping network) {
    this.job = job;
    this.network = network;
  }

  /**
   * The same job with its network written out.
   *
   * @throws ConfigException if something in the network is wrong
   */
  public static Mapping writtenOut(Mapping job) {
    return job.get(NETWORK) instanceof Mapping network
        ? job.with(NETWORK, new ShortNetwork(job, network).writtenOut())
        : job;
  }

  private Mapping writtenOut() {
    Tree name = network.get(PRESET);
    if (name != null) {
      return preset(name);
    }
    if (!(network.get(LAYERS) instanceof Sequence layers)) {
      return network;
    }
    ShortLayers all =
        new ShortLayers(network.get(DEFAULTS), network.get(BLOCKS), this::classesOrRefuse);
    return network
        .without(DEFAULTS)
        .without(BLOCKS)
        .without(CLASSES)
        .with(LAYERS, new Sequence(layers.place(), all.writtenOut(layers.items())));
  }

  private Mapping preset(Tree name) {
    Binder.checkKeys(network, List.of(PRESET, INPUT, CLASSES, WIDTH, DROPOUT));
    String text = Binder.bind(name, String.class);
    Preset preset = Presets.byName().get(text);
    if (preset == null) {
      throw ConfigException.at(
          name.place(),
          "must be a network that 'convoy networks' lists, but was "
              + name.shown()
              + Suggestion.of(text, Presets.byName().keySet()));
    }
    Tree written = network.get(INPUT);
    Shape input = written == null ? pictures(preset) : Binder.bind(written, Shape.class);
    int classes = classesOrRefuse(network.place());
    Choices choices = choices();
    Network whole;
    try {
      whole = preset.network(input, classes, choices);
    } catch (IllegalArgumentException e) {
      throw refused(written == null ? name.place() : written.place(), e);
    }
    Mapping tree = (Mapping) TreeWriter.write(whole);
    return new Mapping(network.place(), tree.entries());
  }

  private Choices choices() {
    try {
      return new Choices(number(WIDTH), number(DROPOUT));
    } catch (IllegalArgumentException e) {
      throw refused(network.place(), e);
    }
  }

  private @Nullable Float number(String key) {
    Tree tree = network.get(key);
    return tree == null ? null : Binder.bind(tree, Float.class);
  }

  /** What refuses names a choice as its component: the user gets the key's place. */
  private ConfigException refused(Place place, IllegalArgumentException e) {
    String message = String.valueOf(e.getMessage());
    String who = "Choices.";
    if (message.startsWith(who)) {
      String[] words = message.substring(who.length()).split(" ", 2);
      Tree tree = network.get(words[0]);
      Place at = tree == null ? place : tree.place();
      return new ConfigException(at + ": " + at.path() + " " + words[1], e);
    }
    return new ConfigException(Binder.prefix(place) + message, e);
  }

  /** The pictures as the job's last step makes them, or as the data have them, or as usual. */
  private Shape pictures(Preset preset) {
    Tree train = data("train");
    if (train instanceof Mapping source && source.get("shape") instanceof Sequence shape) {
      return Binder.bind(shape, Shape.class);
    }
    String format = format();
    if (format.equals("cifar10") || format.equals("cifar100")) {
      return Shape.of(3, 32, 32);
    }
    int channels = preset.input().channels();
    if (data("preprocess") instanceof Sequence steps && !steps.items().isEmpty()) {
      Shape last = sized(channels, steps.items().get(steps.items().size() - 1));
      return last == null ? preset.input() : last;
    }
    return preset.input();
  }

  /** The size that a step names; absent where it names none. */
  private static @Nullable Shape sized(int channels, Tree step) {
    if (step instanceof Mapping kind
        && kind.entries().size() == 1
        && kind.entries().values().iterator().next() instanceof Mapping keys
        && keys.get("size") != null) {
      Size size = Binder.bind(keys.get("size"), Size.class);
      return Shape.of(channels, size.height(), size.width());
    }
    return null;
  }

  /** The number of classes, which {@code place} needs. */
  private int classesOrRefuse(Place place) {
    Tree own = network.get(CLASSES);
    if (own != null) {
      int classes = Binder.bind(own, Integer.class);
      if (classes < 1) {
        throw ConfigException.at(own.place(), "must be at least 1, but was " + classes);
      }
      return classes;
    }
    if (data(CLASSES) instanceof Sequence names) {
      return names.items().size();
    }
    String format = format();
    if (format.equals("cifar10")) {
      return 10;
    } else if (format.equals("cifar100")) {
      Tree labels = data("train") instanceof Mapping train ? train.get("labels") : null;
      return labels instanceof Scalar kind && kind.text().equals("coarse") ? 20 : 100;
    }
    throw ConfigException.at(
        place,
        "needs the number of classes: write data.classes (their names) or network.classes (how"
            + " many)");
  }

  private @Nullable Tree data(String key) {
    return job.get("data") instanceof Mapping data ? data.get(key) : null;
  }

  private String format() {
    return data("train") instanceof Mapping source && source.get("format") instanceof Scalar name
        ? name.text()
        : "";
  }
}
