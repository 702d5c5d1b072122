package dev.convoy.config;

import dev.convoy.data.Balance;
import dev.convoy.image.CenterCrop;
import dev.convoy.image.Normalization;
import dev.convoy.image.Preprocessing;
import dev.convoy.image.Resize;
import dev.convoy.nn.Network;
import dev.convoy.nn.layer.Size;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Shape;
import java.util.HashSet;
import java.util.List;

/**
 * What a job trains and tests on.
 *
 * @param train the examples to learn from
 * @param test the examples to evaluate after each epoch; {@code null} for none
 * @param classes the name of each class, in the order of their numbers; {@code null} for the names
 *     that the data give, or else the numbers
 * @param preprocess what makes pictures fit the network, in this order; nothing by default
 * @param normalize what makes floats of bytes; pixels in {@code [0, 1]} by default
 * @param balance what makes up for classes of few images; nothing by default
 * @param onBadRecord what is done about records that can't be used; {@code fail} by default
 */
public record JobData(
    DataSource train,
    DataSource test,
    List<String> classes,
    List<Preprocessing> preprocess,
    Normalizing normalize,
    Balance balance,
    BadRecordRule onBadRecord) {

  public JobData {
    Check.present(train, "JobData.train");
    if (classes != null) {
      classes = List.copyOf(classes);
      if (new HashSet<>(classes).size() < classes.size()) {
        throw new IllegalArgumentException("JobData.classes must differ, but were " + classes);
      }
    }
    preprocess = preprocess == null ? List.of() : List.copyOf(preprocess);
    if (!preprocess.isEmpty() && (train instanceof Idx || test instanceof Idx)) {
      throw new IllegalArgumentException(
          "JobData.preprocess must be empty for idx, whose images go in as they are, but has "
              + preprocess.size()
              + " steps");
    }
    onBadRecord = onBadRecord == null ? new Fail() : onBadRecord;
  }

  /** The same with these names of classes. */
  public JobData withClasses(List<String> names) {
    return new JobData(train, test, names, preprocess, normalize, balance, onBadRecord);
  }

  /** The same with this normalisation. */
  JobData withNormalize(Normalization values) {
    return new JobData(
        train, test, classes, preprocess, new Normalizing(values), balance, onBadRecord);
  }

  /** The same without making up for small classes. */
  JobData withoutBalance() {
    return new JobData(train, test, classes, preprocess, normalize, null, onBadRecord);
  }

  /** The same with the defaults that depend on the network, but for the classes' names. */
  JobData completedFor(Network network) {
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
    if (!scale.isAuto() && scale.values().mean().length != channels) {
      throw new IllegalArgumentException(
          "Job.data.normalize must have one value a channel of network.input, "
              + channels
              + ", but has "
              + scale.values().mean().length);
    }
    checkSize(network.input());
    return new JobData(train, test, classes, preprocess, scale, balance, onBadRecord);
  }

  /** Where the last step fixes the size, it must be the network's. */
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
