package dev.convoy.spark.split;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/**
 * Chooses a share of some examples by their keys alone, so that the same ones are chosen in any
 * order.
 *
 * <p>Examples of one key are copies of one picture: all of them are chosen, or none. They count to
 * the class of the smallest number among them. A class of n examples gives {@code round(share ·
 * n)}, half a one counting as one, but n - 1 at most. Pictures are taken in the order of their
 * keys; one with more copies than there is room for is passed over.
 */
final class ShareChoice {
  private final long[] keys;
  private final int[] classes;

  /** The examples by keys, and of one key by class. */
  private final Integer[] order;

  /**
   * Prepares a choice.
   *
   * @param keys one an example, equal for copies of one picture
   * @param classes one an example; all equal where there are none
   */
  ShareChoice(long[] keys, int[] classes) {
    this.keys = keys;
    this.classes = classes;
    order = new Integer[keys.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(
        order, Comparator.comparingLong((Integer i) -> keys[i]).thenComparingInt(i -> classes[i]));
  }

  /** Returns the places of the chosen ones. */
  BitSet chosen(double share) {
    Map<Integer, Integer> room = room(share);
    BitSet chosen = new BitSet(keys.length);
    for (int from = 0; from < order.length; from = end(from)) {
      int ofClass = classes[order[from]];
      int copies = end(from) - from;
      int left = room.getOrDefault(ofClass, 0) - copies;
      if (left >= 0) {
        room.put(ofClass, left);
        for (int i = from; i < from + copies; i++) {
          chosen.set(order[i]);
        }
      }
    }
    return chosen;
  }

  /** Returns how many examples each class gives. */
  private Map<Integer, Integer> room(double share) {
    Map<Integer, Integer> perClass = new HashMap<>();
    for (int from = 0; from < order.length; from = end(from)) {
      perClass.merge(classes[order[from]], end(from) - from, Integer::sum);
    }
    perClass.replaceAll((c, count) -> (int) Math.min(count - 1, Math.round(share * count)));
    return perClass;
  }

  /** Returns where the copies end that begin there. */
  private int end(int from) {
    int end = from + 1;
    while (end < order.length && keys[order[end]] == keys[order[from]]) {
      end++;
    }
    return end;
  }
}
