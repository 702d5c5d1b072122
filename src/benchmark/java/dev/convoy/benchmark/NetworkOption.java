package dev.convoy.benchmark;

import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which networks to time. */
final class NetworkOption {
  @Option(
      names = "--networks",
      paramLabel = "NAME",
      split = ",",
      converter = Converter.class,
      description =
          "Networks, separated by commas: lenet5, small-cnn, companion, resnet20, vgg-small."
              + " Default: all.")
  private List<BenchmarkNetwork> networks;

  /** Those that were named, in that order; else all. */
  List<BenchmarkNetwork> chosen() {
    return networks == null ? List.of(BenchmarkNetwork.values()) : networks;
  }

  static final class Converter implements ITypeConverter<BenchmarkNetwork> {
    @Override
    public BenchmarkNetwork convert(String name) {
      try {
        return BenchmarkNetwork.named(name);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(
            "must be of " + List.of(BenchmarkNetwork.values()) + ", but was '" + name + "'");
      }
    }
  }
}
