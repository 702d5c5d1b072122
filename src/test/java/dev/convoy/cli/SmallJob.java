package dev.convoy.cli;

import dev.convoy.image.ImageBlock;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.IdxBytes;
import dev.convoy.testing.SampleImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A job with its data in a folder: 40 images of 6x5 in three classes. */
final class SmallJob {
  static final String TEXT =
      """
      name: small
      seed: 7
      data:
        train: {format: idx, images: FOLDER/images, labels: FOLDER/labels}
        test: {format: idx, images: FOLDER/images, labels: FOLDER/labels}
        classes: [cat, dog, bird]
      network:
        input: [1, 6, 5]
        layers:
          - conv2d: {name: conv1, filters: 4, kernel: 3, padding: same}
          - relu
          - maxPool2d: {kernel: 2}
          - flatten
          - dense: {name: fc1, units: 3}
      training:
        epochs: 2
        batchSize: 4
        optimizer: {sgd: {learningRate: 0.05}}
      distribution: {workers: 2, averagingFrequency: 2}
      output: FOLDER/run
      """;

  final Path folder;
  final Path file;
  final ImageBlock images = SampleImages.random(40, Shape.of(1, 6, 5), 3, 5);

  SmallJob(Path folder) throws IOException {
    this.folder = folder;
    this.file = folder.resolve("job.yaml");
    Files.writeString(file, text());
    Files.write(folder.resolve("images"), IdxBytes.images(images));
    Files.write(folder.resolve("labels"), IdxBytes.labels(images));
  }

  /** The job's text, with its paths. */
  String text() {
    return TEXT.replace("FOLDER", folder.toString());
  }

  /** A file of its folder, as a path on the command line. */
  String path(String name) {
    return folder.resolve(name).toString();
  }
}
