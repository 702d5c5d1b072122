package dev.convoy.nn.layer;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import java.io.Serializable;

/**
 * The border around an image. A job writes {@code valid} (none), {@code same}, {@code 2} (each
 * side), {@code [1, 2]} (top and bottom, left and right) or {@code [1, 2, 3, 4]} (top, left,
 * bottom, right).
 *
 * <p>{@code same} gives {@code ceil(n / stride)} outputs; what of the border is odd goes to the
 * bottom and the right.
 *
 * @param same whether the sides follow from the image's size; the sides below are then 0
 * @param top rows above the image, at least 0
 * @param left columns before it
 * @param bottom rows below it
 * @param right columns after it
 */
@PublicApi
public record Padding(boolean same, int top, int left, int bottom, int right)
    implements Serializable {
  /** No border. */
  public static final Padding VALID = new Padding(false, 0, 0, 0, 0);

  /** A border that keeps the side at stride 1. */
  public static final Padding SAME = new Padding(true, 0, 0, 0, 0);

  public Padding {
    Check.atLeast(top, 0, "padding.top");
    Check.atLeast(left, 0, "padding.left");
    Check.atLeast(bottom, 0, "padding.bottom");
    Check.atLeast(right, 0, "padding.right");
  }

  /** The same border on each side. */
  public static Padding of(int side) {
    return new Padding(false, side, side, side, side);
  }

  /** A border of these rows above and below, and of these columns left and right. */
  public static Padding of(int vertical, int horizontal) {
    return new Padding(false, vertical, horizontal, vertical, horizontal);
  }

  /** A border of these sides. */
  public static Padding of(int top, int left, int bottom, int right) {
    return new Padding(false, top, left, bottom, right);
  }
}
