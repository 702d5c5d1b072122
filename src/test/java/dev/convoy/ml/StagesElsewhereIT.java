package dev.convoy.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.testing.FashionTable;
import dev.convoy.testing.ForkedJvm;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stages in another JVM, whose tasks run on executors with JVMs of their own. */
class StagesElsewhereIT {
  private static final Path JOB = Path.of("conf/fashion-sample.yaml");

  @TempDir private Path folder;

  @Test
  void aSavedPipelineAndATrainingHaveTheSameBitsThere() throws Exception {
    String table = folder.resolve("table").toString();
    String saved = folder.resolve("pipeline").toString();
    String probabilities;
    String weights;
    try (SparkSession session =
        SparkSession.builder()
            .master("local[2]")
            .appName("stages")
            .config("spark.ui.enabled", "false")
            .getOrCreate()) {
      Dataset<Row> rows =
          new StringIndexer()
              .setInputCol("kind")
              .setOutputCol("label")
              .fit(FashionTable.training(session))
              .transform(FashionTable.training(session).where("id < 1200"));
      rows.repartition(3).write().parquet(table);
      CnnClassifier classifier = StagesProgram.classifier(Files.readString(JOB));
      PipelineModel model = new Pipeline().setStages(new PipelineStage[] {classifier}).fit(rows);
      weights = ((CnnClassificationModel) model.stages()[0]).summary().weightsSha256();
      probabilities = StagesProgram.probabilities(model.transform(rows));
      model.write().save(saved);
    }
    ForkedJvm.Result result =
        ForkedJvm.run(
            classPath(),
            StagesProgram.class,
            jvmOptions(),
            "local-cluster[2,1,1024]",
            own(CnnClassifier.class) + File.pathSeparator + own(getClass()),
            saved,
            table,
            JOB.toString());
    assertEquals(0, result.status(), result::errors);
    assertEquals(probabilities + System.lineSeparator() + weights, result.output());
  }

  /** Of this JVM; under Maven it stands in a jar's manifest, and in a property in full. */
  private static List<Path> classPath() {
    String paths =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Arrays.stream(paths.split(File.pathSeparator)).map(Path::of).toList();
  }

  private static List<String> jvmOptions() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("--add-") || option.startsWith("-XX:+IgnoreUnrec"))
        .toList();
  }

  private static String own(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation().getPath();
  }
}
