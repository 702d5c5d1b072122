package dev.convoy.kernel.pool;

/**
 * One axis of a bilinear resampling: each output lies between two inputs, pixels being areas whose
 * corners, not centres, are aligned ({@code x = (o + 0.5) · inputs / outputs - 0.5}, kept inside).
 */
public final class BilinearAxis {
  private final int inputs;
  private final int[] first;
  private final int[] second;
  private final float[] firstWeight;
  private final float[] secondWeight;

  /** An axis of so many inputs and outputs, at least one of each. */
  public BilinearAxis(int inputs, int outputs) {
    this.inputs = inputs;
    first = new int[outputs];
    second = new int[outputs];
    firstWeight = new float[outputs];
    secondWeight = new float[outputs];
    for (int output = 0; output < outputs; output++) {
      double place = Math.max(0, (output + 0.5) * inputs / outputs - 0.5);
      first[output] = (int) place;
      second[output] = Math.min(first[output] + 1, inputs - 1);
      secondWeight[output] = (float) (place - first[output]);
      firstWeight[output] = 1 - secondWeight[output];
    }
  }

  /** Returns how many inputs there are. */
  int inputs() {
    return inputs;
  }

  /** Returns how many outputs there are. */
  int outputs() {
    return first.length;
  }

  /** Returns the input before an output. */
  int first(int output) {
    return first[output];
  }

  /** Returns the input after it: the same one at the end. */
  int second(int output) {
    return second[output];
  }

  /** Returns the share of the input before. */
  float firstWeight(int output) {
    return firstWeight[output];
  }

  /** Returns the share of the input after. */
  float secondWeight(int output) {
    return secondWeight[output];
  }
}
