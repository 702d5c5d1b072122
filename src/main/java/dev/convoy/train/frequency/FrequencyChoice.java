package dev.convoy.train.frequency;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import dev.convoy.train.frequency.Staged.Stage;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@link Auto} has picked so far: all that another run needs to come to the same bits.
 *
 * @param schedule of the rounds so far, and of those to come until it picks again
 * @param settled whether it measures no more
 */
@PublicApi
public record FrequencyChoice(Staged schedule, boolean settled) {
  public FrequencyChoice {
    Check.present(schedule, "FrequencyChoice.schedule");
  }

  /** Returns the choice before the first round. */
  public static FrequencyChoice first(Auto auto) {
    Stage stage = new Stage(1, 1, Math.min(auto.first(), auto.maximum()));
    return new FrequencyChoice(new Staged(List.of(stage), auto.maximum()), false);
  }

  /** Returns the same with a stage more. */
  public FrequencyChoice and(Stage stage, boolean isSettled) {
    List<Stage> stages = new ArrayList<>(schedule.stages());
    stages.add(stage);
    return new FrequencyChoice(new Staged(stages, schedule.maximum()), isSettled);
  }

  /** Returns the same for good. */
  public FrequencyChoice settle() {
    return new FrequencyChoice(schedule, true);
  }
}
