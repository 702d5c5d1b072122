package dev.convoy.kernel.lane;

/**
 * Scratch memory in which the layers of a replica work in turn: each finds it in the cache, where
 * the one before it worked, and a network takes as much of it as its largest layer. Nothing stays
 * there from one call of a layer to the next.
 *
 * <p>A layer {@link #reserve reserves} all it needs when it is made, and asks for it at work. One
 * thread owns it.
 */
public final class Workspace {
  private final int[] lengths = new int[Area.values().length];
  private final float[][] areas = new float[lengths.length][];

  /** The areas: what a layer needs at the same time lies in different ones. */
  public enum Area {
    /** Tiles of Winograd's algorithm that are multiplied, and their products. */
    PRODUCT_TILES,
    /** A panel of transformed inputs, with channels in the lanes. */
    INPUT_TILES,
    /** A panel of transformed gradients. */
    GRADIENT_TILES,
    /** A lane block of inputs, with channels in the lanes. */
    INPUT_PLANES,
    /** A lane block of gradients, with channels in the lanes. */
    GRADIENT_PLANES,
    /** Transformed filters. */
    FILTERS,
    /** Gradients of filters while they are summed up. */
    SUMS,
    /** Filters or their gradients cell by cell. */
    CELLS,
    /** Inputs of a convolution, of some lane blocks, normalised. */
    NORMALIZED,
    /** The gradient of some lane blocks, before it goes where it belongs. */
    GRADIENTS,
    /** Inputs of a convolution, or gradients of its outputs, with a border. */
    PADDED,
    /** Filters in the order in which they are multiplied. */
    PACKED,
    /** Outputs of a convolution before they are pooled, or their gradients. */
    UNPOOLED,
    /** Which values a max pool took, where no backward pass asks for them. */
    WINNERS
  }

  /** Provides for so many floats, from {@link Scratch#START} on. */
  public void reserve(Area area, int length) {
    lengths[area.ordinal()] = Math.max(lengths[area.ordinal()], length);
  }

  /** Returns the floats of all areas together, once each is in use. */
  public long reservedFloats() {
    long floats = 0;
    for (int length : lengths) {
      floats += length == 0 ? 0 : Scratch.START + length;
    }
    return floats;
  }

  /** Returns the floats of an area, of any value; the same array until more is reserved. */
  public float[] of(Area area) {
    int i = area.ordinal();
    if (areas[i] == null || areas[i].length < Scratch.START + lengths[i]) {
      areas[i] = Scratch.of(lengths[i]);
    }
    return areas[i];
  }
}
