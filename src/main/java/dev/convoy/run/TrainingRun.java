package dev.convoy.run;

import dev.convoy.config.Checkpoints;
import dev.convoy.config.Job;
import dev.convoy.config.binding.TreeWriter;
import dev.convoy.data.DataSummary;
import dev.convoy.image.ImageBlock;
import dev.convoy.model.Model;
import dev.convoy.model.ModelFolder;
import dev.convoy.model.Provenance;
import dev.convoy.report.MetricsLog;
import dev.convoy.spark.SparkSettings;
import dev.convoy.spark.block.BlockRdd;
import dev.convoy.spark.file.HadoopFiles;
import dev.convoy.spark.format.DataAccess;
import dev.convoy.spark.format.ReadImages;
import dev.convoy.spark.round.MemoryCheck;
import dev.convoy.spark.round.SparkTrainer;
import dev.convoy.spark.round.TrainingBlocks;
import dev.convoy.tensor.Check;
import dev.convoy.train.BackgroundCheckpoints;
import dev.convoy.train.Checkpoint;
import dev.convoy.train.Checkpointing;
import dev.convoy.train.EpochResult;
import dev.convoy.train.RoundResult;
import dev.convoy.train.TrainingListener;
import dev.convoy.train.TrainingStart;
import dev.convoy.train.fault.NonFiniteException;
import dev.convoy.train.frequency.Auto;
import dev.convoy.train.round.TrainingPlan;
import dev.convoy.train.score.Evaluation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/**
 * A training from the job to the files that it leaves. Owns the output folder until it is closed.
 * Programs use {@link Training}.
 */
public final class TrainingRun implements AutoCloseable {
  private final Job job;
  private final TrainingPlan plan;
  private final HadoopFiles files;
  private final OutputFolder output;
  private final TrainingInput input;
  private final OutputLock lock;

  /** What a large model needs; absent of a small one. */
  private final @Nullable String memory;

  /** Where to start; absent once it has: a large model's state is not kept beside the next. */
  private @Nullable Checkpoint from;

  private final RunListener listener;

  private TrainingRun(
      HadoopFiles files,
      OutputFolder output,
      TrainingInput input,
      OutputLock lock,
      @Nullable String memory,
      Checkpoint from,
      RunListener listener) {
    this.job = input.job();
    this.plan = input.plan();
    this.files = files;
    this.output = output;
    this.input = input;
    this.lock = lock;
    this.memory = memory;
    this.from = from;
    this.listener = listener;
  }

  /**
   * Checks all that a job names: the output folder, the data from first to last byte, the memory,
   * the initial weights, the checkpoint to go on from. Then locks the output folder, and writes
   * nothing else.
   *
   * @param jobFile what errors call the job
   * @param access by which data are read
   * @param configuration which says how much memory there is
   * @throws WrongInputException if anything of it can't be as the job says
   */
  public static TrainingRun prepare(
      String jobFile,
      Job job,
      DataAccess access,
      OutputUse use,
      SparkConf configuration,
      RunListener listener)
      throws IOException {
    String unsuitable = SparkSettings.problem(configuration);
    if (unsuitable != null) {
      throw new WrongInputException(jobFile + ": " + unsuitable);
    }
    HadoopFiles files = access.files();
    OutputFolder output = new OutputFolder(files, job.output());
    output.check(use);
    checkMemory(jobFile, job, configuration);
    TrainingInput input = TrainingInput.read(jobFile, job, access);
    try {
      return prepare(jobFile, input, output, files, use, configuration, listener);
    } catch (IOException | RuntimeException e) {
      input.images().release();
      throw e;
    }
  }

  /** Refuses what can't fit before the data are read: their number changes next to nothing. */
  private static void checkMemory(String jobFile, Job job, SparkConf configuration) {
    TrainingPlan plan;
    try {
      plan = TrainingInput.planOfARound(jobFile, job);
    } catch (WrongInputException e) {
      return; // fewer examples than a round's may fit; once they are read, all is checked again
    }
    checked(jobFile, job, plan, configuration);
  }

  private static MemoryCheck checked(
      String jobFile, Job job, TrainingPlan plan, SparkConf configuration) {
    MemoryCheck memory =
        new MemoryCheck(
            configuration,
            plan,
            job.distribution().reduction(),
            job.checkpoint().wanted(),
            job.data().test() != null || job.data().validation() != null);
    String problem = memory.problem();
    if (problem != null) {
      throw new WrongInputException(jobFile + ": " + problem);
    }
    return memory;
  }

  private static TrainingRun prepare(
      String jobFile,
      TrainingInput input,
      OutputFolder output,
      HadoopFiles files,
      OutputUse use,
      SparkConf configuration,
      RunListener listener)
      throws IOException {
    Job job = input.job();
    // Before the weights, which a network that is too large would not live to see.
    MemoryCheck memory = checked(jobFile, job, input.plan(), configuration);
    boolean goesOn = use == OutputUse.RESUME && !output.checkpoints().newestFirst().isEmpty();
    Checkpoint first =
        goesOn
            ? null
            : Checkpoint.initial(
                input.plan(), input.initialWeights(files, listener::onInitialWeights));
    OutputLock lock = output.lock(listener);
    try {
      output.checkContent(use); // a run may have ended here meanwhile
      output.removeParts();
      if (goesOn) {
        Resumption resumption = new Resumption(files, input, output.checkpoints());
        first = resumption.find(output.checkpoints().newestFirst(), listener);
      } else if (use == OutputUse.RESUME) {
        listener.onNote(job.output() + " holds no checkpoint: starting from the beginning");
      }
      Checkpoint from = Check.present(first, "The checkpoint to start from");
      return new TrainingRun(files, output, input, lock, memory.line(), from, listener);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /**
   * Trains and saves.
   *
   * @param stop asked between rounds
   * @throws NonFiniteException if a value became NaN or infinite
   */
  public TrainingResult execute(JavaSparkContext spark, BooleanSupplier stop) throws IOException {
    // No local variable may hold the checkpoint: it would keep a large state all the while.
    if (beginning().round() == 0) {
      output.clear();
    }
    JobImages images = input.images();
    BadRecords.save(files, output.in(OutputFolder.BAD_RECORDS), images);
    images.remarks().forEach(listener::onNote);
    listener.onData(DataReport.of(input, spark));
    if (memory != null) {
      listener.onNote(memory);
    }
    List<EpochResult> history = new ArrayList<>();
    SparkTrainer.Result result;
    BackgroundCheckpoints checkpoints = checkpoints();
    MetricsKeeper metrics =
        new MetricsKeeper(new MetricsLog(output.metrics(beginning(), listener)), listener);
    try (checkpoints;
        metrics) {
      listener.onStart(start());
      result =
          trainer(spark)
              .train(
                  plan,
                  this::takeStart,
                  checkpoints == null ? Checkpointing.NONE : checkpoints,
                  RunListeners.of(
                      ownership(), metrics, keepsEpochs(history), listener, progressNotes()),
                  stop);
    } catch (NonFiniteException e) {
      throw withWayOut(e);
    }
    lock.look();
    Model model = save(result);
    Evaluation test = result.test();
    return new TrainingResult(
        model,
        output.in(OutputFolder.MODEL),
        output.in(OutputFolder.METRICS),
        Optional.ofNullable(test)
            .map(scores -> EvaluationResult.of(spark, scores, input.classNames())),
        history,
        result.summary(),
        result.plan().frequency(),
        images.skipped(),
        Optional.ofNullable(checkpoints).map(BackgroundCheckpoints::failure).map(TrainingRun::line),
        metrics.failure());
  }

  private ProgressNotes progressNotes() {
    return new ProgressNotes(plan, listener::onNote);
  }

  private static TrainingListener keepsEpochs(List<EpochResult> history) {
    return new TrainingListener() {
      @Override
      public void onEpoch(EpochResult epoch) {
        history.add(epoch);
      }
    };
  }

  private Checkpoint beginning() {
    return Check.present(from, "TrainingRun.from");
  }

  private Checkpoint takeStart() {
    Checkpoint start = beginning();
    from = null;
    return start;
  }

  private SparkTrainer trainer(JavaSparkContext spark) {
    JobImages images = input.images();
    // Test images that are used once, at the end, take no memory until then.
    boolean testIsKept = images.validation() == null;
    return new SparkTrainer(
        spark,
        TrainingBlocks.sampled(input.trainingBlocks()),
        inOrder("validation images", images.validation(), true),
        inOrder("test images", images.test(), testIsKept),
        job.distribution().reduction());
  }

  private @Nullable JavaRDD<ImageBlock> inOrder(
      String name, @Nullable ReadImages read, boolean kept) {
    if (read == null) {
      return null;
    }
    BlockRdd blocks = kept ? input.kept(read) : read.blocks().uncached();
    return blocks.inOrder(name, read.summary().count());
  }

  /** Returns what writes checkpoints; nothing where the job wants none. */
  private @Nullable BackgroundCheckpoints checkpoints() {
    Checkpoints wanted = job.checkpoint();
    return wanted.wanted()
        ? new BackgroundCheckpoints(
            wanted.everyRounds(),
            checkpoint ->
                output
                    .checkpoints()
                    .write(checkpoint, input.identity(), plan, wanted.keep(), lock::look),
            failure -> listener.onWarning(line(failure) + "; training goes on"))
        : null;
  }

  private static String line(BackgroundCheckpoints.Failure failure) {
    return "the checkpoint of round "
        + failure.round()
        + " could not be written: "
        + reason(failure.cause());
  }

  private static String reason(Throwable cause) {
    String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return message.lines().findFirst().orElse(message).strip();
  }

  /** Ends a run whose output folder another one owns by now. */
  private TrainingListener ownership() {
    return new TrainingListener() {
      @Override
      public void onRound(RoundResult round) {
        try {
          lock.check();
        } catch (IOException e) {
          throw new UncheckedIOException(e.getMessage(), e);
        }
      }
    };
  }

  private NonFiniteException withWayOut(NonFiniteException e) throws IOException {
    List<String> newestFirst = output.checkpoints().newestFirst();
    return newestFirst.isEmpty()
        ? e
        : new NonFiniteException(
            e.getMessage()
                + "; the weights before it are in "
                + newestFirst.get(0)
                + ": another run can start from them, as training.initialWeights");
  }

  private TrainingStart start() {
    return new TrainingStart(
        job.name(),
        job.network(),
        plan.sampler().examples(),
        count(input.validation()),
        count(input.test()),
        plan.workers(),
        plan.frequency(),
        plan.sampler().batchSize(),
        plan.epochs(),
        plan.roundsPerEpoch(1));
  }

  private static int count(@Nullable DataSummary data) {
    return data == null ? 0 : data.count();
  }

  private Model save(SparkTrainer.Result result) throws IOException {
    Provenance provenance =
        new Provenance(
            TreeWriter.write(repeatable(result)),
            input.training().fingerprint(),
            input.validationFingerprint(),
            input.testFingerprint(),
            result.state().round(),
            result.summary().weightsSha256(),
            Version.convoy(),
            Version.spark(),
            Runtime.version().toString());
    Model model =
        new Model(
            job.network(),
            result.state().weights(),
            job.data().preprocess(),
            input.normalization(),
            input.classNames(),
            input.training().task(),
            plan.loss(),
            provenance);
    files.makeFolder(output.in(OutputFolder.MODEL));
    ModelFolder.write(model, files, output.in(OutputFolder.MODEL));
    return model;
  }

  /** Whether it chooses how often to average. */
  private boolean measures() {
    return job.distribution().averagingFrequency() instanceof Auto;
  }

  /** A job that comes to the same bits: without what this one measured. */
  private Job repeatable(SparkTrainer.Result result) {
    return measures() ? job.withFrequency(result.plan().frequency()) : job;
  }

  /** Unlocks the output folder, and lets go of the images. */
  @Override
  public void close() throws IOException {
    input.images().release();
    lock.close();
  }
}
