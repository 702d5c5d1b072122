package dev.convoy.train.sampling;

import dev.convoy.random.Permutation;
import dev.convoy.random.Purpose;
import java.io.Serializable;
import java.util.List;

/**
 * Uses images of small classes several times, so that every class that has any has as many as the
 * largest: all of its images equally often, and which once more is drawn from the seed. A function
 * of the labels, in their order, and the seed alone. Each use has a number of its own: the first of
 * an image is that of the image, and all others follow, class by class.
 */
public final class Oversampling implements Serializable {
  private static final long serialVersionUID = 1;

  private final long seed;

  /** The place of each image among those of its class. */
  private final int[] ranks;

  private final int[] counts;
  private final int most;

  /** The number, for each class, of the first use that is not an image's first. */
  private final int[] firstExtra;

  /**
   * Plans the uses of images of these classes.
   *
   * @param labels class number of each image, in their order
   * @param classes how many there are
   */
  public Oversampling(int[] labels, int classes, long seed) {
    this.seed = seed;
    ranks = new int[labels.length];
    counts = new int[classes];
    for (int i = 0; i < labels.length; i++) {
      ranks[i] = counts[labels[i]]++;
    }
    int largest = 0;
    for (int count : counts) {
      largest = Math.max(largest, count);
    }
    most = largest;
    firstExtra = new int[classes];
    int next = labels.length;
    for (int c = 0; c < classes; c++) {
      firstExtra[c] = next;
      next = Math.addExact(next, counts[c] == 0 ? 0 : most - counts[c]);
    }
  }

  /**
   * Returns how many uses there are in an epoch.
   *
   * @param perClass images of each class
   */
  public static long examples(List<Integer> perClass) {
    long most = perClass.stream().mapToInt(count -> count).max().orElse(0);
    return most * perClass.stream().filter(count -> count > 0).count();
  }

  /** The numbers of all uses of an image of this class, the first of them its own. */
  public int[] uses(int image, int label) {
    int count = counts[label];
    int extra = most - count;
    int[] uses = new int[1 + extra / count + (isDrawn(image, label) ? 1 : 0)];
    uses[0] = image;
    for (int i = 1; i < uses.length; i++) {
      int place = i <= extra / count ? ranks[image] : place(image, label);
      uses[i] = firstExtra[label] + (i - 1) * count + place;
    }
    return uses;
  }

  private boolean isDrawn(int image, int label) {
    int rest = (most - counts[label]) % counts[label];
    return rest > 0 && place(image, label) < rest;
  }

  private int place(int image, int label) {
    return Permutation.of(counts[label], seed, Purpose.OVERSAMPLING, label).placeOf(ranks[image]);
  }
}
