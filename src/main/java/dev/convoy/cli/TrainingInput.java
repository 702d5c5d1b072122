package dev.convoy.cli;

import dev.convoy.config.Distribution;
import dev.convoy.config.Job;
import dev.convoy.config.JobData;
import dev.convoy.config.Training;
import dev.convoy.config.TreeWriter;
import dev.convoy.data.DataSummary;
import dev.convoy.loss.Task;
import dev.convoy.model.CheckpointFolder;
import dev.convoy.model.ModelFolder;
import dev.convoy.model.RunIdentity;
import dev.convoy.nn.Weights;
import dev.convoy.spark.HadoopFiles;
import dev.convoy.train.AveragingFrequency;
import dev.convoy.train.Deal;
import dev.convoy.train.EarlyStopping;
import dev.convoy.train.EarlyStopping.Metric;
import dev.convoy.train.Recovery;
import dev.convoy.train.TrainingPlan;
import java.io.IOException;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * What a training takes in, checked.
 *
 * @param job as it is run, its classes named
 * @param plan that follows from it
 * @param images that it is trained and tested on
 */
record TrainingInput(Job job, TrainingPlan plan, JobImages images) {
  /**
   * Checks the data from first to last byte, and that the job suits them.
   *
   * @param jobFile for errors
   * @param spark asked for where the data's format needs it
   */
  static TrainingInput read(
      String jobFile, Job job, HadoopFiles files, Supplier<JavaSparkContext> spark)
      throws IOException {
    JobImages images = JobImages.read(jobFile, job, files, spark);
    DataSummary training = images.training().summary();
    checkTasks(jobFile, training, images.test() == null ? null : images.test().summary());
    checkWatched(jobFile, job.training().earlyStopping(), training.task());
    return new TrainingInput(
        job.withClasses(images.classNames()),
        plan(jobFile, job, training.count(), training.exampleBytes()),
        images);
  }

  /** What a pass over the training data found. */
  DataSummary training() {
    return images.training().summary();
  }

  /** What a pass over the test data found; {@code null} without. */
  DataSummary test() {
    return images.test() == null ? null : images.test().summary();
  }

  /** What every bit of the result depends on. */
  RunIdentity identity() {
    return new RunIdentity(
        TreeWriter.write(job),
        training().fingerprint(),
        test() == null ? null : test().fingerprint(),
        plan.deal().blockImages(),
        Version.convoy());
  }

  /** The weights to start from. */
  Weights initialWeights(HadoopFiles files) throws IOException {
    String path = job.training().initialWeights();
    if (path == null) {
      return job.network().initialWeights(job.seed());
    }
    return ModelFolder.weights(files, job.network(), weightsFile(files, path));
  }

  private static String weightsFile(HadoopFiles files, String path) throws IOException {
    if (!files.isFolder(path)) {
      return path;
    }
    boolean checkpoint = files.exists(path + "/" + CheckpointFolder.DESCRIPTION);
    String folder = checkpoint ? path : ModelInput.folder(files, path);
    return folder + "/" + ModelFolder.WEIGHTS;
  }

  private static void checkTasks(String jobFile, DataSummary training, DataSummary test) {
    if (test != null && test.task() != training.task()) {
      boolean classes = training.task() == Task.CLASSIFICATION;
      throw new WrongInputException(
          jobFile
              + ": data.test must have "
              + (classes ? "class numbers" : "target vectors")
              + " as labels, like data.train, but has "
              + (classes ? "target vectors" : "class numbers"));
    }
  }

  private static void checkWatched(String jobFile, EarlyStopping stopping, Task task) {
    if (task == Task.REGRESSION && stopping != null && stopping.metric() == Metric.TEST_ACCURACY) {
      throw new WrongInputException(
          jobFile
              + ": training.earlyStopping.metric must be testLoss in regression, which has no"
              + " accuracy, but is testAccuracy");
    }
  }

  /**
   * The plan of a job.
   *
   * @param jobFile for errors
   * @param examples to train on
   * @param exampleBytes of each
   */
  static TrainingPlan plan(String jobFile, Job job, int examples, int exampleBytes) {
    Training how = job.training();
    Distribution distribution = job.distribution();
    JobData data = job.data();
    try {
      AveragingFrequency frequency =
          distribution.averagingFrequency().fitting((long) how.batchSize() * exampleBytes);
      Deal deal =
          Deal.of(
              examples,
              distribution.workers(),
              how.batchSize(),
              frequency.most(),
              how.shuffle(),
              job.seed(),
              exampleBytes);
      if (data.reshuffle() != null) {
        deal = deal.anewEvery(data.reshuffle().everyEpochs());
      }
      return new TrainingPlan(
          job.network(),
          data.normalize(),
          how.loss(),
          how.optimizer(),
          how.schedule(),
          how.clip(),
          distribution.averaging(),
          deal,
          job.seed(),
          how.epochs(),
          how.earlyStopping(),
          distribution.outer(),
          frequency,
          Recovery.of(how.onNonFinite(), job.checkpoint().everyRounds()),
          distribution.contributions(),
          data.augment());
    } catch (IllegalArgumentException e) {
      throw new WrongInputException(jobFile + ": " + e.getMessage());
    }
  }
}
