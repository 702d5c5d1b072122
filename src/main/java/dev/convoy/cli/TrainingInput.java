package dev.convoy.cli;

import dev.convoy.config.DataSource;
import dev.convoy.config.Distribution;
import dev.convoy.config.Idx;
import dev.convoy.config.Job;
import dev.convoy.config.JobData;
import dev.convoy.config.Training;
import dev.convoy.config.TreeWriter;
import dev.convoy.data.DataSummary;
import dev.convoy.data.ImageStream;
import dev.convoy.data.LabelRule;
import dev.convoy.loss.Task;
import dev.convoy.model.CheckpointFolder;
import dev.convoy.model.ModelFolder;
import dev.convoy.model.RunIdentity;
import dev.convoy.nn.Network;
import dev.convoy.nn.Weights;
import dev.convoy.spark.HadoopFiles;
import dev.convoy.spark.ImageSource;
import dev.convoy.train.Deal;
import dev.convoy.train.EarlyStopping;
import dev.convoy.train.EarlyStopping.Metric;
import dev.convoy.train.TrainingPlan;
import java.io.IOException;

/**
 * What a training takes in, checked.
 *
 * @param job as it is run
 * @param plan that follows from it
 * @param training what a pass over the training data found
 * @param test what a pass over the test data found; {@code null} without
 */
record TrainingInput(Job job, TrainingPlan plan, DataSummary training, DataSummary test) {
  /**
   * Checks the data from first to last byte, and that the job suits them.
   *
   * @param jobFile for errors
   */
  static TrainingInput read(String jobFile, Job job, HadoopFiles files) throws IOException {
    Network network = job.network();
    LabelRule rule = new LabelRule(network.output().size(), job.training().loss());
    DataSummary training = summary(jobFile, "data.train", job.data().train(), network, rule, files);
    DataSummary test =
        job.data().test() == null
            ? null
            : summary(jobFile, "data.test", job.data().test(), network, rule, files);
    checkTasks(jobFile, training, test);
    checkWatched(jobFile, job.training().earlyStopping(), training.task());
    return new TrainingInput(job, plan(jobFile, job, training), training, test);
  }

  /** What every bit of the result depends on. */
  RunIdentity identity() {
    return new RunIdentity(
        TreeWriter.write(job),
        training.fingerprint(),
        test == null ? null : test.fingerprint(),
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

  private static DataSummary summary(
      String jobFile,
      String key,
      DataSource source,
      Network network,
      LabelRule rule,
      HadoopFiles files)
      throws IOException {
    try (ImageStream images = source(source, rule).open(files)) {
      if (!images.shape().equals(network.input())) {
        throw new WrongInputException(
            jobFile
                + ": network.input must be the shape of the images of "
                + key
                + ", "
                + images.shape()
                + ", but is "
                + network.input());
      }
      return DataSummary.of(images, network.output().size());
    }
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

  static ImageSource source(DataSource source, LabelRule rule) {
    Idx idx = (Idx) source;
    return ImageSource.idx(idx.images(), idx.labels(), rule);
  }

  private static TrainingPlan plan(String jobFile, Job job, DataSummary training) {
    Training how = job.training();
    Distribution distribution = job.distribution();
    JobData data = job.data();
    try {
      Deal deal =
          Deal.of(
              training.count(),
              distribution.workers(),
              how.batchSize(),
              distribution.averagingFrequency(),
              how.shuffle(),
              job.seed(),
              training.exampleBytes());
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
          how.earlyStopping());
    } catch (IllegalArgumentException e) {
      throw new WrongInputException(jobFile + ": " + e.getMessage());
    }
  }
}
