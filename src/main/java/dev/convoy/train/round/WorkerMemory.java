package dev.convoy.train.round;

import dev.convoy.kernel.Kernels;
import dev.convoy.nn.BFloat16;
import dev.convoy.nn.Slices;
import dev.convoy.nn.replica.Replica;
import dev.convoy.optim.GroupedSteps;
import dev.convoy.optim.ScheduleContext;
import dev.convoy.optim.Slots;
import dev.convoy.train.tuning.TuningStage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a worker holds while the same parameters are trained: the replica, and of these parameters
 * values, gradients and what the optimizer remembers, packed. Where all are trained, the replica's
 * own arrays are the packed ones.
 */
final class WorkerMemory {
  private final TrainingPlan plan;
  private final List<Long> unfrozenAt;
  private final TuningStage stage;
  private final Slices trained;
  private final Replica replica;
  private final float[] parameters;
  private final float[] gradient;
  private final Slots slots;
  private final GroupedSteps steps;

  /** Parameters when the round began, and then what they changed by; absent if not sent. */
  private final float @Nullable [] start;

  WorkerMemory(TrainingPlan plan, List<Long> unfrozenAt, Kernels kernels) {
    this.plan = plan;
    this.unfrozenAt = unfrozenAt;
    stage = plan.tuning().stage(unfrozenAt.size());
    trained = stage.values().parameters();
    replica = new Replica(plan.network(), plan.sampler().batchSize(), kernels, stage.values());
    int count = trained.count();
    parameters = trained.isAll() ? replica.parameters() : new float[count];
    gradient = trained.isAll() ? replica.gradients() : new float[count];
    slots = new Slots(plan.optimizer(), count);
    steps = new GroupedSteps(plan.optimizer(), stage.groups(unfrozenAt), 0, count);
    start = halves() && plan.averaging() == Averaging.PARAMETERS ? new float[count] : null;
  }

  private boolean halves() {
    return plan.contributions() == ContributionFormat.BFLOAT16;
  }

  /** Returns for which unfreezings it is. */
  List<Long> unfrozenAt() {
    return unfrozenAt;
  }

  Replica replica() {
    return replica;
  }

  /** Takes the values with which a round begins. */
  void load(StateSource state) {
    state.load(stage, replica.weights(), slots.arrays());
    trained.pack(replica.parameters(), parameters);
    if (start != null) {
      System.arraycopy(parameters, 0, start, 0, start.length);
    }
  }

  /** Has the optimizer take the gradient that the replica has. */
  void step(long step, ScheduleContext course, int rollbacks) {
    trained.pack(replica.gradients(), gradient);
    plan.step(steps, parameters, gradient, slots.arrays(), step, course, rollbacks);
    trained.unpack(parameters, replica.parameters());
  }

  /**
   * Returns what the worker contributes: parameters, their change, or gradients.
   *
   * @param copies whether the next round must leave it as it is
   */
  float[] values(boolean copies) {
    float[] values = parameters;
    if (plan.averaging() == Averaging.GRADIENTS) {
      trained.pack(replica.gradients(), gradient);
      values = gradient;
    }
    if (start != null) {
      ContributionFormat.change(start, values);
      values = start;
    } else if (halves()) {
      BFloat16.round(values);
    }
    return copies ? values.clone() : values;
  }

  /** Returns the buffers of layers that are trained. */
  float[] buffers() {
    float[] moving = stage.values().buffers().pack(replica.buffers());
    return moving == replica.buffers() ? moving.clone() : moving;
  }

  /** Returns what the optimizer remembers. */
  float[] optimizerState() {
    float[] state = slots.flat();
    if (halves()) {
      BFloat16.round(state);
    }
    return state;
  }
}
