package dev.convoy.train.frequency;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Defaulted;
import java.io.Serializable;
import java.util.List;

/**
 * Steps of a round by a list: each stage from its round on, until the next one. So is written what
 * {@code auto} has picked.
 *
 * @param stages in the order of their rounds, the first of which begins with the first round of all
 * @param maximum of H, at least all stages' steps; the most of them by default. The order of
 *     examples depends on it
 */
@PublicApi
public record Staged(List<Stage> stages, @Defaulted Integer maximum) implements AveragingFrequency {
  private static final long serialVersionUID = 1;

  /**
   * Rounds of so many steps.
   *
   * @param epoch in which they begin, from 1
   * @param round of that epoch with which they begin, from 1
   * @param steps of each, at least 1
   */
  public record Stage(int epoch, int round, int steps) implements Serializable {
    private static final long serialVersionUID = 1;

    public Stage {
      Check.positive(epoch, "Stage.epoch");
      Check.positive(round, "Stage.round");
      Check.positive(steps, "Stage.steps");
    }

    private boolean isBegun(int inEpoch, int inRound) {
      return inEpoch > epoch || inEpoch == epoch && inRound >= round;
    }

    private String place() {
      return "epoch " + epoch + ", round " + round;
    }
  }

  public Staged {
    stages = List.copyOf(Check.present(stages, "Staged.stages"));
    if (stages.isEmpty() || !stages.get(0).isBegun(1, 1)) {
      throw new IllegalArgumentException(
          "Staged.stages must begin with epoch 1, round 1, but "
              + (stages.isEmpty() ? "is empty" : "begins with " + stages.get(0).place()));
    }
    for (int i = 1; i < stages.size(); i++) {
      Stage before = stages.get(i - 1);
      Stage after = stages.get(i);
      if (after.isBegun(before.epoch(), before.round())) {
        throw new IllegalArgumentException(
            "Staged.stages must be in the order of their rounds, but "
                + before.place()
                + " stands before "
                + after.place());
      }
    }
    int most = stages.stream().mapToInt(Stage::steps).max().orElseThrow();
    maximum = maximum == null ? most : maximum;
    Check.atLeast(maximum, most, "Staged.maximum");
  }

  @Override
  public int most() {
    return maximum;
  }

  @Override
  public int steps(int epoch, int round, long step, double rate) {
    int steps = 0;
    for (Stage stage : stages) {
      if (!stage.isBegun(epoch, round)) {
        break;
      }
      steps = stage.steps();
    }
    return steps;
  }

  /** Steps of the rounds of the last stage. */
  public int lastSteps() {
    return stages.get(stages.size() - 1).steps();
  }

  @Override
  public String description() {
    String description = AveragingFrequency.every(stages.get(0).steps());
    return stages.size() == 1
        ? description
        : description + " at first, " + AveragingFrequency.every(lastSteps()) + " in the end";
  }
}
