package dev.convoy.config.data;

import dev.convoy.api.PublicApi;
import dev.convoy.data.Balance;
import dev.convoy.image.Normalization;
import dev.convoy.image.Preprocessing;
import dev.convoy.image.augment.Augmentation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says what a job trains and tests on. What is not set has the defaults of the job file. */
@PublicApi
public final class JobDataBuilder {
  private final DataSource train;
  private @Nullable Validation validation;
  private @Nullable DataSource test;
  private @Nullable List<String> classes;
  private List<Preprocessing> preprocess = List.of();
  private List<Augmentation> augment = List.of();
  private @Nullable Normalizing normalize;
  private @Nullable Balance balance;
  private @Nullable BadRecordRule onBadRecord;
  private @Nullable Reshuffle reshuffle;
  private @Nullable Cache cache;

  JobDataBuilder(DataSource train) {
    this.train = train;
  }

  /**
   * Sets the examples to evaluate after each epoch, which early stopping and schedules watch; none
   * by default.
   */
  public JobDataBuilder validation(DataSource value) {
    validation = Validation.of(value);
    return this;
  }

  /**
   * Takes the examples to evaluate after each epoch from the training data, on which no step is
   * made then.
   *
   * @param share of the training data, above 0 and at most 0.5
   */
  public JobDataBuilder validationShare(double share) {
    validation = Validation.ofTraining(share);
    return this;
  }

  /**
   * Sets the examples to evaluate once, at the end; without validation data, after each epoch; none
   * by default.
   */
  public JobDataBuilder test(DataSource value) {
    test = value;
    return this;
  }

  /** Sets the name of each class, in the order of their numbers; what the data say by default. */
  public JobDataBuilder classes(List<String> names) {
    classes = names;
    return this;
  }

  /** Sets what makes pictures fit the network, in this order; nothing by default. */
  public JobDataBuilder preprocess(Preprocessing... steps) {
    preprocess = List.of(steps);
    return this;
  }

  /** Sets what changes training images at random, in this order; nothing by default. */
  public JobDataBuilder augment(Augmentation... changes) {
    augment = List.of(changes);
    return this;
  }

  /** Sets means and deviations of pixels, which lie in {@code [0, 1]}; 0 and 1 by default. */
  public JobDataBuilder normalize(Normalization values) {
    normalize = new Normalizing(values);
    return this;
  }

  /** Takes means and deviations of the training data's own pixels. */
  public JobDataBuilder normalizeByData() {
    normalize = Normalizing.byData();
    return this;
  }

  /** Sets what makes up for classes of few images; nothing by default. */
  public JobDataBuilder balance(Balance value) {
    balance = value;
    return this;
  }

  /** Sets what is done about records that can't be used; they are errors by default. */
  public JobDataBuilder onBadRecord(BadRecordRule value) {
    onBadRecord = value;
    return this;
  }

  /** Sets when training examples are dealt anew to workers and blocks; never by default. */
  public JobDataBuilder reshuffle(Reshuffle value) {
    reshuffle = value;
    return this;
  }

  /** Sets what executors keep of the images; their pixels by default. */
  public JobDataBuilder cache(Cache value) {
    cache = value;
    return this;
  }

  /**
   * Returns what the job trains and tests on.
   *
   * @throws IllegalArgumentException if the parts do not suit each other
   */
  public JobData build() {
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
}
