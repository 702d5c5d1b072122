package dev.convoy.run;

import dev.convoy.config.Job;
import dev.convoy.config.data.Cache;
import dev.convoy.config.data.DataSource;
import dev.convoy.config.data.JobData;
import dev.convoy.config.data.UncutPictures;
import dev.convoy.config.data.Validation;
import dev.convoy.data.ClassBalance;
import dev.convoy.data.ClassLabels;
import dev.convoy.image.DataException;
import dev.convoy.image.Preparation;
import dev.convoy.report.Numbers;
import dev.convoy.spark.format.DataAccess;
import dev.convoy.spark.format.FoundImages;
import dev.convoy.spark.format.ImageRequest;
import dev.convoy.spark.format.ReadImages;
import dev.convoy.spark.split.ShareSplit;
import dev.convoy.spark.split.TestCut;
import dev.convoy.tensor.Shape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The images of a job, found, read and checked.
 *
 * @param training to learn from
 * @param validation to evaluate on after each epoch; absent if the job has none
 * @param test to evaluate on; absent if the job has none
 * @param classNames one an output: the job's, else those that the training data give, else numbers
 * @param remarks what a person should know at the start, in sentences
 */
public record JobImages(
    ReadImages training,
    @Nullable ReadImages validation,
    @Nullable ReadImages test,
    List<String> classNames,
    List<String> remarks) {

  /**
   * Looks at the files of all data first, and then reads them.
   *
   * @param jobFile for errors
   * @param access by which data are read
   */
  static JobImages read(String jobFile, Job job, DataAccess access) throws IOException {
    return read(jobFile, job, job.data(), access);
  }

  /** The same of some of the job's data. */
  public static JobImages read(String jobFile, Job job, JobData data, DataAccess access)
      throws IOException {
    FoundImages training = FoundImages.find(data.train(), access, true);
    Validation validates = data.validation();
    DataSource validationSource = validates == null ? null : validates.source();
    FoundImages validation =
        validationSource == null ? null : FoundImages.find(validationSource, access, true);
    FoundImages test = data.test() == null ? null : FoundImages.find(data.test(), access, true);
    int outputs = job.network().output().size();
    List<String> given = data.classes() == null ? training.classNames(outputs) : data.classes();
    if (given != null && given.size() != outputs) {
      throw new WrongInputException(
          jobFile
              + ": the network must have an output for each class of data.train, "
              + given.size()
              + ", but has "
              + outputs);
    }
    ClassLabels classes = given == null ? ClassLabels.numbers(outputs) : new ClassLabels(given);
    List<String> names = classes.names();
    boolean encoded = data.cache() == Cache.ENCODED;
    Shape input = job.network().input();
    UncutPictures uncut = UncutPictures.of(data, input);
    ImageRequest asTraining =
        new ImageRequest(
            uncut.shape(),
            uncut.steps(),
            classes,
            job.training().loss(),
            data.onBadRecord(),
            encoded,
            uncut.uncutSteps());
    ImageRequest asTest =
        new ImageRequest(
            input,
            data.preprocess(),
            classes,
            job.training().loss(),
            data.onBadRecord(),
            encoded,
            data.preprocess().size());
    List<ReadImages> read = new ArrayList<>();
    try {
      ReadImages trainingImages = keep(read, training.read(access.spark(), asTraining));
      ReadImages validationImages =
          validation == null ? null : keep(read, validation.read(access.spark(), asTest));
      if (validates != null && validates.share() != null) {
        ShareSplit split = split(jobFile, trainingImages, validates.share(), job, data, uncut);
        trainingImages = split.training();
        validationImages = split.validation();
      }
      ReadImages testImages = test == null ? null : test.read(access.spark(), asTest);
      List<String> remarks = new ArrayList<>(remarks("training", training, trainingImages, names));
      if (validationImages != null) {
        remarks.addAll(
            validation == null
                ? ClassBalance.remarks("validation", validationImages.summary().perClass(), names)
                : remarks("validation", validation, validationImages, names));
      }
      if (test != null && testImages != null) {
        remarks.addAll(remarks("test", test, testImages, names));
      }
      return new JobImages(trainingImages, validationImages, testImages, names, remarks);
    } catch (IOException | RuntimeException e) {
      read.forEach(images -> images.blocks().release());
      throw e;
    }
  }

  private static ReadImages keep(List<ReadImages> all, ReadImages read) {
    all.add(read);
    return read;
  }

  private static ShareSplit split(
      String jobFile, ReadImages read, double share, Job job, JobData data, UncutPictures uncut) {
    Preparation preparation = new Preparation(job.network().input(), data.preprocess());
    try {
      return ShareSplit.of(read, share, job.seed(), new TestCut(preparation, uncut.steps().size()));
    } catch (DataException e) {
      throw new DataException(jobFile + ": data.validation: " + e.getMessage(), e);
    }
  }

  /** Lets go of what Spark keeps of the images. */
  void release() {
    for (ReadImages read : Arrays.asList(training, validation, test)) {
      if (read != null) {
        read.blocks().release();
      }
    }
  }

  /** Returns a line for each record that is not used, those of the training data first. */
  List<String> skipped() {
    List<String> all = new ArrayList<>(training.problems());
    if (validation != null) {
      all.addAll(validation.problems());
    }
    if (test != null) {
      all.addAll(test.problems());
    }
    return all;
  }

  /** The same with more remarks. */
  JobImages withRemarks(List<String> more) {
    List<String> all = new ArrayList<>(remarks);
    all.addAll(more);
    return new JobImages(training, validation, test, classNames, all);
  }

  /** What a person should know about images of this kind. */
  public static List<String> remarks(
      String what, FoundImages found, ReadImages read, List<String> names) {
    List<String> remarks = new ArrayList<>(found.remarks());
    if (!read.problems().isEmpty()) {
      remarks.add(
          String.format(
              "%s of %s %s records are bad and are skipped.",
              Numbers.count(read.problems().size()), Numbers.count(read.records()), what));
    }
    if (!read.faults().isEmpty()) {
      remarks.add(
          String.format(
              "%s of %s %s pictures were read in spite of a fault; the first: %s.",
              Numbers.count(read.faults().size()),
              Numbers.count(read.records()),
              what,
              read.faults().get(0)));
    }
    remarks.addAll(ClassBalance.remarks(what, read.summary().perClass(), names));
    return remarks;
  }
}
