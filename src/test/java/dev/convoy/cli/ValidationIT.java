package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.convoy.image.ImageBlock;
import dev.convoy.image.Targets;
import dev.convoy.random.Permutation;
import dev.convoy.random.Purpose;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.DataFiles;
import dev.convoy.testing.SampleImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.hadoop.io.SequenceFile.CompressionType;
import org.junit.jupiter.api.Test;

/** A share of the training data, and a source of its own, that watch a training. */
class ValidationIT extends ValidationCase {
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
}
