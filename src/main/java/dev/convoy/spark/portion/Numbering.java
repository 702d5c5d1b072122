package dev.convoy.spark.portion;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Gives each usable example of a data set its id: its place in the order of parts, then of
 * positions in a part, bad records left out.
 *
 * @param first id of the first example of each part
 * @param bad sorted positions of the bad records of each part
 */
public record Numbering(int[] first, int[][] bad) implements Serializable {
  /** The numbering of a data set that has one part and no bad record. */
  public static final Numbering PLAIN = new Numbering(new int[] {0}, new int[][] {{}});

  /** The ids of a portion's images. */
  public int[] ids(Portion portion) {
    return Arrays.stream(portion.images().ids()).map(at -> id(portion.part(), at)).toArray();
  }

  int id(int part, int position) {
    int found = Arrays.binarySearch(bad[part], position);
    // Where it is not found, what comes back is -(how many are smaller) - 1.
    return first[part] + position - (found < 0 ? -found - 1 : found);
  }

  /** Returns the places of the bad records in the order of all records, good and bad. */
  public int[] badPlaces() {
    int[] places = new int[Arrays.stream(bad).mapToInt(part -> part.length).sum()];
    int count = 0;
    for (int part = 0; part < bad.length; part++) {
      int before = first[part] + count;
      for (int position : bad[part]) {
        places[count++] = before + position;
      }
    }
    return places;
  }
}
