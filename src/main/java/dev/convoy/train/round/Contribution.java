package dev.convoy.train.round;

import dev.convoy.nn.FloatBytes;
import java.io.Serializable;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What a worker returns from a round.
 *
 * @param worker from 0
 * @param values its parameters after its steps or, as {@link ContributionFormat#BFLOAT16}, their
 *     change; or the sum of its batch's gradients: of those parameters that are trained, packed
 * @param buffers of the network after its steps, those of layers that are trained, packed
 * @param optimizerState after its steps; empty where the driver steps
 * @param examples used
 * @param weight of these examples, as {@link dev.convoy.loss.BatchLoss#weight} has it
 * @param counted the sum of their own weights, as {@link dev.convoy.loss.BatchLoss#counted} has it
 * @param steps made
 * @param lossSum over the examples, each taken times its own weight, before the step that it was
 *     part of
 * @param correct how many of them, each times its own weight, were predicted right at that moment,
 *     as {@link dev.convoy.loss.BatchLoss#correct} has it
 * @param failure where a value stopped being finite; absent if all is well
 * @param seat where it was computed: no two contributions of one seat were computed at once
 * @param computeSeconds that the worker took, from taking the state to copying its result
 * @param hash by which two contributions are told apart, as of the whole one
 */
public record Contribution(
    int worker,
    float[] values,
    float[] buffers,
    float[] optimizerState,
    long examples,
    double weight,
    double counted,
    int steps,
    double lossSum,
    double correct,
    @Nullable String failure,
    String seat,
    double computeSeconds,
    long hash)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /** A contribution with the hash that follows from it. */
  public Contribution(
      int worker,
      float[] values,
      float[] buffers,
      float[] optimizerState,
      long examples,
      double weight,
      double counted,
      int steps,
      double lossSum,
      double correct,
      @Nullable String failure,
      String seat,
      double computeSeconds) {
    this(
        worker,
        values,
        buffers,
        optimizerState,
        examples,
        weight,
        counted,
        steps,
        lossSum,
        correct,
        failure,
        seat,
        computeSeconds,
        ContributionHash.of(values, buffers, optimizerState, examples, lossSum));
  }

  /** Returns the contribution of a worker that had no example in the round. */
  public static Contribution none(int worker) {
    return new Contribution(
        worker, new float[0], new float[0], new float[0], 0, 0, 0, 0, 0, 0, null, "", 0);
  }

  /** The same without values and optimizer state, which stay where they are. */
  public Contribution report() {
    return new Contribution(
        worker,
        new float[0],
        buffers,
        new float[0],
        examples,
        weight,
        counted,
        steps,
        lossSum,
        correct,
        failure,
        seat,
        computeSeconds,
        hash);
  }

  /** Mean loss; 0 of examples that weigh nothing. */
  public double loss() {
    return weight == 0 ? 0 : lossSum / weight;
  }

  /** Returns {@link #hash} in 16 hexadecimal digits; absent where the worker had no example. */
  public @Nullable String hashText() {
    return examples == 0 ? null : HexFormat.of().toHexDigits(hash);
  }

  private Object writeReplace() {
    return new InBytes(
        worker,
        FloatBytes.compact(values),
        FloatBytes.of(buffers),
        FloatBytes.compact(optimizerState),
        examples,
        weight,
        counted,
        steps,
        lossSum,
        correct,
        failure,
        seat,
        computeSeconds,
        hash);
  }

  /** How a contribution travels. */
  private record InBytes(
      int worker,
      byte[] values,
      byte[] buffers,
      byte[] optimizerState,
      long examples,
      double weight,
      double counted,
      int steps,
      double lossSum,
      double correct,
      @Nullable String failure,
      String seat,
      double computeSeconds,
      long hash)
      implements Serializable {
    private static final long serialVersionUID = 1;

    private Object readResolve() {
      return new Contribution(
          worker,
          FloatBytes.compacted(values),
          FloatBytes.floats(buffers),
          FloatBytes.compacted(optimizerState),
          examples,
          weight,
          counted,
          steps,
          lossSum,
          correct,
          failure,
          seat,
          computeSeconds,
          hash);
    }
  }
}
