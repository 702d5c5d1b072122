package dev.convoy.model.onnx.in;

import java.util.Arrays;

/** Works out the sizes that a reshape gives. */
final class Reshaping {
  private Reshaping() {}

  /** The sizes that are asked for: 0 is that of before, -1 what is left. */
  static int[] sizes(Operator node, int[] from, int[] given) {
    long all = 1;
    for (int size : from) {
      all *= size;
    }
    boolean keepsZeros = node.whole("allowzero", 0) != 0;
    int[] sizes = given.clone();
    int open = -1;
    long known = 1;
    for (int i = 0; i < sizes.length; i++) {
      if (sizes[i] == 0 && !keepsZeros) {
        if (i >= from.length) {
          throw node.wrong("must keep an axis that is there, but there is no axis " + i);
        }
        sizes[i] = from[i];
      }
      if (sizes[i] == -1 && open < 0) {
        open = i;
      } else if (sizes[i] < 1) {
        throw node.wrong("must give sizes of at least 1, but gives " + Arrays.toString(given));
      } else {
        known = Math.min(known * sizes[i], Integer.MAX_VALUE);
      }
    }
    if (open >= 0 && all % known == 0) {
      sizes[open] = (int) (all / known);
      known *= sizes[open];
    }
    if (known != all) {
      throw node.wrong(
          "must give as many values as it takes, but makes "
              + Arrays.toString(given)
              + " of "
              + Arrays.toString(from));
    }
    return sizes;
  }
}
