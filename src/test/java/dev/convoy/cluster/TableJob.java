package dev.convoy.cluster;

import java.nio.file.Path;
import java.util.List;

/**
 * A network of {@code conf/networks}, trained by four workers on the thousand images of the samples
 * in 24 rounds of two steps.
 *
 * @param name of the network
 * @param file the job
 * @param overrides as {@code --set} takes them
 */
record TableJob(String name, Path file, List<String> overrides) {
  static final int WORKERS = 4;
  static final int ROUNDS = 24;

  static TableJob of(String network) {
    Path samples = Path.of("data-samples/fashion-mnist").toAbsolutePath();
    return new TableJob(
        network,
        Path.of("conf/networks", network + ".yaml").toAbsolutePath(),
        List.of(
            "data.train={format: idx, images: 'FOLDER/t10k-images-idx3-ubyte.gz', labels: 'FOLDER/t10k-labels-idx1-ubyte.gz'}"
                .replace("FOLDER", samples.toUri().toString()),
            "data.test=",
            "training.epochs=3",
            "training.batchSize=16",
            "distribution.workers=" + WORKERS,
            "distribution.averagingFrequency=2"));
  }
}
