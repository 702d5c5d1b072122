package dev.convoy.benchmark;

import dev.convoy.config.JobReader;
import dev.convoy.nn.Network;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.Dense;
import dev.convoy.nn.layer.Flatten;
import dev.convoy.nn.layer.MaxPool2d;
import dev.convoy.nn.layer.Padding;
import dev.convoy.nn.layer.Relu;
import dev.convoy.tensor.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The networks that are timed, smallest first. */
public enum BenchmarkNetwork {
  /** LeNet-5 on 1x28x28: 61,706 parameters. */
  LENET5("lenet5"),
  /** Two convolutions of 32 and 64 filters and two dense layers on 1x28x28: 421,642 parameters. */
  SMALL_CNN("small-cnn"),
  /** Two pairs of convolutions and three dense layers on 1x28x28: 876,618 parameters. */
  COMPANION("companion"),
  /** ResNet-20 with projections on 3x32x32: 272,474 parameters. */
  RESNET20("resnet20"),
  /** Three pairs of convolutions and two dense layers on 3x32x32: 550,570 parameters. */
  VGG_SMALL("vgg-small");

  private final String label;

  BenchmarkNetwork(String label) {
    this.label = label;
  }

  /** The network of this name. */
  public static BenchmarkNetwork named(String name) {
    for (BenchmarkNetwork network : values()) {
      if (network.label.equals(name)) {
        return network;
      }
    }
    throw new IllegalArgumentException("no network is named " + name);
  }

  /** Its layers; most are those of a job in {@code conf/networks}, below the working directory. */
  public Network network() {
    return switch (this) {
      case LENET5, COMPANION -> ofJob("[1, 28, 28]");
      case RESNET20, VGG_SMALL -> ofJob("[3, 32, 32]");
      case SMALL_CNN -> smallCnn();
    };
  }

  private Network ofJob(String input) {
    Path file = Path.of("conf/networks", label + ".yaml");
    try (InputStream in = Files.newInputStream(file)) {
      // The job normalises images of one channel, the input here may have three.
      List<String> changes = List.of("network.input=" + input, "data.normalize=");
      return JobReader.read(in, file.toString(), changes).network();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Network smallCnn() {
    return Network.of(
        Shape.of(1, 28, 28),
        Conv2d.of(32, 3).withPadding(Padding.SAME),
        new Relu(),
        MaxPool2d.of(2, 2),
        Conv2d.of(64, 3).withPadding(Padding.SAME),
        new Relu(),
        MaxPool2d.of(2, 2),
        new Flatten(),
        Dense.of(128),
        new Relu(),
        Dense.of(10));
  }

  /** As on the command line. */
  @Override
  public String toString() {
    return label;
  }
}
