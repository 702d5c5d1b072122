package dev.convoy.config.data;

import dev.convoy.api.Internal;
import dev.convoy.api.PublicApi;
import dev.convoy.config.tree.Names;
import dev.convoy.data.Balance;
import dev.convoy.image.CenterCrop;
import dev.convoy.image.Normalization;
import dev.convoy.image.Preprocessing;
import dev.convoy.image.Resize;
import dev.convoy.image.augment.Augmentation;
import dev.convoy.image.augment.BatchAugmenter;
import dev.convoy.nn.Network;
import dev.convoy.nn.layer.Size;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Defaulted;
import dev.convoy.tensor.Shape;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says what a job trains and tests on.
 *
 * @param train the examples to learn from
 * @param validation the examples to evaluate after each epoch, which early stopping and schedules
 *     watch; none by default
 * @param test the examples to evaluate once, at the end; without validation data, after each epoch;
 *     none by default
 * @param classes the name of each class, in the order of their numbers; by default the names that
 *     the data give, or else the numbers
 * @param preprocess what makes pictures fit the network, in this order; nothing by default
 * @param augment what changes training images at random, in this order; nothing by default
 * @param normalize what makes floats of bytes; pixels in {@code [0, 1]} by default
 * @param balance what makes up for classes of few images; nothing by default
 * @param onBadRecord what is done about records that can't be used; {@code fail} by default
 * @param reshuffle when training examples are dealt anew to workers and blocks; never by default
 * @param cache what executors keep of the images; {@code decoded} by default
 */
@PublicApi
public record JobData(
    DataSource train,
    @Nullable Validation validation,
    @Nullable DataSource test,
    @Nullable List<String> classes,
    @Defaulted List<Preprocessing> preprocess,
    @Defaulted List<Augmentation> augment,
    @Nullable Normalizing normalize,
    @Nullable Balance balance,
    @Defaulted BadRecordRule onBadRecord,
    @Nullable Reshuffle reshuffle,
    @Defaulted Cache cache) {

  public JobData {
    Check.present(train, "JobData.train");
    if (classes != null) {
      classes = List.copyOf(classes);
      if (new HashSet<>(classes).size() < classes.size()) {
        throw new IllegalArgumentException("JobData.classes must differ, but were " + classes);
      }
    }
    preprocess = preprocess == null ? List.of() : List.copyOf(preprocess);
    Check.atMost(preprocess, Preprocessing.MOST, "JobData.preprocess");
    if (!preprocess.isEmpty()
        && (isTakenAsItIs(train) || isTakenAsItIs(source(validation)) || isTakenAsItIs(test))) {
      throw new IllegalArgumentException(
          "JobData.preprocess must be empty for idx, whose images go in as they are, but has "
              + preprocess.size()
              + " steps");
    }
    augment = augment == null ? List.of() : List.copyOf(augment);
    Check.atMost(augment, Preprocessing.MOST, "JobData.augment");
    onBadRecord = onBadRecord == null ? new Fail() : onBadRecord;
    cache = cache == null ? Cache.DECODED : cache;
    if (cache == Cache.ENCODED) {
      checkEncoded(train, "train");
      checkEncoded(source(validation), "validation");
      checkEncoded(test, "test");
    }
  }

  /**
   * Returns a builder of what a job trains and tests on.
   *
   * @param train the examples to learn from
   */
  public static JobDataBuilder builder(DataSource train) {
    return new JobDataBuilder(train);
  }

  /** Returns the validation data that are no part of the training data, if there are some. */
  private static @Nullable DataSource source(@Nullable Validation validation) {
    return validation == null ? null : validation.source();
  }

  private static boolean isTakenAsItIs(@Nullable DataSource source) {
    return source != null && !source.takesPreprocessing();
  }

  /** Refuses data whose pixels lie ready: there is nothing to decode. */
  private static void checkEncoded(@Nullable DataSource source, String key) {
    if (source != null && source.holdsPixels()) {
      throw new IllegalArgumentException(
          "JobData.cache must be decoded or none where pixels lie ready, as in the "
              + (source instanceof Parquet || source instanceof Table
                  ? Names.kind(source.getClass()) + " with a shape"
                  : Names.kind(source.getClass()))
              + " of "
              + key
              + ", but was encoded");
    }
  }

  /** The same with these names of classes. */
  public JobData withClasses(List<String> names) {
    return with(validation, test, names, normalize, balance);
  }

  /** The same without test data. */
  public JobData withoutTest() {
    return with(validation, null, classes, normalize, balance);
  }

  /** The same with the training data alone, less what is taken of them for validation. */
  @Internal
  public JobData trainingAlone() {
    return with(source(validation) == null ? validation : null, null, classes, normalize, balance);
  }

  /** The same with this normalisation. */
  public JobData withNormalize(Normalization values) {
    return with(validation, test, classes, new Normalizing(values), balance);
  }

  /** The same without making up for small classes. */
  public JobData withoutBalance() {
    return with(validation, test, classes, normalize, null);
  }

  private JobData with(
      @Nullable Validation validation,
      @Nullable DataSource test,
      @Nullable List<String> classes,
      @Nullable Normalizing normalize,
      @Nullable Balance balance) {
    return new JobData(
        train,
        validation,
        test,
        classes,
        preprocess,
        augment,
        normalize,
        balance,
        onBadRecord,
        reshuffle,
        cache);
  }

  /** The same with the defaults that depend on the network, but for the classes' names. */
  public JobData completedFor(Network network) {
    int outputs = network.output().size();
    int channels = network.input().channels();
    if (classes != null && classes.size() != outputs) {
      throw new IllegalArgumentException(
          "Job.data.classes must name as many classes as the network has outputs, "
              + outputs
              + ", but there are "
              + classes.size());
    }
    Normalizing scale =
        normalize == null ? new Normalizing(Normalization.none(channels)) : normalize;
    Normalization values = scale.values();
    if (values != null && values.mean().length != channels) {
      throw new IllegalArgumentException(
          "Job.data.normalize must have one value a channel of network.input, "
              + channels
              + ", but has "
              + values.mean().length);
    }
    checkSize(network.input());
    String problem = BatchAugmenter.problem(augment, network.input());
    if (problem != null) {
      throw new IllegalArgumentException(
          "Job.data.augment does not suit images of " + network.input() + ": " + problem);
    }
    UncutPictures.of(this, network.input());
    return with(validation, test, classes, scale, balance);
  }

  /** Checks that the last step, where it fixes the size, makes it the network's. */
  private void checkSize(Shape input) {
    if (preprocess.isEmpty()) {
      return;
    }
    Preprocessing last = preprocess.get(preprocess.size() - 1);
    Size size = last instanceof CenterCrop crop ? crop.size() : ((Resize) last).size();
    if (size != null && (size.height() != input.height() || size.width() != input.width())) {
      throw new IllegalArgumentException(
          "Job.data.preprocess must end in the size of network.input, "
              + new Size(input.height(), input.width())
              + ", but ends in "
              + size);
    }
  }
}
