package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.image.ImageBlock;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.DataFiles;
import dev.convoy.testing.IdxBytes;
import dev.convoy.testing.SampleImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.hadoop.io.SequenceFile.CompressionType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same pictures in each format: what is made of them is the same. */
class FormatsIT {
  private static final List<String> CLASSES = List.of("bird", "cat", "dog");
  private static final ImageBlock ALL = sortedByClass();

  private static final String JOB =
      """
      name: formats
      seed: 7
      data:
        train: SOURCE
        test: SOURCE
      network:
        input: [3, 32, 32]
        layers:
          - conv2d: {filters: 4, kernel: 3, stride: 2}
          - relu
          - flatten
          - dense: {units: 3}
      training: {epochs: 1, batchSize: 8, optimizer: {sgd: {learningRate: 0.05}}}
      distribution: {workers: 2, averagingFrequency: 2}
      output: FOLDER/run
      """;

  @TempDir private static Path folder;

  private static String idxSource;
  private static String idxBits;
  private static String idxFingerprint;
  private static CommandRun idxEvaluation;
  private static CommandRun idxPredictions;

  @BeforeAll
  static void writeAllAndTrainOnIdx() throws IOException {
    System.setProperty("spark.master", "local[2]");
    System.setProperty("spark.ui.enabled", "false");
    Files.write(folder.resolve("images"), IdxBytes.images(ALL));
    Files.write(folder.resolve("labels"), IdxBytes.labels(ALL));
    DataFiles.folders(ALL, CLASSES, folder.resolve("folders"));
    StringBuilder csv = new StringBuilder("label,path\n");
    StringBuilder json = new StringBuilder();
    for (int i = 0; i < ALL.size(); i++) {
      String name = CLASSES.get(ALL.labels()[i]);
      csv.append("%s,%s/%s\n".formatted(name, name, DataFiles.name(i)));
      json.append(
          "{\"path\": \"folders/%s/%s\", \"label\": %d}\n"
              .formatted(name, DataFiles.name(i), ALL.labels()[i]));
    }
    Files.writeString(folder.resolve("folders/list.csv"), csv);
    Files.writeString(folder.resolve("list.jsonl"), json);
    // Two files, cut where no class ends.
    ImageBlock first = part(0, 13);
    ImageBlock second = part(13, ALL.size());
    Path cifar = Files.createDirectories(folder.resolve("cifar"));
    Files.write(cifar.resolve("data_batch_1.bin"), DataFiles.cifar10(first));
    Files.write(cifar.resolve("data_batch_2.bin"), DataFiles.cifar10(second));
    Files.writeString(cifar.resolve("batches.meta.txt"), String.join("\n", CLASSES) + "\n\n");
    Files.write(folder.resolve("cifar100.bin"), DataFiles.cifar100(ALL, 1));
    Path parquet = Files.createDirectories(folder.resolve("two parquets"));
    Map<String, String> names = Map.of("convoy.classes", "[\"bird\", \"cat\", \"dog\"]");
    DataFiles.parquetOfPictures(first, CLASSES, parquet.resolve("a.parquet"), names);
    DataFiles.parquetOfPictures(second, CLASSES, parquet.resolve("b.parquet"), names);
    DataFiles.parquetOfBytes(ALL, folder.resolve("bytes.parquet"));
    DataFiles.parquetOfArrays(ALL, folder.resolve("arrays.parquet"));
    for (CompressionType compression : CompressionType.values()) {
      Path file = folder.resolve("sequence-" + compression);
      DataFiles.sequence(ALL, CLASSES, file, compression);
    }
    idxSource = "{format: idx, images: FOLDER/images, labels: FOLDER/labels}";
    train(idxSource, "--set", "data.classes=" + CLASSES);
    idxBits = summary("weightsSha256");
    idxFingerprint = model("trainingData");
    Files.move(folder.resolve("run"), folder.resolve("idx-run"));
    idxEvaluation =
        CommandRun.of(
            "evaluate", path("idx-run"), "--images", path("images"), "--labels", path("labels"));
    idxPredictions = CommandRun.of("predict", path("idx-run"), path("images"));
  }

  @AfterAll
  static void restore() {
    System.clearProperty("spark.master");
    System.clearProperty("spark.ui.enabled");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{format: images, path: FOLDER/folders}",
        "{format: images, list: FOLDER/folders/list.csv}",
        "{format: cifar10, path: FOLDER/cifar, split: train}",
        "{format: parquet, path: FOLDER/two parquets}",
        "{format: parquet, path: FOLDER/arrays.parquet, shape: [3, 32, 32], order: channelsLast}",
        "{format: sequencefile, path: FOLDER/sequence-BLOCK}",
        "{format: sequencefile, path: FOLDER/sequence-NONE}"
      })
  void theSamePicturesTrainToTheSameBits(String source) throws IOException {
    train(source, "--set", "data.classes=" + (source.contains("sequence") ? CLASSES : ""));
    assertEquals(idxBits, summary("weightsSha256"));
    assertEquals(idxFingerprint, model("trainingData"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{format: images, list: FOLDER/list.jsonl, path: FOLDER}",
        "{format: cifar10, path: [FOLDER/cifar/data_batch_1.bin, FOLDER/cifar/data_batch_2.bin]}",
        "{format: cifar100, path: FOLDER/cifar100.bin}",
        "{format: parquet, path: FOLDER/bytes.parquet, shape: [3, 32, 32]}",
        "{format: sequencefile, path: FOLDER/sequence-RECORD, labelPattern: '^(.*)/'}"
      })
  void theSamePicturesAreEvaluatedAndPredictedAlike(String source) throws IOException {
    String data = source.replace("FOLDER", folder.toString());
    CommandRun evaluation = CommandRun.of("evaluate", path("idx-run"), "--data", data);
    assertEquals(0, evaluation.status(), evaluation::toString);
    assertEquals(idxEvaluation.out(), evaluation.out());

    CommandRun predictions = CommandRun.of("predict", path("idx-run"), "--data", data);
    assertEquals(0, predictions.status(), predictions::toString);
    assertEquals(probabilities(idxPredictions), probabilities(predictions));
  }

  @Test
  void foldersArePredictedByTheNamesOfTheirPictures() throws IOException {
    CommandRun run = CommandRun.of("predict", path("idx-run"), path("folders"));
    assertEquals(0, run.status(), run::toString);
    assertEquals(ALL.size(), run.out().size());
    assertTrue(run.out().get(0).contains("folders/bird/0000.png\""), run.out().get(0));
    assertEquals(probabilities(idxPredictions), probabilities(run));
    String data = "{format: images, path: " + path("folders") + "}";
    CommandRun onSpark = CommandRun.of("predict", path("idx-run"), "--data", data);
    assertEquals(run.out(), onSpark.out());
  }

  private static List<String> probabilities(CommandRun run) {
    return run.out().stream().map(line -> line.replaceFirst(".*\"class\"", "")).toList();
  }

  private static void train(String source, String... more) throws IOException {
    Path job = folder.resolve("job.yaml");
    Files.writeString(job, JOB.replace("SOURCE", source).replace("FOLDER", folder.toString()));
    String[] command = {"train", job.toString(), "--overwrite"};
    String[] all = Arrays.copyOf(command, command.length + more.length);
    System.arraycopy(more, 0, all, command.length, more.length);
    CommandRun run = CommandRun.of(all);
    assertEquals(0, run.status(), run::toString);
    assertEquals(List.of(), run.err());
  }

  private static String path(String name) {
    return folder.resolve(name).toString();
  }

  private static String summary(String key) throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("run/metrics.jsonl"));
    return value(lines.get(lines.size() - 1), key);
  }

  private static String model(String key) throws IOException {
    return value(Files.readString(folder.resolve("run/model/model.json")), key);
  }

  private static String value(String json, String key) {
    Matcher matcher = Pattern.compile("\"" + key + "\"\\s*:\\s*\"(\\w+)\"").matcher(json);
    assertTrue(matcher.find(), json);
    return matcher.group(1);
  }

  private static ImageBlock part(int from, int end) {
    return SampleImages.choose(ALL, IntStream.range(from, end).toArray());
  }

  /** As the folders of classes have them. */
  private static ImageBlock sortedByClass() {
    ImageBlock random = SampleImages.random(50, Shape.of(3, 32, 32), 3, 5);
    int[] order =
        IntStream.range(0, random.size())
            .boxed()
            .sorted(Comparator.comparing(i -> random.labels()[i]))
            .mapToInt(i -> i)
            .toArray();
    return SampleImages.choose(random, order);
  }
}
