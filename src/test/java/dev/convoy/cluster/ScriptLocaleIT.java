package dev.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.image.ImageBlock;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.DataFiles;
import dev.convoy.testing.LoggedProcess;
import dev.convoy.testing.SampleImages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script where no locale is set, as in containers, cron and systemd. */
class ScriptLocaleIT {
  private static final String JOB =
      """
      name: locale
      data:
        train: {format: images, path: FOLDER/pictures}
      network: {input: [3, 8, 8], layers: [flatten, dense: {units: 2}]}
      training: {epochs: 1, batchSize: 2, optimizer: {sgd: {learningRate: 0.05}}}
      distribution: {workers: 1, averagingFrequency: 1}
      output: FOLDER/run
      """;

  private static final ImageBlock ALL = SampleImages.random(8, Shape.of(3, 8, 8), 2, 5);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"LC_ALL=C", "TZ=UTC"})
  void namesThatAsciiCannotSpellAreRead(String locale) throws Exception {
    DataFiles.folders(
        ALL, List.of("cat", "k\u00e4fer"), Files.createDirectory(folder.resolve("pictures")));
    Path job = folder.resolve("job.yaml");
    Files.writeString(job, JOB.replace("FOLDER", folder.toString()));
    String home = System.getProperty("java.home");
    List<String> command =
        List.of(
            "env",
            "-i",
            locale,
            "PATH=" + Objects.requireNonNull(System.getenv("PATH")),
            "JAVA_HOME=" + home,
            "SPARK_HOME=" + System.getProperty("convoy.sparkHome"),
            Path.of("deploy/convoy").toAbsolutePath().toString(),
            "train",
            job.toString());
    try (LoggedProcess process = LoggedProcess.start(folder.resolve("log"), Map.of(), command)) {
      assertEquals(0, process.exitStatus(), process::log);
      assertTrue(process.log().contains("k\u00e4fer"), process::log);
    }
  }
}
