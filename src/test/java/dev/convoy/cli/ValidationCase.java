package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.convoy.image.ImageBlock;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.DataFiles;
import dev.convoy.testing.IdxBytes;
import dev.convoy.testing.PictureBytes;
import dev.convoy.testing.SampleImages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A small job with data for validation, and what its runs left. */
abstract class ValidationCase {
  static final List<String> CLASSES = List.of("bird", "cat", "dog");

  static final long SEED = 7;

  static final double SHARE = 0.25;

  /** Forty images in the order of their classes, of which the first two are copies. */
  static final ImageBlock ALL = images();

  static final String JOB =
      """
      name: validation
      seed: SEED
      data:
        train: {format: idx, images: FOLDER/images, labels: FOLDER/labels}
        validation: {share: SHARE}
        test: {format: idx, images: FOLDER/test-images, labels: FOLDER/test-labels}
        classes: [bird, cat, dog]
        normalize: auto
        balance: weights
      network:
        input: [3, 16, 16]
        layers:
          - conv2d: {filters: 4, kernel: 3, stride: 2}
          - relu
          - flatten
          - dense: {units: 3}
      training: {epochs: 3, batchSize: 4, optimizer: {sgd: {learningRate: 0.05}}}
      distribution: {workers: 2, averagingFrequency: 2}
      output: FOLDER/run
      """;

  @TempDir Path folder;

  Path job;

  @BeforeEach
  void writeData() throws IOException {
    System.setProperty("spark.master", "local[2]");
    System.setProperty("spark.ui.enabled", "false");
    idx(ALL, "images", "labels");
    idx(SampleImages.random(20, Shape.of(3, 16, 16), 3, 99), "test-images", "test-labels");
    job = folder.resolve("job.yaml");
    Files.writeString(
        job,
        JOB.replace("FOLDER", folder.toString())
            .replace("SEED", "" + SEED)
            .replace("SHARE", "" + SHARE));
  }

  @AfterEach
  void restore() {
    System.clearProperty("spark.master");
    System.clearProperty("spark.ui.enabled");
  }

  /** The keys of the pictures that the run's validation data must be, by their fingerprint. */
  String setOf(String run, ImageBlock all) throws IOException {
    int[] chosen = chosen(all);
    idx(without(all, chosen), "rest-images", "rest-labels");
    idx(SampleImages.choose(all, chosen), "some-images", "some-labels");
    train(
        "check",
        "data.train=" + idxSource("rest-images", "rest-labels"),
        "data.validation=" + idxSource("some-images", "some-labels"));
    assertSameRun("check", run);
    return Arrays.stream(chosen).mapToObj(i -> key(all, i) + "").sorted().toList().toString();
  }

  String[] cutting(String data, String resize, String augment, String cache) {
    return new String[] {
      "data.train={format: images, path: " + path(data) + "}",
      "data.test=",
      "data.classes=[c0, c1, c2]",
      "data.preprocess=[{resize: " + resize + "}, {centerCrop: {size: 16}}]",
      "data.augment=[" + augment + "]",
      "data.cache=" + cache
    };
  }

  void vectors(ImageBlock images, String name) throws IOException {
    Files.write(folder.resolve(name + "-images"), IdxBytes.images(images));
    Files.write(folder.resolve(name + "-vectors"), IdxBytes.floatVectors(images));
  }

  static ImageBlock images() {
    ImageBlock all = SampleImages.random(40, Shape.of(3, 16, 16), 3, 5);
    int[] order =
        IntStream.range(0, 40)
            .boxed()
            .sorted(Comparator.comparingInt((Integer i) -> all.labels()[i]).thenComparing(i -> i))
            .mapToInt(i -> i)
            .toArray();
    ImageBlock sorted = renumbered(SampleImages.choose(all, order));
    int size = sorted.shape().size();
    System.arraycopy(sorted.pixels(), 0, sorted.pixels(), size, size);
    return sorted;
  }

  static ImageBlock renumbered(ImageBlock block) {
    return new ImageBlock(
        block.shape(), IntStream.range(0, block.size()).toArray(), block.targets(), block.pixels());
  }

  /** Those that the documentation says are chosen, where no copies come in between. */
  static int[] chosen(ImageBlock all) {
    List<Integer> chosen = new ArrayList<>();
    for (int c = 0; c < 3; c++) {
      int ofClass = c;
      List<Integer> members =
          IntStream.range(0, all.size()).filter(i -> all.labels()[i] == ofClass).boxed().toList();
      int count = (int) Math.round(SHARE * members.size());
      members.stream()
          .sorted(Comparator.comparingLong(i -> key(all, i)))
          .limit(count)
          .forEach(chosen::add);
    }
    return chosen.stream().sorted().mapToInt(i -> i).toArray();
  }

  static long key(ImageBlock all, int image) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(ByteBuffer.allocate(8).putLong(SEED).array());
      int size = all.shape().size();
      digest.update(all.pixels(), image * size, size);
      return ByteBuffer.wrap(digest.digest()).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static ImageBlock without(ImageBlock all, int[] some) {
    return SampleImages.choose(
        all,
        IntStream.range(0, all.size()).filter(i -> Arrays.binarySearch(some, i) < 0).toArray());
  }

  void idx(ImageBlock images, String imagesFile, String labelsFile) throws IOException {
    Files.write(folder.resolve(imagesFile), IdxBytes.images(images));
    Files.write(folder.resolve(labelsFile), IdxBytes.labels(images));
  }

  String idxSource(String images, String labels) {
    return "{format: idx, images: %s, labels: %s}".formatted(path(images), path(labels));
  }

  void write(ImageBlock images, int[] some, String to) throws IOException {
    for (int i : some) {
      Path ofClass = Files.createDirectories(folder.resolve(to + "/c" + images.labels()[i]));
      Files.write(ofClass.resolve(DataFiles.name(i)), PictureBytes.png(images, i));
    }
  }

  static String[] add(String[] settings, String... more) {
    String[] all = Arrays.copyOf(settings, settings.length + more.length);
    System.arraycopy(more, 0, all, settings.length, more.length);
    return all;
  }

  List<String> train(String output, String... changes) {
    CommandRun run = run(output, changes, "--overwrite");
    assertEquals(0, run.status(), run::toString);
    return run.out();
  }

  CommandRun run(String output, String[] changes, String... options) {
    List<String> command =
        new ArrayList<>(List.of("train", job.toString(), "--output", path(output)));
    command.addAll(List.of(options));
    Arrays.stream(changes).forEach(change -> command.addAll(List.of("--set", change)));
    return CommandRun.of(command.toArray(String[]::new));
  }

  /** Compares all that does not depend on the clock, and which data they were. */
  void assertSameRun(String one, String other) throws IOException {
    assertEquals(metrics(one), metrics(other));
    for (String data : List.of("trainingData", "validationData", "testData")) {
      assertEquals(
          model(one).get("provenance").get(data), model(other).get("provenance").get(data));
    }
    assertEquals(model(one).get("normalize"), model(other).get("normalize"));
    assertEquals(model(one).get("loss"), model(other).get("loss"));
  }

  /** The same where the test data may differ. */
  void assertSameFigures(String one, String other) throws IOException {
    assertEquals(validation(one), validation(other));
    for (String data : List.of("trainingData", "validationData")) {
      assertEquals(
          model(one).get("provenance").get(data), model(other).get("provenance").get(data));
    }
    List<JsonNode> ones = metrics(one);
    List<JsonNode> others = metrics(other);
    assertEquals(
        ones.get(ones.size() - 1).get("weightsSha256"),
        others.get(others.size() - 1).get("weightsSha256"));
  }

  List<String> validation(String run) throws IOException {
    return metrics(run).stream()
        .filter(line -> !line.get("type").asText().equals("round"))
        .map(line -> line.get("validationLoss") + " " + line.get("validationAccuracy"))
        .toList();
  }

  List<JsonNode> metrics(String run) throws IOException {
    return new RunFolder(folder.resolve(run)).metrics();
  }

  JsonNode model(String run) throws IOException {
    return JsonMapper.builder()
        .build()
        .readTree(folder.resolve(run).resolve("model/model.json").toFile());
  }

  String path(String name) {
    return folder.resolve(name).toString();
  }
}
