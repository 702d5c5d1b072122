package dev.convoy.run;

import dev.convoy.data.DataSummary;
import dev.convoy.nn.Node;
import dev.convoy.nn.layer.BatchNorm2d;
import dev.convoy.train.round.TrainingPlan;
import dev.convoy.train.sampling.Sampler;
import dev.convoy.train.tuning.TuningStage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Notes on what a plan and its data make likely to go wrong, though it may be meant. */
final class SetUpNotes {
  private final TrainingPlan plan;
  private final Sampler sampler;

  private SetUpNotes(TrainingPlan plan) {
    this.plan = plan;
    this.sampler = plan.sampler();
  }

  /**
   * Returns a sentence for each.
   *
   * @param training the data that are trained on
   * @param watchesTest whether it is the test data that decide on rates and the end, if any do
   */
  static List<String> of(TrainingPlan plan, DataSummary training, boolean watchesTest) {
    SetUpNotes notes = new SetUpNotes(plan);
    List<String> all = new ArrayList<>();
    notes.addSorted(training, all);
    notes.addSingleRound(all);
    notes.addLonelyImage(all);
    notes.addTrained(all);
    if (watchesTest) {
      notes.addWatchedTest(all);
    }
    return all;
  }

  /** What chooses a model can't judge it. */
  private void addWatchedTest(List<String> all) {
    List<String> watching = new ArrayList<>();
    if (plan.earlyStopping() != null) {
      watching.add("training.earlyStopping");
    }
    if (plan.schedule().needsTestLoss()) {
      watching.add("training.schedule");
    }
    if (!watching.isEmpty()) {
      all.add(
          "Note: "
              + String.join(" and ", watching)
              + (watching.size() == 1 ? " watches" : " watch")
              + " data.test: what is kept is chosen by the test data, whose score is no honest"
              + " estimate any more; data.validation, such as {share: 0.1}, leaves them for the"
              + " end.");
    }
  }

  /** Says what is trained where not all is, and what that makes of the contributions. */
  private void addTrained(List<String> all) {
    if (plan.tuning().stage(0).values().isAll()) {
      return;
    }
    List<String> stages = new ArrayList<>();
    for (TuningStage stage : plan.tuning().stages()) {
      stages.add(
          String.format(
              Locale.ROOT,
              "%,d from epoch %d on (%,d bytes from a worker a round)",
              stage.parameterCount(),
              stage.epoch(),
              plan.sentBytes(stage)));
    }
    all.add(
        String.format(
            Locale.ROOT,
            "Trained of %,d parameters: %s.",
            plan.network().parameterCount(),
            String.join(", ", stages)));
  }

  /** Batches of one class each pull the weights from class to class. */
  private void addSorted(DataSummary training, List<String> all) {
    long classes = training.perClass().stream().filter(count -> count > 0).count();
    boolean sorted = training.count() >= (long) training.classRuns() * sampler.batchSize();
    if (!sampler.shuffle() && classes > 1 && sorted) {
      all.add(
          String.format(
              Locale.ROOT,
              "Note: training.shuffle is off, and the data come class by class: %,d images of %d"
                  + " classes change class %,d times, so that most batches hold one class alone.",
              training.count(),
              classes,
              training.classRuns() - 1));
    }
  }

  private void addSingleRound(List<String> all) {
    if (plan.workers() > 1 && plan.roundsPerEpoch(1) == 1 && sampler.stepsPerEpoch() > 1) {
      all.add(
          String.format(
              Locale.ROOT,
              "Note: each epoch is a single round: %d workers make up to %,d steps apart and then"
                  + " average; a smaller distribution.averagingFrequency averages more often.",
              plan.workers(),
              sampler.stepsPerEpoch()));
    }
  }

  /** A batch of one image is its own mean wherever a batch norm takes vectors. */
  private void addLonelyImage(List<String> all) {
    boolean lonely = false;
    for (int worker = 0; worker < sampler.workers(); worker++) {
      lonely |= sampler.share(worker) % sampler.batchSize() == 1;
    }
    for (Node node : plan.network().nodes()) {
      boolean vectors = node.input().size() == node.input().dimension(0);
      if (lonely && sampler.batchSize() > 1 && node.layer() instanceof BatchNorm2d && vectors) {
        all.add(
            String.format(
                Locale.ROOT,
                "Note: an epoch's last batch holds 1 image alone, of which batchNorm2d '%s' makes"
                    + " the same whatever it shows; another training.batchSize than %d avoids it.",
                node.name(),
                sampler.batchSize()));
        return;
      }
    }
  }
}
