package dev.convoy.optim;

/**
 * An optimizer's state while it steps: an array a slot. At rest, on the way and in averages, the
 * state is one flat array, slot after slot.
 */
public final class Slots {
  private final float[][] arrays;

  /** The memory for so many parameters. */
  public Slots(Optimizer optimizer, int parameterCount) {
    arrays = new float[optimizer.slots().size()][parameterCount];
  }

  /** An array a slot, as {@link Optimizer#step} takes them. */
  public float[][] arrays() {
    return arrays;
  }

  /** Takes the values of a flat state. */
  public void load(float[] flat) {
    for (int slot = 0; slot < arrays.length; slot++) {
      int count = arrays[slot].length;
      System.arraycopy(flat, slot * count, arrays[slot], 0, count);
    }
  }

  /** The values as a flat state of its own. */
  public float[] flat() {
    float[] flat = new float[arrays.length == 0 ? 0 : arrays.length * arrays[0].length];
    store(flat);
    return flat;
  }

  /** Puts the values into a flat state. */
  public void store(float[] flat) {
    for (int slot = 0; slot < arrays.length; slot++) {
      int count = arrays[slot].length;
      System.arraycopy(arrays[slot], 0, flat, slot * count, count);
    }
  }
}
