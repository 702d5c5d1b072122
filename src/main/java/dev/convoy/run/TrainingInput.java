package dev.convoy.run;

import dev.convoy.config.Distribution;
import dev.convoy.config.Job;
import dev.convoy.config.JobTraining;
import dev.convoy.config.binding.TreeWriter;
import dev.convoy.config.data.Cache;
import dev.convoy.config.data.JobData;
import dev.convoy.config.data.Normalizing;
import dev.convoy.data.Balance;
import dev.convoy.data.ClassBalance;
import dev.convoy.data.DataSummary;
import dev.convoy.image.Normalization;
import dev.convoy.loss.SoftmaxCrossEntropy;
import dev.convoy.loss.Task;
import dev.convoy.model.CheckpointFolder;
import dev.convoy.model.ModelFolder;
import dev.convoy.model.RunIdentity;
import dev.convoy.model.weights.LoadedWeights;
import dev.convoy.model.weights.WeightsImport;
import dev.convoy.nn.Weights;
import dev.convoy.optim.Constant;
import dev.convoy.optim.Schedule;
import dev.convoy.spark.block.BlockRdd;
import dev.convoy.spark.file.HadoopFiles;
import dev.convoy.spark.format.DataAccess;
import dev.convoy.spark.format.ReadImages;
import dev.convoy.tensor.Check;
import dev.convoy.train.fault.Recovery;
import dev.convoy.train.frequency.AveragingFrequency;
import dev.convoy.train.round.EarlyStopping;
import dev.convoy.train.round.EarlyStopping.Metric;
import dev.convoy.train.round.TrainingPlan;
import dev.convoy.train.sampling.Oversampling;
import dev.convoy.train.sampling.Sampler;
import dev.convoy.train.tuning.InitialWeights;
import dev.convoy.train.tuning.TuningPlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a training takes in, checked.
 *
 * @param job as it is run, its classes named
 * @param plan that follows from it
 * @param images that it is trained and tested on
 */
public record TrainingInput(Job job, TrainingPlan plan, JobImages images) {
  /** Examples of a round's plan at most; more of them take no more memory. */
  private static final int MOST_EXAMPLES = 1 << 30;

  /**
   * Checks the data from first to last byte, and that the job suits them.
   *
   * @param jobFile for errors
   * @param access by which data are read
   */
  public static TrainingInput read(String jobFile, Job job, DataAccess access) throws IOException {
    JobImages images = JobImages.read(jobFile, job, access);
    try {
      return of(jobFile, job, images);
    } catch (RuntimeException e) {
      images.release();
      throw e;
    }
  }

  private static TrainingInput of(String jobFile, Job job, JobImages images) {
    DataSummary training = images.training().summary();
    checkTasks(jobFile, training, "data.validation", summary(images.validation()));
    checkTasks(jobFile, training, "data.test", summary(images.test()));
    checkWatched(jobFile, job.training().earlyStopping(), training.task());
    Job resolved = resolve(jobFile, job.withClasses(images.classNames()), training);
    TrainingPlan plan =
        plan(jobFile, resolved, examples(resolved.data(), training), training.exampleBytes());
    List<String> remarks = new ArrayList<>(remarks(job.data(), resolved, training));
    remarks.addAll(SetUpNotes.of(plan, training, images.validation() == null));
    return new TrainingInput(resolved, plan, images.withRemarks(remarks));
  }

  /** The images to train on, as often and as long kept as the job says. */
  BlockRdd trainingBlocks() {
    BlockRdd blocks = kept(images.training());
    return job.data().balance() == Balance.OVERSAMPLE
        ? blocks.oversampled(training().count(), classNames().size(), job.seed())
        : blocks;
  }

  /** Images whose blocks are kept as the job says. */
  BlockRdd kept(ReadImages read) {
    return job.data().cache() == Cache.NONE ? read.blocks().uncached() : read.blocks();
  }

  /** What a pass over the training data found. */
  DataSummary training() {
    return images.training().summary();
  }

  /** Returns what makes floats of bytes, in numbers. */
  Normalization normalization() {
    return Check.present(normalizing(job.data()).values(), "Job.data.normalize");
  }

  /** Returns the names of the classes, one an output. */
  List<String> classNames() {
    return Check.present(job.data().classes(), "Job.data.classes");
  }

  /** Returns what a pass over the validation data found; nothing without. */
  @Nullable DataSummary validation() {
    return summary(images.validation());
  }

  /** Returns what a pass over the test data found; nothing without. */
  @Nullable DataSummary test() {
    return summary(images.test());
  }

  private static @Nullable DataSummary summary(@Nullable ReadImages read) {
    return read == null ? null : read.summary();
  }

  private static @Nullable String fingerprint(@Nullable DataSummary data) {
    return data == null ? null : data.fingerprint();
  }

  /** Returns the fingerprint of the validation data; nothing without. */
  @Nullable String validationFingerprint() {
    return fingerprint(validation());
  }

  /** Returns the fingerprint of the test data; nothing without. */
  @Nullable String testFingerprint() {
    return fingerprint(test());
  }

  /** What every bit of the result depends on. */
  RunIdentity identity() {
    return new RunIdentity(
        TreeWriter.write(job),
        training().fingerprint(),
        validationFingerprint(),
        testFingerprint(),
        plan.sampler().blockImages(),
        Version.convoy());
  }

  /** The weights to start from. */
  public Weights initialWeights(HadoopFiles files) throws IOException {
    return initialWeights(files, report -> {});
  }

  /**
   * The weights to start from.
   *
   * @param listener hears what of the network was loaded, unless all is fresh
   */
  public Weights initialWeights(HadoopFiles files, Consumer<LoadedWeights> listener)
      throws IOException {
    InitialWeights asked = job.training().initialWeights();
    if (asked == null) {
      return job.network().initialWeights(job.seed());
    }
    LoadedWeights loaded =
        WeightsImport.read(
            files, job.network(), job.seed(), asked, weightsFile(files, asked.path()));
    listener.accept(loaded);
    return loaded.weights();
  }

  private static String weightsFile(HadoopFiles files, String path) throws IOException {
    if (!files.isFolder(path)) {
      return path;
    }
    for (String name : List.of(WeightsImport.INDEX, WeightsImport.FILE)) {
      if (files.exists(path + "/" + name)) {
        return path + "/" + name;
      }
    }
    boolean checkpoint = files.exists(path + "/" + CheckpointFolder.DESCRIPTION);
    String folder = checkpoint ? path : ModelInput.folder(files, path);
    return folder + "/" + ModelFolder.WEIGHTS;
  }

  /** The job with numbers in place of what the training data say. */
  private static Job resolve(String jobFile, Job job, DataSummary training) {
    JobData data = job.data();
    Job resolved = job;
    if (normalizing(data).isAuto()) {
      resolved = resolved.withNormalize(training.pixels().normalization(jobFile + ": data.train"));
    }
    if (data.balance() != null && training.task() != Task.CLASSIFICATION) {
      throw new WrongInputException(
          jobFile + ": data.balance needs class numbers as labels, but data.train has vectors");
    }
    return data.balance() == Balance.WEIGHTS
        ? resolved.withClassWeights(ClassBalance.weights(training.perClass()))
        : resolved;
  }

  /** What is said of what the training data decided. */
  private static List<String> remarks(JobData asked, Job resolved, DataSummary training) {
    List<String> remarks = new ArrayList<>();
    if (normalizing(asked).isAuto()) {
      remarks.add(
          "Normalized by the training data: " + normalizing(resolved.data()).values() + ".");
    }
    if (asked.balance() == Balance.WEIGHTS) {
      SoftmaxCrossEntropy loss = (SoftmaxCrossEntropy) resolved.training().loss();
      remarks.add("Weights of the classes: " + Arrays.toString(loss.classWeights()) + ".");
    } else if (asked.balance() == Balance.OVERSAMPLE) {
      remarks.add(
          String.format(
              Locale.ROOT,
              "Oversampling makes %,d examples of %,d images.",
              Oversampling.examples(training.perClass()),
              training.count()));
    }
    return remarks;
  }

  /** Images that an epoch uses, some of them several times where small classes are made up for. */
  private static int examples(JobData data, DataSummary training) {
    if (data.balance() != Balance.OVERSAMPLE) {
      return training.count();
    }
    long examples = Oversampling.examples(training.perClass());
    if (examples > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "data.balance: oversample must make fewer than 2^31 examples, but makes " + examples);
    }
    return (int) examples;
  }

  private static void checkTasks(
      String jobFile, DataSummary training, String key, @Nullable DataSummary heldOut) {
    if (heldOut != null && heldOut.task() != training.task()) {
      boolean classes = training.task() == Task.CLASSIFICATION;
      throw new WrongInputException(
          jobFile
              + ": "
              + key
              + " must have "
              + (classes ? "class numbers" : "target vectors")
              + " as labels, like data.train, but has "
              + (classes ? "target vectors" : "class numbers"));
    }
  }

  private static void checkWatched(String jobFile, @Nullable EarlyStopping stopping, Task task) {
    Metric metric = stopping == null ? null : stopping.metric();
    if (task == Task.REGRESSION && metric != null && !metric.isLoss()) {
      throw new WrongInputException(
          jobFile
              + ": training.earlyStopping.metric must be "
              + (metric.isOfTest() ? "testLoss" : "validationLoss")
              + " in regression, which has no accuracy, but is "
              + (metric.isOfTest() ? "testAccuracy" : "validationAccuracy"));
    }
  }

  /**
   * The plan of a job.
   *
   * @param jobFile for errors
   * @param examples to train on
   * @param exampleBytes of each
   */
  public static TrainingPlan plan(String jobFile, Job job, int examples, int exampleBytes) {
    return plan(jobFile, job, job.training().schedule(), examples, exampleBytes);
  }

  /**
   * Makes a plan of the examples of a round, which takes the memory of one of more. Its rate stays
   * as it is: only the number of all examples can tell whether a schedule is too long.
   *
   * @throws WrongInputException if the job does not fit together
   */
  static TrainingPlan planOfARound(String jobFile, Job job) {
    long round = (long) job.distribution().workers() * job.training().batchSize();
    int examples = (int) Math.min(MOST_EXAMPLES, round);
    return plan(jobFile, job, new Constant(), examples, job.network().input().size());
  }

  private static TrainingPlan plan(
      String jobFile, Job job, Schedule schedule, int examples, int exampleBytes) {
    JobTraining how = job.training();
    Distribution distribution = job.distribution();
    JobData data = job.data();
    try {
      AveragingFrequency frequency =
          distribution.averagingFrequency().fitting((long) how.batchSize() * exampleBytes);
      Sampler sampler =
          Sampler.of(
              examples,
              distribution.workers(),
              how.batchSize(),
              frequency.most(),
              how.shuffle(),
              job.seed(),
              exampleBytes);
      if (data.reshuffle() != null) {
        sampler = sampler.anewEvery(data.reshuffle().everyEpochs());
      }
      return TrainingPlan.builder(job.network(), how.optimizer(), sampler)
          .normalization(normalization(job))
          .loss(how.loss())
          .schedule(schedule)
          .clipping(how.clip())
          .averaging(distribution.averaging())
          .seed(job.seed())
          .epochs(how.epochs())
          .earlyStopping(how.earlyStopping())
          .outer(distribution.outer())
          .frequency(frequency)
          .recovery(Recovery.of(how.onNonFinite(), job.checkpoint().everyRounds()))
          .contributions(distribution.contributions())
          .augment(data.augment())
          .tuning(TuningPlan.of(job.network(), how.tuning()))
          .build();
    } catch (IllegalArgumentException e) {
      throw new WrongInputException(jobFile + ": " + e.getMessage());
    }
  }

  /** The numbers; where the training data are yet to say them, some that take as long. */
  private static Normalization normalization(Job job) {
    Normalization values = normalizing(job.data()).values();
    return values == null ? Normalization.none(job.network().input().channels()) : values;
  }

  /** What makes floats of bytes, which data that are a job's always say. */
  private static Normalizing normalizing(JobData data) {
    return Check.present(data.normalize(), "Job.data.normalize");
  }
}
