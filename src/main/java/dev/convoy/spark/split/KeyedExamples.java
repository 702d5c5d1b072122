package dev.convoy.spark.split;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** All examples of a data set in their order, by what their portions told of them. */
final class KeyedExamples {
  private final List<KeyedPortion> portions;

  /** The portion of each example, and its place there. */
  private final int[] portion;

  private final int[] place;

  /** Puts the examples of these portions in order. */
  KeyedExamples(List<KeyedPortion> portions) {
    this.portions = portions;
    int size = portions.stream().mapToInt(KeyedPortion::size).reduce(0, Math::addExact);
    long[] all = new long[size];
    int next = 0;
    for (int p = 0; p < portions.size(); p++) {
      for (int i = 0; i < portions.get(p).size(); i++) {
        all[next++] = (long) p << Integer.SIZE | i;
      }
    }
    Long[] order = Arrays.stream(all).boxed().toArray(Long[]::new);
    Arrays.sort(
        order,
        Comparator.comparingInt((Long entry) -> portions.get(portion(entry)).part())
            .thenComparingInt(entry -> portions.get(portion(entry)).positions()[entry.intValue()]));
    portion = new int[size];
    place = new int[size];
    for (int i = 0; i < size; i++) {
      portion[i] = portion(order[i]);
      place[i] = order[i].intValue();
    }
  }

  private static int portion(long entry) {
    return (int) (entry >> Integer.SIZE);
  }

  int size() {
    return portion.length;
  }

  int part(int example) {
    return portions.get(portion[example]).part();
  }

  int position(int example) {
    return portions.get(portion[example]).positions()[place[example]];
  }

  int label(int example) {
    return portions.get(portion[example]).labels()[place[example]];
  }

  float weight(int example) {
    return portions.get(portion[example]).weights()[place[example]];
  }

  byte[] digest(int example) {
    return portions.get(portion[example]).digest(place[example]);
  }

  /** The key of each. */
  long[] keys() {
    long[] keys = new long[size()];
    Arrays.setAll(keys, i -> portions.get(portion[i]).keys()[place[i]]);
    return keys;
  }

  /** The class of each; all 0 where they have target vectors. */
  int[] labels() {
    int[] labels = new int[size()];
    Arrays.setAll(labels, this::label);
    return labels;
  }
}
