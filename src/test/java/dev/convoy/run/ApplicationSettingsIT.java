package dev.convoy.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.cli.CommandRun;
import dev.convoy.config.data.Images;
import dev.convoy.image.ImageBlock;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.DataFiles;
import dev.convoy.testing.SampleImages;
import dev.convoy.train.round.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an application has set for its own values, Kryo above all, changes nothing: neither that
 * training, evaluation and prediction run, nor a bit of what they give.
 */
class ApplicationSettingsIT {
  private static final List<String> CLASSES = List.of("bird", "cat", "dog");

  private static final String JOB =
      """
      name: application
      seed: 7
      data:
        train: {format: images, path: FOLDER/pictures}
        test: {format: images, path: FOLDER/pictures}
        balance: oversample
      network:
        input: [3, 8, 8]
        layers:
          - conv2d: {filters: 4, kernel: 3}
          - relu
          - flatten
          - dense: {units: 3}
      training:
        epochs: 2
        batchSize: 8
        optimizer: {adam: {learningRate: 0.01}}
        clip: {norm: 0.5}
      distribution: {workers: 2, averaging: gradients, reduction: sharded}
      output: FOLDER/run
      """;

  @TempDir private static Path folder;
  private static Path job;
  private static List<String> expected;

  @BeforeAll
  static void runByTheCommandLine() throws IOException {
    ImageBlock images = SampleImages.random(90, Shape.of(3, 8, 8), 3, 5);
    DataFiles.folders(images, CLASSES, folder.resolve("pictures"));
    job = folder.resolve("job.yaml");
    Files.writeString(job, JOB.replace("FOLDER", folder.toString()));
    CommandRun run = CommandRun.of("train", job.toString());
    assertEquals(0, run.status(), run.err().toString());
    expected = results(Map.of("spark.master", "local[2]"));
  }

  /** The SHA-256 of the weights, the loss of an evaluation, and all predictions. */
  private static List<String> results(Map<String, String> settings) throws IOException {
    SparkSession.Builder builder =
        SparkSession.builder().appName("application").config("spark.ui.enabled", "false");
    settings.forEach(builder::config);
    List<String> results = new ArrayList<>();
    try (SparkSession session = builder.getOrCreate()) {
      TrainingResult training =
          Training.ofFile(job.toString()).on(session).use(OutputUse.OVERWRITE).train();
      results.add(training.summary().weightsSha256());
      DistributedModel model = DistributedModel.load(session, folder.resolve("run").toString());
      Images pictures = Images.of(folder.resolve("pictures").toString());
      results.add("loss " + model.evaluate(pictures).loss());
      model.predict(
          pictures,
          (file, index, prediction) ->
              results.add(file + " " + prediction.label() + " " + prediction.probability()));
    }
    return results;
  }

  private static Map<String, String> cluster(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    String classes =
        TrainingPlan.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    all.put("spark.master", "local-cluster[2,1,1024]");
    all.put("spark.executor.extraClassPath", classes);
    all.put("spark.executor.extraJavaOptions", "--add-modules=jdk.incubator.vector");
    return all;
  }

  @Test
  void kryoInOneProcessGivesTheSame() throws IOException {
    assertEquals(
        expected,
        results(
            Map.of(
                "spark.master", "local[2]",
                "spark.serializer", "org.apache.spark.serializer.KryoSerializer")));
  }

  @Test
  void kryoThatWantsEveryClassRegisteredIsRefusedInALine() {
    WrongInputException refusal =
        assertThrows(
            WrongInputException.class,
            () ->
                results(
                    Map.of(
                        "spark.master",
                        "local[2]",
                        "spark.serializer",
                        "org.apache.spark.serializer.KryoSerializer",
                        "spark.kryo.registrationRequired",
                        "true")));
    assertEquals(
        job
            + ": spark.kryo.registrationRequired must be false, as Convoy's classes are not"
            + " registered, but was true; Kryo itself is no hindrance",
        refusal.getMessage());
  }

  @Test
  void kryoOnExecutorsGivesTheSame() throws IOException {
    assertEquals(
        expected,
        results(cluster(Map.of("spark.serializer", "org.apache.spark.serializer.KryoSerializer"))));
  }
}
