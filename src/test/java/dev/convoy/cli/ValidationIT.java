package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.convoy.image.ImageBlock;
import dev.convoy.image.Targets;
import dev.convoy.random.Permutation;
import dev.convoy.random.Purpose;
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
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.hadoop.io.SequenceFile.CompressionType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A share of the training data, and a source of its own, that watch a training. */
class ValidationIT {
  private static final List<String> CLASSES = List.of("bird", "cat", "dog");
  private static final long SEED = 7;
  private static final double SHARE = 0.25;

  /** Forty images in the order of their classes, of which the first two are copies. */
  private static final ImageBlock ALL = images();

  private static final String JOB =
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

  @TempDir private Path folder;
  private Path job;

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

  @Test
  void aShareOfAnyFormatTrainsAsDataThatWereDividedByHand() throws IOException {
    int[] validation = chosen(ALL);
    assertEquals(10, validation.length, "a quarter");
    idx(without(ALL, validation), "rest-images", "rest-labels");
    idx(SampleImages.choose(ALL, validation), "some-images", "some-labels");
    train(
        "by-hand",
        "data.train=" + idxSource("rest-images", "rest-labels"),
        "data.validation=" + idxSource("some-images", "some-labels"));
    List<String> out = train("idx");
    assertTrue(
        out.stream()
            .anyMatch(
                line ->
                    line.matches(
                        "Training on 30 images .*, validating on 10"
                            + " images .*, testing at the end on 20: all fit .*")),
        out::toString);
    assertSameRun("by-hand", "idx");

    DataFiles.folders(ALL, CLASSES, folder.resolve("folders"));
    ImageBlock first = SampleImages.choose(ALL, IntStream.range(0, 13).toArray());
    ImageBlock second = SampleImages.choose(ALL, IntStream.range(13, 40).toArray());
    Path parquet = Files.createDirectories(folder.resolve("parquet"));
    DataFiles.parquetOfBytes(first, parquet.resolve("a.parquet"));
    DataFiles.parquetOfBytes(second, parquet.resolve("b.parquet"));
    DataFiles.sequence(ALL, CLASSES, folder.resolve("sequence"), CompressionType.BLOCK);
    CommandRun pack =
        CommandRun.of("pack", path("folders"), "--output", path("pack"), "--shards", "3");
    assertEquals(0, pack.status(), pack::toString);
    Map<String, String> sources = new TreeMap<>();
    sources.put("images", "{format: images, path: " + path("folders") + "}");
    sources.put("pack", "{format: pack, path: " + path("pack") + "}");
    sources.put("sequencefile", "{format: sequencefile, path: " + path("sequence") + "}");
    for (var source : sources.entrySet()) {
      for (String cache : List.of("decoded", "encoded", "none")) {
        train(
            "other",
            "data.train=" + source.getValue(),
            "data.test=" + sources.get("images"),
            "data.cache=" + cache);
        assertSameFigures("by-hand", "other");
      }
    }
    train("parquet", "data.train={format: parquet, shape: [3, 16, 16], path: " + parquet + "}");
    assertSameRun("by-hand", "parquet");
  }

  @Test
  void theSetIsTheSameInAnyOrderOnAnyMaster() throws IOException {
    train("run");
    String set = setOf("run", ALL);
    Permutation order = Permutation.of(40, 3, Purpose.DEAL);
    ImageBlock shuffled = SampleImages.choose(ALL, IntStream.range(0, 40).map(order::at).toArray());
    idx(renumbered(shuffled), "images", "labels");
    train("shuffled");
    assertEquals(set, setOf("shuffled", renumbered(shuffled)));
    idx(ALL, "images", "labels");
    List<JsonNode> metrics = metrics("run");
    System.setProperty("spark.master", "local[1]");
    train("one");
    assertEquals(metrics, metrics("one"));
    train("seed", "seed=8");
    assertNotEquals(
        model("run").get("provenance").get("validationData"),
        model("seed").get("provenance").get("validationData"));
  }

  /** The keys of the pictures that the run's validation data must be, by their fingerprint. */
  private String setOf(String run, ImageBlock all) throws IOException {
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

  @Test
  void picturesThatTrainingCutsAtRandomAreCutAsInATest() throws IOException {
    ImageBlock large = SampleImages.random(40, Shape.of(3, 20, 20), 3, 5);
    write(large, IntStream.range(0, 40).toArray(), "large");
    String[] decoded = cutting("large", "{size: 18}", "randomCrop: {from: resized}", "decoded");
    train("decoded", decoded);
    for (String cache : List.of("encoded", "none")) {
      train("kept", cutting("large", "{size: 18}", "randomCrop: {from: resized}", cache));
      assertSameFigures("decoded", "kept");
    }
    // Square pictures come to the same size, which is not known before.
    String fixed = "data.normalize={mean: [0.5, 0.5, 0.5], std: [0.3, 0.3, 0.3]}";
    train("known", add(decoded, fixed));
    train(
        "unknown",
        add(
            cutting("large", "{shorterSide: 18}", "randomCrop: {from: resized}", "encoded"),
            fixed));
    assertEquals(validation("known"), validation("unknown"));
    // What is trained on of a picture does not choose it.
    train("plain", cutting("large", "{size: 18}", "horizontalFlip", "decoded"));
    assertEquals(
        model("decoded").get("provenance").get("validationData"),
        model("plain").get("provenance").get("validationData"));
    train(
        "part",
        cutting("large", "{shorterSide: 18}", "randomResizedCrop: {from: picture}", "encoded"));
    assertEquals(
        model("decoded").get("provenance").get("validationData"),
        model("part").get("provenance").get("validationData"));
    // A source of its own, of pictures that are cut as tests are, shows the same.
    train(
        "self",
        add(
            decoded,
            "data.validation={format: images, path: " + path("large") + "}",
            "data.test={format: images, path: " + path("large") + "}"));
    JsonNode last = metrics("self").get(metrics("self").size() - 1);
    assertEquals(last.get("testLoss"), last.get("validationLoss"));
  }

  private String[] cutting(String data, String resize, String augment, String cache) {
    return new String[] {
      "data.train={format: images, path: " + path(data) + "}",
      "data.test=",
      "data.classes=[c0, c1, c2]",
      "data.preprocess=[{resize: " + resize + "}, {centerCrop: {size: 16}}]",
      "data.augment=[" + augment + "]",
      "data.cache=" + cache
    };
  }

  @Test
  void badRecordsAreNamedOnceAndTheRestIsDividedAsIfTheyWereNotThere() throws IOException {
    DataFiles.folders(ALL, CLASSES, folder.resolve("folders"));
    String source = "data.train={format: images, path: " + path("folders") + "}";
    train("sound", source);
    Files.writeString(folder.resolve("folders/bird/0000a.png"), "none");
    Files.writeString(folder.resolve("folders/dog/0030a.png"), "none");
    train("bad", source, "data.onBadRecord={skip: {share: 0.1}}");
    assertSameRun("sound", "bad");
    List<String> bad = Files.readAllLines(folder.resolve("bad/bad-records.jsonl"));
    assertEquals(2, bad.size(), bad::toString);
    assertTrue(bad.stream().allMatch(line -> line.startsWith("{\"data\":\"train\"")));
    // Those of a source of its own are its own.
    train(
        "own",
        "data.validation={format: images, path: " + path("folders") + "}",
        "data.onBadRecord={skip: {share: 0.1}}");
    List<String> own = Files.readAllLines(folder.resolve("own/bad-records.jsonl"));
    assertEquals(2, own.size(), own::toString);
    assertTrue(own.stream().allMatch(line -> line.startsWith("{\"data\":\"validation\"")));
  }

  @Test
  void oversamplingGoesByTheTrainingSide() throws IOException {
    int[] validation = chosen(ALL);
    idx(without(ALL, validation), "rest-images", "rest-labels");
    idx(SampleImages.choose(ALL, validation), "some-images", "some-labels");
    train(
        "by-hand",
        "data.balance=oversample",
        "data.train=" + idxSource("rest-images", "rest-labels"),
        "data.validation=" + idxSource("some-images", "some-labels"));
    train("share", "data.balance=oversample");
    assertSameRun("by-hand", "share");
  }

  @Test
  void ofTargetVectorsTheShareIsTakenWithoutClasses() throws IOException {
    float[] values = new float[3 * ALL.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 7 / 7f;
    }
    ImageBlock vectors =
        new ImageBlock(ALL.shape(), ALL.ids(), Targets.floats(3, values), ALL.pixels());
    int[] chosen =
        IntStream.range(0, 40)
            .boxed()
            .sorted(Comparator.comparingLong(i -> key(ALL, i)))
            .limit(10)
            .mapToInt(i -> i)
            .sorted()
            .toArray();
    vectors(vectors, "all");
    vectors(without(vectors, chosen), "rest");
    vectors(SampleImages.choose(vectors, chosen), "some");
    String[] regression = {
      "data.train=" + idxSource("all-images", "all-vectors"),
      "data.test=" + idxSource("all-images", "all-vectors"),
      "data.balance=",
      "training.loss=meanSquaredError",
      "training.earlyStopping={patience: 2}"
    };
    train("share", regression);
    train(
        "by-hand",
        add(
            regression,
            "data.train=" + idxSource("rest-images", "rest-vectors"),
            "data.validation=" + idxSource("some-images", "some-vectors")));
    assertSameRun("by-hand", "share");
    CommandRun accuracy =
        run(
            "accuracy",
            add(regression, "training.earlyStopping={patience: 2, metric: validationAccuracy}"));
    assertEquals(2, accuracy.status(), accuracy::toString);
    assertEquals(
        List.of(
            "convoy: "
                + job
                + ": training.earlyStopping.metric must be validationLoss in regression, which has"
                + " no accuracy, but is validationAccuracy"),
        accuracy.err());
  }

  private void vectors(ImageBlock images, String name) throws IOException {
    Files.write(folder.resolve(name + "-images"), IdxBytes.images(images));
    Files.write(folder.resolve(name + "-vectors"), IdxBytes.floatVectors(images));
  }

  @Test
  void validationEndsTheTrainingAndTheTestIsScoredOnce() throws IOException {
    List<String> out =
        train(
            "stopped",
            "training.epochs=60",
            "training.earlyStopping={patience: 3}",
            "training.optimizer={sgd: {learningRate: 0.3, momentum: 0.9}}");
    List<JsonNode> metrics = metrics("stopped");
    JsonNode summary = metrics.get(metrics.size() - 1);
    assertTrue(summary.get("stoppedEarly").asBoolean());
    int best = summary.get("bestEpoch").asInt();
    List<JsonNode> epochs =
        metrics.stream().filter(line -> line.get("type").asText().equals("epoch")).toList();
    assertEquals(best + 3, epochs.size());
    assertEquals(epochs.get(best - 1).get("validationLoss"), summary.get("validationLoss"));
    assertTrue(epochs.stream().allMatch(epoch -> epoch.get("testLoss").isNull()));
    assertTrue(out.contains("Stopped early: the validation examples showed no more progress."));
    assertTrue(out.stream().noneMatch(line -> line.contains("watches data.test")), out::toString);
    CommandRun run = CommandRun.of("evaluate", path("stopped"), "--job", job.toString());
    assertEquals(0, run.status(), run::toString);
    String score = run.out().stream().filter(line -> line.contains("accuracy")).findFirst().get();
    assertTrue(out.contains(score), () -> score + out);
  }

  @Test
  void whereTheTestDataAreWatchedALineSaysWhatThatMeans() {
    String end =
        " data.test: what is kept is chosen by the test data, whose score is no honest estimate"
            + " any more; data.validation, such as {share: 0.1}, leaves them for the end.";
    String stopping = "training.earlyStopping={patience: 3}";
    String plateau = "training.schedule={reduceOnPlateau: {patience: 1}}";
    assertEquals(
        List.of("Note: training.earlyStopping watches" + end),
        watching("data.validation=", stopping));
    assertEquals(
        List.of("Note: training.schedule watches" + end), watching("data.validation=", plateau));
    assertEquals(
        List.of("Note: training.earlyStopping and training.schedule watch" + end),
        watching("data.validation=", stopping, plateau));
    assertEquals(List.of(), watching("data.validation="));
    assertEquals(List.of(), watching(stopping, plateau));
  }

  private List<String> watching(String... changes) {
    return train("watching", changes).stream().filter(line -> line.contains(" watch")).toList();
  }

  @Test
  void aRunThatGoesOnKeepsItsShareAndRefusesAnother() throws IOException {
    String[] checkpoints = {
      "checkpoint={everyRounds: 1, keep: 50}", "training.earlyStopping={patience: 2}"
    };
    train("whole", checkpoints);
    List<JsonNode> whole = metrics("whole");
    Path run = folder.resolve("whole");
    // As it would lie there, had it been killed in the second epoch.
    try (var left = Files.list(run.resolve("checkpoints"))) {
      for (Path checkpoint : left.sorted().skip(3).toList()) {
        try (var files = Files.list(checkpoint)) {
          for (Path file : files.toList()) {
            Files.delete(file);
          }
        }
        Files.delete(checkpoint);
      }
    }
    CommandRun other = run("whole", add(checkpoints, "data.validation={share: 0.3}"), "--resume");
    assertEquals(2, other.status(), other::toString);
    assertTrue(
        other.err().get(0).contains("but differs: data.validation.share 0.25 -> 0.3; data."),
        other::toString);
    CommandRun on = run("whole", checkpoints, "--resume");
    assertEquals(0, on.status(), on::toString);
    assertTrue(on.out().stream().anyMatch(line -> line.startsWith("Going on from ")), on::toString);
    assertEquals(whole, metrics("whole"));
    CommandRun replay = CommandRun.of("replay", path("whole"), "--round", "5", "--worker", "1");
    assertEquals(0, replay.status(), replay::toString);
    assertTrue(
        replay.out().stream().anyMatch(line -> line.endsWith(": as it was logged")),
        replay::toString);
  }

  @Test
  void aShareThatComesToNothingIsRefused() {
    CommandRun run = run("none", new String[] {"data.validation.share=0.01"});
    assertEquals(2, run.status(), run::toString);
    assertEquals(
        List.of(
            "convoy: "
                + job
                + ": data.validation: a share of 0.01 must come to one image at least, but of 40 it"
                + " comes to none"),
        run.err());
    CommandRun labels =
        run("none", new String[] {"data.validation=" + idxSource("images", "test-labels")});
    assertEquals(2, labels.status(), labels::toString);
    assertEquals(1, labels.err().size(), labels::toString);
  }

  private static ImageBlock images() {
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

  private static ImageBlock renumbered(ImageBlock block) {
    return new ImageBlock(
        block.shape(), IntStream.range(0, block.size()).toArray(), block.targets(), block.pixels());
  }

  /** Those that the documentation says are chosen, where no copies come in between. */
  private static int[] chosen(ImageBlock all) {
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

  private static long key(ImageBlock all, int image) {
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

  private static ImageBlock without(ImageBlock all, int[] some) {
    return SampleImages.choose(
        all,
        IntStream.range(0, all.size()).filter(i -> Arrays.binarySearch(some, i) < 0).toArray());
  }

  private void idx(ImageBlock images, String imagesFile, String labelsFile) throws IOException {
    Files.write(folder.resolve(imagesFile), IdxBytes.images(images));
    Files.write(folder.resolve(labelsFile), IdxBytes.labels(images));
  }

  private String idxSource(String images, String labels) {
    return "{format: idx, images: %s, labels: %s}".formatted(path(images), path(labels));
  }

  private void write(ImageBlock images, int[] some, String to) throws IOException {
    for (int i : some) {
      Path ofClass = Files.createDirectories(folder.resolve(to + "/c" + images.labels()[i]));
      Files.write(ofClass.resolve(DataFiles.name(i)), PictureBytes.png(images, i));
    }
  }

  private static String[] add(String[] settings, String... more) {
    String[] all = Arrays.copyOf(settings, settings.length + more.length);
    System.arraycopy(more, 0, all, settings.length, more.length);
    return all;
  }

  private List<String> train(String output, String... changes) {
    CommandRun run = run(output, changes, "--overwrite");
    assertEquals(0, run.status(), run::toString);
    return run.out();
  }

  private CommandRun run(String output, String[] changes, String... options) {
    List<String> command =
        new ArrayList<>(List.of("train", job.toString(), "--output", path(output)));
    command.addAll(List.of(options));
    Arrays.stream(changes).forEach(change -> command.addAll(List.of("--set", change)));
    return CommandRun.of(command.toArray(String[]::new));
  }

  /** Compares all that does not depend on the clock, and which data they were. */
  private void assertSameRun(String one, String other) throws IOException {
    assertEquals(metrics(one), metrics(other));
    for (String data : List.of("trainingData", "validationData", "testData")) {
      assertEquals(
          model(one).get("provenance").get(data), model(other).get("provenance").get(data));
    }
    assertEquals(model(one).get("normalize"), model(other).get("normalize"));
    assertEquals(model(one).get("loss"), model(other).get("loss"));
  }

  /** The same where the test data may differ. */
  private void assertSameFigures(String one, String other) throws IOException {
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

  private List<String> validation(String run) throws IOException {
    return metrics(run).stream()
        .filter(line -> !line.get("type").asText().equals("round"))
        .map(line -> line.get("validationLoss") + " " + line.get("validationAccuracy"))
        .toList();
  }

  private List<JsonNode> metrics(String run) throws IOException {
    return new RunFolder(folder.resolve(run)).metrics();
  }

  private JsonNode model(String run) throws IOException {
    return JsonMapper.builder()
        .build()
        .readTree(folder.resolve(run).resolve("model/model.json").toFile());
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }
}
