package dev.convoy.spark.portion;

import dev.convoy.data.DataFingerprint;
import dev.convoy.data.LabelRuns;
import dev.convoy.image.DataException;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleConsumer;

/** Puts the examples of one part of a data set in the order of their positions. */
final class PartOrder {
  private static final long LOW = 0xFFFFFFFFL;

  private final List<FoundPortion> portions;

  /** The number of the first example of each portion, as they were found. */
  private final int[] starts;

  /** The position of each example, and the number as it was found, sorted. */
  private final long[] order;

  /** Orders the portions of one part. */
  PartOrder(List<FoundPortion> portions) {
    this.portions = portions;
    starts = new int[portions.size()];
    int examples = 0;
    for (int i = 0; i < starts.length; i++) {
      starts[i] = examples;
      examples = Math.addExact(examples, portions.get(i).positions().length);
    }
    order = new long[examples];
    int next = 0;
    for (FoundPortion portion : portions) {
      for (int position : portion.positions()) {
        order[next] = (long) position << Integer.SIZE | next++;
      }
    }
    Arrays.sort(order);
    for (int i = 1; i < order.length; i++) {
      if (order[i] >> Integer.SIZE == order[i - 1] >> Integer.SIZE) {
        throw new DataException(
            "Every image of a data set must have a number of its own, but two have "
                + (order[i] >> Integer.SIZE));
      }
    }
  }

  /**
   * Adds the examples' digests and labels, and returns how many examples there are.
   *
   * @param weights hears the weight of each, in their order
   */
  int addTo(DataFingerprint fingerprint, LabelRuns runs, DoubleConsumer weights) {
    byte[] digest = new byte[DataFingerprint.BYTES];
    for (long entry : order) {
      int number = (int) (entry & LOW);
      int start = Arrays.binarySearch(starts, number);
      int portion = start < 0 ? -start - 2 : start;
      while (portions.get(portion).positions().length == 0) {
        portion++; // of several that start at a number, the last has examples
      }
      int example = number - starts[portion];
      FoundPortion found = portions.get(portion);
      System.arraycopy(found.digests(), example * digest.length, digest, 0, digest.length);
      fingerprint.add(digest);
      runs.add(found.label(example));
      weights.accept(found.weight(example));
    }
    return order.length;
  }
}
