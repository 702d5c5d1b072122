package dev.convoy.benchmark;

import java.io.IOException;
import picocli.CommandLine.Command;

/** What pictures cost before the first layer. */
@Command(
    name = "decode",
    description =
        "Times the decoding and augmenting of JPEGs of 32x32 beside a step of ResNet-20, and the"
            + " decoding and resizing of JPEGs of 224x224 beside ImageIO's, on one thread.")
final class DecodeCommand extends BenchCommand {
  @Override
  public Integer call() throws IOException, InterruptedException {
    return SparkJvm.run(DecodeBenchmark.class, "2g") ? 0 : 1;
  }
}
