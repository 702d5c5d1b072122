package dev.convoy.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.config.Job;
import dev.convoy.config.JobTraining;
import dev.convoy.config.data.Images;
import dev.convoy.config.data.JobData;
import dev.convoy.image.ImageBlock;
import dev.convoy.nn.Network;
import dev.convoy.nn.layer.Dense;
import dev.convoy.nn.layer.Flatten;
import dev.convoy.optim.Sgd;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.DataFiles;
import dev.convoy.testing.SampleImages;
import dev.convoy.train.EpochResult;
import dev.convoy.train.round.EarlyStopping;
import dev.convoy.train.round.TrainingPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program's job with a share for validation, in one process and on executors of their own. */
class ValidationOnClusterIT {
  private static final ImageBlock ALL = SampleImages.random(90, Shape.of(3, 8, 8), 3, 5);

  @TempDir private Path folder;

  @Test
  void executorsOfTheirOwnTakeTheSameShareToTheSameBits() throws IOException {
    DataFiles.folders(ALL, List.of("bird", "cat", "dog"), folder.resolve("pictures"));
    List<String> expected = results(Map.of("spark.master", "local[2]"));
    String classes =
        TrainingPlan.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    Map<String, String> cluster =
        Map.of(
            "spark.master",
            "local-cluster[2,1,1024]",
            "spark.executor.extraClassPath",
            classes,
            "spark.executor.extraJavaOptions",
            "--add-modules=jdk.incubator.vector",
            "spark.serializer",
            "org.apache.spark.serializer.KryoSerializer");
    assertEquals(expected, results(cluster));
  }

  /** The weights' SHA-256, what validation and test came to, and which data they were. */
  private List<String> results(Map<String, String> settings) throws IOException {
    SparkSession.Builder builder =
        SparkSession.builder().appName("validation").config("spark.ui.enabled", "false");
    settings.forEach(builder::config);
    Images pictures = Images.of(folder.resolve("pictures").toString());
    JobData data =
        JobData.builder(pictures).validationShare(0.2).test(pictures).normalizeByData().build();
    JobTraining training =
        JobTraining.builder(8, 8, Sgd.of(0.05f, 0.9f))
            .earlyStopping(new EarlyStopping(2, 0, null))
            .build();
    Job job =
        Job.builder("validation")
            .data(data)
            .network(Network.of(Shape.of(3, 8, 8), new Flatten(), Dense.of(3)))
            .training(training)
            .workers(2)
            .output(folder.resolve("run").toString())
            .build();
    List<String> results = new ArrayList<>();
    try (SparkSession session = builder.getOrCreate()) {
      TrainingResult result =
          Training.of(job)
              .on(session)
              .use(OutputUse.OVERWRITE)
              .listen(
                  new RunListener() {
                    @Override
                    public void onData(DataReport report) {
                      results.add(report.training().count() + " " + report.validation().count());
                    }
                  })
              .train();
      results.add(result.summary().weightsSha256());
      results.add("" + result.model().provenance().validationData());
      results.add("test " + result.evaluation().orElseThrow().loss());
      for (EpochResult epoch : result.history()) {
        results.add(epoch.validationLoss() + " " + epoch.testLoss());
      }
    }
    assertTrue(results.get(0).matches("7[0-9] 1[0-9]"), results::toString);
    return results;
  }
}
