package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.image.ImageBlock;
import dev.convoy.model.SafeTensors;
import dev.convoy.nn.NamedLayer;
import dev.convoy.nn.Network;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.Dense;
import dev.convoy.nn.layer.Flatten;
import dev.convoy.nn.layer.Layer;
import dev.convoy.nn.layer.MaxPool2d;
import dev.convoy.nn.layer.Padding;
import dev.convoy.nn.layer.Relu;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.IdxBytes;
import dev.convoy.testing.SampleImages;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong input: status 2, one line that names what is wrong, and no file touched. */
class WrongInputIT {
  private static final String CURE =
      "; training.initialWeights.rename maps names, and skipMismatched leaves tensors fresh";

  @TempDir private Path folder;
  private SmallJob job;

  @BeforeEach
  void writeJob() throws IOException {
    job = new SmallJob(folder);
  }

  /** Runs the job; expects it to be refused in this line, where {@code DIR} is the folder. */
  private void assertRefused(String message, String... arguments) throws IOException {
    Map<String, String> before = FolderContent.of(folder);
    String[] all =
        Stream.concat(Stream.of("train", job.file.toString()), Stream.of(arguments))
            .toArray(String[]::new);
    CommandRun run = CommandRun.of(all);
    assertEquals(List.of("convoy: " + message.replace("DIR", folder.toString())), run.err());
    assertEquals(2, run.status());
    assertEquals(List.of(), run.out());
    assertEquals(before, FolderContent.of(folder), "files must stay as they were");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          batchSize | batchSise | DIR/job.yaml:17: training.batchSise is unknown; did you mean batchSize? (allowed: epochs, batchSize, loss, optimizer, schedule, clip, earlyStopping, shuffle, initialWeights, trainable, frozen, rates, unfreeze, onNonFinite)
          kernel: 3 | kernel: -3 | DIR/job.yaml:10: network.layers[0].conv2d.kernel must be at least 1, but was -3
          kernel: 2 | kernel: 7 | DIR/job.yaml:12: network.layers[2]: maxPool2d 'maxPool2d_3' needs [C, H>=7, W>=7], but got [4, 6, 5]
          [1, 6, 5] | [1, 6, 6] | DIR/images: images must be [1, 6, 6], as the network takes, but are [1, 6, 5]
          workers: 2 | workers: 41 | DIR/job.yaml: distribution.workers must be at most the number of training examples, 40, but was 41
          output: DIR/run | output: DIR/images | DIR/images: the output must be a folder, but is a file
          output: DIR/run | output: nowhere://x/y | nowhere://x/y: must be on a file system that Hadoop knows, but No FileSystem for scheme "nowhere"
          """)
  void inTheJobIsRefused(String right, String wrong, String message) throws IOException {
    String here = folder.toString();
    String text = job.text().replace(right.replace("DIR", here), wrong.replace("DIR", here));
    Files.writeString(job.file, text);
    assertRefused(message);
  }

  @Test
  void onTheCommandLineIsRefused() throws IOException {
    assertRefused(
        "--set training.epohcs=1: training.epohcs is unknown; did you mean epochs? (allowed: epochs,"
            + " batchSize, loss, optimizer, schedule, clip, earlyStopping, shuffle, initialWeights,"
            + " trainable, frozen, rates, unfreeze, onNonFinite)",
        "--set",
        "training.epohcs=1");
    assertRefused(
        "Unknown option: '--owerwrite'; did you mean --overwrite? (see convoy train" + " --help)",
        "--owerwrite");
  }

  @Test
  void aScheduleThatIsLongerThanTheTrainingIsRefused() throws IOException {
    assertRefused(
        "--set training.schedule={step: {every: 2}}: training.schedule.step.every must be below"
            + " training.epochs, 2, but was 2",
        "--set",
        "training.schedule={step: {every: 2}}");
    // Two epochs of five steps: only the data tell.
    assertRefused(
        "DIR/job.yaml: training.schedule.constant.warmup.steps must be below the steps of the"
            + " training, 10, but was 10",
        "--set",
        "training.schedule={constant: {warmup: {steps: 10}}}");
  }

  /** 510 million parameters take this JVM's whole heap. */
  @Test
  void aNetworkThatCannotFitIsRefusedBeforeItsWeightsAreMade() {
    CommandRun run =
        CommandRun.of(
            "train",
            job.file.toString(),
            "--set",
            "network.layers=[flatten, {dense: {units: 15000000}}, {dense: {units: 3}}]");
    assertEquals(2, run.status());
    assertEquals(1, run.err().size(), run.err().toString());
    assertTrue(
        run.err()
            .get(0)
            .matches(
                "convoy: .*/job\\.yaml: the training needs about [0-9,]+ MB of memory in the driver,"
                    + " which runs the workers too, but has [0-9,]+ MB: set spark\\.driver\\.memory to"
                    + " \\d+g \\(--driver-memory\\)"),
        run.err().get(0));
  }

  @Test
  void anOuterOptimizerOfAveragedGradientsIsRefused() throws IOException {
    assertRefused(
        "--set distribution={workers: 2, averaging: gradients, outer: {nesterov: {}}}:"
            + " distribution.outer needs averaging: parameters, but averaging was gradients",
        "--set",
        "distribution={workers: 2, averaging: gradients, outer: {nesterov: {}}}");
  }

  @Test
  void aBoundOfGradientsThatIsNoneIsRefused() throws IOException {
    assertRefused(
        "--set training.clip={norm: 0}: training.clip.norm must be above 0, but was 0.0",
        "--set",
        "training.clip={norm: 0}");
  }

  @Test
  void whatWatchesTheTestExamplesIsRefusedWithoutThem() throws IOException {
    assertRefused(
        "--set training.earlyStopping={patience: 1}: training.earlyStopping needs data.validation,"
            + " or else data.test, whose examples it watches, but there is neither",
        "--set",
        "data.test=",
        "--set",
        "training.earlyStopping={patience: 1}");
  }

  @Test
  void aJobThatIsNotThereIsRefused() {
    CommandRun run = CommandRun.of("train", "no/such/job.yaml");
    assertEquals(List.of("convoy: no/such/job.yaml: file not found"), run.err());
    assertEquals(2, run.status());
  }

  @Test
  void missingDataIsRefused() throws IOException {
    Files.delete(folder.resolve("labels"));
    assertRefused("DIR/labels: file not found");
  }

  @Test
  void labelsOutsideTheClassesAreRefused() throws IOException {
    byte[] labels = IdxBytes.labels(job.images);
    labels[8 + 33] = 3;
    Files.write(folder.resolve("labels"), labels);
    assertRefused(
        "DIR/labels: labels must be below 3, the number of classes, but label 33 (counted from 0)"
            + " is 3");
  }

  @Test
  void countsThatDifferAreRefused() throws IOException {
    ImageBlock fewer = SampleImages.random(39, Shape.of(1, 6, 5), 3, 5);
    Files.write(folder.resolve("labels"), IdxBytes.labels(fewer));
    assertRefused(
        "DIR/labels: must hold a label for each of the 40 images of DIR/images, but holds 39"
            .replace("DIR", folder.toString()));
  }

  @Test
  void aTruncatedFileIsRefused() throws IOException {
    byte[] images = IdxBytes.images(job.images);
    Files.write(folder.resolve("images"), Arrays.copyOf(images, images.length - 1));
    assertRefused("DIR/images: must hold 40 images of 6x5 as its header says, but ends after 39");
  }

  @Test
  void aTruncatedGzipFileIsRefused() throws IOException {
    byte[] images = IdxBytes.gzip(IdxBytes.images(job.images));
    Files.write(folder.resolve("images"), Arrays.copyOf(images, images.length / 2));
    CommandRun run = CommandRun.of("train", job.file.toString());
    assertEquals(2, run.status());
    assertEquals(1, run.err().size());
    assertTrue(
        run.err().get(0).startsWith("convoy: " + folder + "/images: must hold 40 images of 6x5"),
        run.err().toString());
  }

  @Test
  void aHeaderThatClaimsMoreThanTheFileHoldsIsRefused() throws IOException {
    byte[] images = IdxBytes.of(job.images.pixels(), 0x803, 2_000_000_000, 6, 5);
    Files.write(folder.resolve("images"), images);
    Files.write(folder.resolve("labels"), IdxBytes.of(new byte[40], 0x801, 2_000_000_000));
    assertRefused(
        "DIR/images: must hold 2000000000 images of 6x5 as its header says, but ends after 40");
  }

  @Test
  void anOutputFolderThatHoldsARunIsRefused() throws IOException {
    Files.createDirectories(folder.resolve("run/model"));
    Files.writeString(folder.resolve("run/model/model.json"), "{}");
    assertRefused(
        "DIR/run: the output folder must hold no run, but holds model; --overwrite replaces it");
    Files.writeString(folder.resolve("run/metrics.jsonl"), "{}");
    assertRefused(
        "DIR/run: the output folder must hold no run, but holds metrics.jsonl; --overwrite replaces"
            + " it");
  }

  @Test
  void overwritingHelpsNothingElse() throws IOException {
    Files.createDirectories(folder.resolve("run/model"));
    Files.writeString(folder.resolve("run/model/model.json"), "{}");
    Files.writeString(folder.resolve("run/metrics.jsonl"), "{}");
    Files.delete(folder.resolve("labels"));
    assertRefused("DIR/labels: file not found", "--overwrite");
  }

  @Test
  void initialWeightsOfAnotherShapeAreRefused() throws IOException {
    writeWeights(named("conv1", conv(4)), named("fc1", Dense.of(2)));
    assertRefused(
        "DIR/w.safetensors: tensor 'fc1.weight' must have shape [3, 24], but has [2, 24]" + CURE,
        "--set",
        "training.initialWeights=" + job.path("w.safetensors"));
  }

  @Test
  void initialWeightsWithATensorMissingAreRefused() throws IOException {
    writeWeights(named("conv1", conv(4)), named("other", Dense.of(3)));
    assertRefused(
        "DIR/w.safetensors: must hold tensor 'fc1.weight', but does not" + CURE,
        "--set",
        "training.initialWeights=" + job.path("w.safetensors"));
  }

  @Test
  void initialWeightsWithATensorTooManyAreRefused() throws IOException {
    writeWeights(named("conv1", conv(4)), named("fc1", Dense.of(3)), named("fc2", Dense.of(3)));
    assertRefused(
        "DIR/w.safetensors: holds tensor 'fc2.weight', which the network does not have" + CURE,
        "--set",
        "training.initialWeights=" + job.path("w.safetensors"));
  }

  @Test
  void initialWeightsThatAreNoModelAreRefused() throws IOException {
    assertRefused(
        "DIR/nothing: file not found", "--set", "training.initialWeights=" + job.path("nothing"));
    assertRefused(
        "DIR: must be the folder of a model, with model.json in it, but has none",
        "--set",
        "training.initialWeights=" + folder);
  }

  @Test
  void debugShowsWhereItHappened() {
    CommandRun run = CommandRun.of("train", "no/such/job.yaml", "--debug");
    assertEquals(2, run.status());
    assertTrue(run.err().stream().anyMatch(line -> line.startsWith("\tat dev.convoy.")));
    CommandRun quiet = CommandRun.of("train", "no/such/job.yaml");
    assertFalse(quiet.err().stream().anyMatch(line -> line.startsWith("\tat ")));
  }

  private void writeWeights(NamedLayer... layers) throws IOException {
    List<NamedLayer> all =
        Stream.concat(
                Stream.of(layers[0], named("r", new Relu()), named("p", MaxPool2d.of(2, 2))),
                Stream.concat(Stream.of(named("f", new Flatten())), Arrays.stream(layers).skip(1)))
            .toList();
    Network network = Network.of(Shape.of(1, 6, 5), all);
    try (OutputStream out = Files.newOutputStream(folder.resolve("w.safetensors"))) {
      SafeTensors.write(network, network.initialWeights(1), out);
    }
  }

  private static NamedLayer named(String name, Layer layer) {
    return NamedLayer.of(name, layer);
  }

  private static Conv2d conv(int filters) {
    return Conv2d.of(filters, 3).withPadding(Padding.SAME);
  }
}
