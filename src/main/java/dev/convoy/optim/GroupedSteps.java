package dev.convoy.optim;

import dev.convoy.nn.Slices;
import java.util.ArrayList;
import java.util.List;

/**
 * Steps of an optimizer on parameters in groups: each group is gathered into arrays of its own,
 * stepped at its rate, and put back. One group of everything is stepped where it lies. A warm step
 * allocates nothing.
 */
public final class GroupedSteps {
  private final Optimizer optimizer;
  private final List<Gathered> groups = new ArrayList<>();

  /** A group's part of a stretch, and room for it. */
  private record Gathered(
      Slices values,
      double rate,
      long start,
      float[] parameters,
      float[] gradient,
      float[][] state) {}

  /**
   * Steps of a stretch of the parameters.
   *
   * @param from where the stretch begins
   * @param to where it ends
   */
  public GroupedSteps(Optimizer optimizer, ParameterGroups all, int from, int to) {
    this.optimizer = optimizer;
    for (ParameterGroups.Group group : all.groups()) {
      Slices values = group.values().within(from, to);
      int room = values.isAll() ? 0 : values.count();
      if (values.count() > 0) {
        groups.add(
            new Gathered(
                values,
                group.rate(),
                group.start(),
                new float[room],
                new float[room],
                new float[optimizer.slots().size()][room]));
      }
    }
  }

  /**
   * One step.
   *
   * @param parameters of the stretch, changed in place
   * @param gradient of the mean loss
   * @param state an array a slot, each as long as the stretch; changed in place
   * @param step number of this step, from 1
   * @param learningRate of which each group has its multiple
   */
  public void step(
      float[] parameters, float[] gradient, float[][] state, long step, float learningRate) {
    for (Gathered group : groups) {
      float rate = group.rate == 1 ? learningRate : (float) (learningRate * group.rate);
      long number = step - group.start;
      if (group.values.isAll()) {
        optimizer.step(parameters, gradient, state, number, rate);
        continue;
      }
      group.values.pack(parameters, group.parameters);
      group.values.pack(gradient, group.gradient);
      for (int slot = 0; slot < state.length; slot++) {
        group.values.pack(state[slot], group.state[slot]);
      }
      optimizer.step(group.parameters, group.gradient, group.state, number, rate);
      group.values.unpack(group.parameters, parameters);
      for (int slot = 0; slot < state.length; slot++) {
        group.values.unpack(group.state[slot], state[slot]);
      }
    }
  }
}
