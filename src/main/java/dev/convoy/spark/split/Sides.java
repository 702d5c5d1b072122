package dev.convoy.spark.split;

import dev.convoy.image.ImageBlock;
import dev.convoy.spark.portion.Portion;
import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Deals the images of portions to their sides.
 *
 * @param chosen the sorted positions, part by part, of the images of the validation side
 */
record Sides(int[][] chosen) implements Serializable {
  private static final long serialVersionUID = 1;

  /** The training side's images, which keep their positions. */
  Portion training(Portion portion) {
    int[] ids = portion.images().ids();
    int[] some = IntStream.range(0, ids.length).filter(i -> rank(portion, ids[i]) < 0).toArray();
    return portion.with(
        some(portion.images(), some, Arrays.stream(some).map(i -> ids[i]).toArray()));
  }

  /** The validation side's images, whose positions count them alone. */
  Portion validation(Portion portion) {
    int[] ids = portion.images().ids();
    int[] some = IntStream.range(0, ids.length).filter(i -> rank(portion, ids[i]) >= 0).toArray();
    return portion.with(
        some(
            portion.images(), some, Arrays.stream(some).map(i -> rank(portion, ids[i])).toArray()));
  }

  private int rank(Portion portion, int position) {
    return Arrays.binarySearch(chosen[portion.part()], position);
  }

  private static ImageBlock some(ImageBlock images, int[] places, int[] ids) {
    ImageBlock some = images.room(ids);
    for (int i = 0; i < places.length; i++) {
      some.put(i, images, places[i]);
    }
    return some;
  }
}
