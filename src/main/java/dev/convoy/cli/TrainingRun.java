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
import dev.convoy.model.Model;
import dev.convoy.model.ModelFolder;
import dev.convoy.model.Provenance;
import dev.convoy.nn.Network;
import dev.convoy.nn.Weights;
import dev.convoy.report.ConsoleProgress;
import dev.convoy.report.Listeners;
import dev.convoy.report.MetricsLog;
import dev.convoy.report.Numbers;
import dev.convoy.report.TimeShares;
import dev.convoy.spark.BlockRdd;
import dev.convoy.spark.HadoopFiles;
import dev.convoy.spark.ImageSource;
import dev.convoy.spark.MemoryCheck;
import dev.convoy.spark.SparkTrainer;
import dev.convoy.train.Deal;
import dev.convoy.train.EarlyStopping;
import dev.convoy.train.EarlyStopping.Metric;
import dev.convoy.train.TrainingPlan;
import dev.convoy.train.TrainingStart;
import java.io.IOException;
import java.io.PrintStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** A training from the job to the files that it leaves. */
final class TrainingRun {
  private final Job job;
  private final HadoopFiles files;
  private final OutputFolder output;
  private final TrainingPlan plan;
  private final Weights weights;

  /** What a large model needs; {@code null} of a small one. */
  private final String memory;

  private final DataSummary training;
  private final DataSummary test;
  private final PrintStream out = System.out;

  private TrainingRun(
      Job job,
      HadoopFiles files,
      OutputFolder output,
      TrainingPlan plan,
      Weights weights,
      String memory,
      DataSummary training,
      DataSummary test) {
    this.job = job;
    this.files = files;
    this.output = output;
    this.plan = plan;
    this.weights = weights;
    this.memory = memory;
    this.training = training;
    this.test = test;
  }

  /**
   * Checks all that a job names: the output folder, the data from first to last byte, the memory,
   * the initial weights. Writes nothing.
   *
   * @param jobFile for errors
   * @param configuration which says how much memory there is
   */
  static TrainingRun prepare(
      String jobFile, Job job, HadoopFiles files, SparkConf configuration, boolean overwrite)
      throws IOException {
    OutputFolder output = new OutputFolder(files, job.output());
    output.check(overwrite);
    Network network = job.network();
    LabelRule rule = new LabelRule(network.output().size(), job.training().loss());
    DataSummary training = summary(jobFile, "data.train", job.data().train(), network, rule, files);
    DataSummary test =
        job.data().test() == null
            ? null
            : summary(jobFile, "data.test", job.data().test(), network, rule, files);
    checkTasks(jobFile, training, test);
    checkWatched(jobFile, job.training().earlyStopping(), training.task());
    TrainingPlan plan = plan(jobFile, job, training);
    // Before the weights, which a network that is too large would not live to see.
    MemoryCheck memory = new MemoryCheck(configuration, plan, job.distribution().reduction());
    if (memory.problem() != null) {
      throw new WrongInputException(jobFile + ": " + memory.problem());
    }
    Weights weights = initialWeights(job, files);
    return new TrainingRun(job, files, output, plan, weights, memory.line(), training, test);
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

  private static ImageSource source(DataSource source, LabelRule rule) {
    Idx idx = (Idx) source;
    return ImageSource.idx(idx.images(), idx.labels(), rule);
  }

  private static Weights initialWeights(Job job, HadoopFiles files) throws IOException {
    String path = job.training().initialWeights();
    if (path == null) {
      return job.network().initialWeights(job.seed());
    }
    String file =
        files.isFolder(path) ? ModelInput.folder(files, path) + "/" + ModelFolder.WEIGHTS : path;
    return ModelFolder.weights(files, job.network(), file);
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
              distribution.averagingFrequency().most(),
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
          how.earlyStopping(),
          distribution.outer(),
          distribution.averagingFrequency());
    } catch (IllegalArgumentException e) {
      throw new WrongInputException(jobFile + ": " + e.getMessage());
    }
  }

  /** Trains, saves and reports. Returns the exit status. */
  int execute(JavaSparkContext spark, Interrupt interrupt) throws IOException {
    LabelRule rule = new LabelRule(job.network().output().size(), plan.loss());
    BlockRdd trainingImages =
        new BlockRdd(spark, files, source(job.data().train(), rule), training.shape());
    SparkTrainer trainer =
        new SparkTrainer(
            spark,
            trainingImages.dealt(plan.deal()),
            test == null
                ? null
                : new BlockRdd(spark, files, source(job.data().test(), rule), test.shape())
                    .inOrder("test images", test.count()),
            job.distribution().reduction());
    output.prepare();
    ConsoleProgress console = new ConsoleProgress(out, Terminal.isLive());
    SparkTrainer.Result result;
    if (memory != null) {
      out.println(memory);
    }
    try (MetricsLog metrics = new MetricsLog(output.log(OutputFolder.METRICS))) {
      console.onStart(start());
      result = trainer.train(plan, weights, Listeners.of(metrics, console), interrupt);
    } finally {
      console.close();
    }
    save(result);
    report(spark, result);
    return result.summary().stopped() ? Failure.STOPPED : Failure.DONE;
  }

  private TrainingStart start() {
    return new TrainingStart(
        job.name(),
        job.network(),
        training.count(),
        test == null ? 0 : test.count(),
        plan.workers(),
        plan.frequency(),
        plan.deal().batchSize(),
        plan.epochs(),
        plan.roundsPerEpoch(1));
  }

  private void save(SparkTrainer.Result result) throws IOException {
    Provenance provenance =
        new Provenance(
            TreeWriter.write(job),
            training.fingerprint(),
            test == null ? null : test.fingerprint(),
            result.state().round(),
            result.summary().weightsSha256(),
            Version.convoy(),
            Version.spark(),
            Runtime.version().toString());
    Model model =
        new Model(
            job.network(),
            result.state().weights(),
            job.data().normalize(),
            job.data().classes(),
            training.task(),
            plan.loss(),
            provenance);
    files.makeFolder(output.in(OutputFolder.MODEL));
    ModelFolder.write(model, files, output.in(OutputFolder.MODEL));
  }

  private void report(JavaSparkContext spark, SparkTrainer.Result result) {
    if (result.test() != null) {
      out.println();
      EvaluationReport.print(spark, result.test(), job.data().classes(), false, out);
    }
    out.println();
    out.println(
        "Trained at "
            + Numbers.rate(result.summary().imagesPerSecond())
            + " images/s, "
            + Numbers.seconds(result.summary().time().seconds())
            + " s in all.");
    out.println(TimeShares.line(result.summary().time(), plan.averaging()));
    out.println("Model:    " + output.in(OutputFolder.MODEL));
    out.println("Metrics:  " + output.in(OutputFolder.METRICS));
  }
}
