package dev.convoy.train.round;

import dev.convoy.nn.FloatBytes;
import dev.convoy.train.tuning.TuningStage;
import java.io.Serializable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a state, a contribution or their mean holds for a stretch of the parameters that are
 * trained, be it a shard or all of them. They lie packed, one after the other.
 *
 * @param values parameters, or a sum of gradients; n of them
 * @param optimizerState slot after slot, n values each; empty where none is kept or sent
 * @param outerMomentum n values, or none
 */
public record Shard(float[] values, float[] optimizerState, float[] outerMomentum)
    implements Serializable {
  private static final long serialVersionUID = 1;

  private static final float[] NONE = {};

  /** Returns all that a state holds, not copied where everything is trained. */
  public static Shard of(TrainingPlan plan, State state) {
    float[] values = state.stage(plan).values().parameters().pack(state.parameters());
    return new Shard(values, state.optimizerState(), state.outerMomentum());
  }

  /** Returns all that a contribution holds, not copied; absent where its worker had no example. */
  static @Nullable Shard of(Contribution contribution) {
    return contribution.examples() == 0
        ? null
        : new Shard(contribution.values(), contribution.optimizerState(), NONE);
  }

  /** A part of a state, copied. */
  public static Shard of(TrainingPlan plan, State state, int from, int to) {
    return of(plan, state).part(from, to);
  }

  /** Room for all of a state of a plan that rounds of a stage change. */
  public static Shard room(TrainingPlan plan, TuningStage stage) {
    int parameters = stage.parameterCount();
    return new Shard(
        new float[parameters],
        new float[plan.optimizer().stateSize(parameters)],
        new float[plan.outer() == null ? 0 : parameters]);
  }

  /** Returns what this holds for some of its parameters, copied. */
  public Shard part(int from, int to) {
    int n = to - from;
    float[] slots = new float[slots() * n];
    for (int slot = 0; slot < slots(); slot++) {
      System.arraycopy(optimizerState, slot * values.length + from, slots, slot * n, n);
    }
    float[] outer = outerMomentum.length == 0 ? NONE : Arrays.copyOfRange(outerMomentum, from, to);
    return new Shard(Arrays.copyOfRange(values, from, to), slots, outer);
  }

  /** Puts what a part holds to its place, from parameter {@code from} on. */
  public void put(int from, Shard part) {
    int n = part.values.length;
    System.arraycopy(part.values, 0, values, from, n);
    for (int slot = 0; slot < slots(); slot++) {
      System.arraycopy(
          part.optimizerState, slot * n, optimizerState, slot * values.length + from, n);
    }
    if (outerMomentum.length > 0) {
      System.arraycopy(part.outerMomentum, 0, outerMomentum, from, n);
    }
  }

  /**
   * Copies the values and the optimizer's state to where a worker has its own.
   *
   * @param from packed parameter with which this begins there
   * @param stage in which the state is
   * @param parameters all of the network
   * @param slots an array a slot, each as long as the parameters that are trained
   */
  public void copyTo(int from, TuningStage stage, float[] parameters, float[][] slots) {
    stage.values().parameters().unpack(from, values, parameters);
    for (int slot = 0; slot < slots.length; slot++) {
      System.arraycopy(optimizerState, slot * values.length, slots[slot], from, values.length);
    }
  }

  /** Arrays of values that the optimizer keeps. */
  private int slots() {
    return values.length == 0 ? 0 : optimizerState.length / values.length;
  }

  private Object writeReplace() {
    return new InBytes(
        FloatBytes.of(values), FloatBytes.of(optimizerState), FloatBytes.of(outerMomentum));
  }

  /** How a shard travels. */
  private record InBytes(byte[] values, byte[] optimizerState, byte[] outerMomentum)
      implements Serializable {
    private static final long serialVersionUID = 1;

    private Object readResolve() {
      return new Shard(
          FloatBytes.floats(values),
          FloatBytes.floats(optimizerState),
          FloatBytes.floats(outerMomentum));
    }
  }
}
