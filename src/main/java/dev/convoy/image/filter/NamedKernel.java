package dev.convoy.image.filter;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Kernels that have a name. Those that find edges are given for correlation: a horizontal edge is
 * bright if the picture is brighter above it, a vertical one if the picture is brighter left of it.
 */
public enum NamedKernel {
  IDENTITY("the picture itself", 1, "0 0 0 / 0 1 0 / 0 0 0"),
  BOX_BLUR("the mean of each pixel and its neighbours", 9, "1 1 1 / 1 1 1 / 1 1 1"),
  GAUSSIAN_BLUR("a softer blur, by binomial weights", 16, "1 2 1 / 2 4 2 / 1 2 1"),
  SHARPEN("the picture less its Laplacian", 1, "0 -1 0 / -1 5 -1 / 0 -1 0"),
  EMBOSS("the picture as a relief, lit from the top left", 1, "-2 -1 0 / -1 1 1 / 0 1 2"),
  SOBEL_HORIZONTAL("horizontal edges", 1, "1 2 1 / 0 0 0 / -1 -2 -1"),
  SOBEL_VERTICAL("vertical edges", 1, "1 0 -1 / 2 0 -2 / 1 0 -1"),
  SOBEL_DIAGONAL("edges from top left to bottom right", 1, "0 1 2 / -1 0 1 / -2 -1 0"),
  PREWITT_HORIZONTAL("horizontal edges, all columns alike", 1, "1 1 1 / 0 0 0 / -1 -1 -1"),
  PREWITT_VERTICAL("vertical edges, all rows alike", 1, "1 0 -1 / 1 0 -1 / 1 0 -1"),
  SCHARR_HORIZONTAL("horizontal edges, their angle more exact", 1, "3 10 3 / 0 0 0 / -3 -10 -3"),
  SCHARR_VERTICAL("vertical edges, their angle more exact", 1, "3 0 -3 / 10 0 -10 / 3 0 -3"),
  LAPLACIAN("edges of all directions, as lines of both signs", 1, "0 1 0 / 1 -4 1 / 0 1 0"),
  CROSS_DERIVATIVE("corners and diagonals", 1, "1 0 -1 / 0 0 0 / -1 0 1");

  private final String effect;
  private final int divisor;
  private final FilterKernel undivided;

  NamedKernel(String effect, int divisor, String rows) {
    this.effect = effect;
    this.divisor = divisor;
    this.undivided = KernelText.parse(rows.replace(" / ", "\n"), "kernel");
  }

  /** The kernel. */
  public FilterKernel kernel() {
    return undivided.dividedBy(divisor);
  }

  /** The kernel as a person would write it, as in {@code [[1,2,1],[2,4,2],[1,2,1]] / 16}. */
  public String formula() {
    return divisor == 1 ? undivided.toString() : undivided + " / " + divisor;
  }

  /** Tells what it makes of a picture, in a few words. */
  public String effect() {
    return effect;
  }

  /** The kernel of this name; case, hyphens and underscores don't count. */
  public static Optional<NamedKernel> find(String name) {
    return Arrays.stream(values()).filter(k -> plain(k.name()).equals(plain(name))).findFirst();
  }

  /** All names, in order. */
  public static List<String> names() {
    return Arrays.stream(values()).map(NamedKernel::toString).toList();
  }

  /** Returns the name on the command line, as in {@code sobel-horizontal}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
  }
}
