package dev.convoy.nn.preset;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a user may choose of a named network, beside its input and its classes.
 *
 * @param width factor of the numbers of channels, above 0 and at most 8; absent for the network's
 *     own
 * @param dropout rate before the dense layers at the end, in {@code [0, 1)}; absent for the
 *     network's own
 */
@PublicApi
public record Choices(@Nullable Float width, @Nullable Float dropout) {
  /** All as the network has it. */
  public static final Choices NONE = new Choices(null, null);

  private static final float WIDEST = 8;

  public Choices {
    if (width != null && !(width > 0 && width <= WIDEST)) {
      throw new IllegalArgumentException(
          "Choices.width must be above 0 and at most 8, but was " + width);
    }
    if (dropout != null) {
      Check.fraction(dropout, "Choices.dropout");
    }
  }

  float widthOr(double own) {
    return width == null ? (float) own : width;
  }

  float dropoutOr(double own) {
    return dropout == null ? (float) own : dropout;
  }

  /** Channels times a factor, as the nearest multiple of 8 that takes no more than a tenth away. */
  static int channels(double wanted) {
    return multiple(wanted, 8);
  }

  static int multiple(double wanted, int of) {
    int near = Math.max(of, (int) (wanted + of / 2.0) / of * of);
    return near < 0.9 * wanted ? near + of : near;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "width %s, dropout %s", width, dropout);
  }
}
