package dev.convoy.nn.layer;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Defaulted;
import dev.convoy.tensor.Shape;
import org.jspecify.annotations.Nullable;

/**
 * Takes the mean of each window, channel by channel.
 *
 * <p>Maps {@code [C, H, W]} to {@code [C, OH, OW]} with {@code OH = floor((H + top + bottom - kh) /
 * s) + 1}. Source: LeCun et al., Proc. IEEE 1998 (subsampling).
 *
 * @param kernel side of the window
 * @param stride pixels from one window to the next; the kernel by default
 * @param padding border of zeros; valid (none) by default, each side narrower than the window
 * @param ceilMode whether a last window may reach over the image's edge; false by default
 * @param countIncludePad whether cells of the border count in the divisor; true by default
 * @param divisor what each sum is divided by; by default the number of cells
 */
@PublicApi
public record AvgPool2d(
    Size kernel,
    @Defaulted Size stride,
    @Defaulted Padding padding,
    boolean ceilMode,
    @Defaulted Boolean countIncludePad,
    @Nullable Integer divisor)
    implements Layer {

  public AvgPool2d {
    Check.present(kernel, "AvgPool2d.kernel");
    stride = stride == null ? kernel : stride;
    padding = padding == null ? Padding.VALID : padding;
    countIncludePad = countIncludePad == null || countIncludePad;
    if (divisor != null) {
      Check.positive(divisor, "AvgPool2d.divisor");
    }
    checkBorder(padding, kernel, "AvgPool2d");
  }

  /** Square windows of this side and stride. */
  public static AvgPool2d of(int kernel, int stride) {
    return new AvgPool2d(Size.of(kernel), Size.of(stride), null, false, null, null);
  }

  /** The windows over an image of shape {@code in}. */
  public Window window(Shape in) {
    return Window.over(in, kernel, stride, Size.of(1), padding, ceilMode);
  }

  @Override
  public Shape outputShape(Shape in) {
    Window window = window(in);
    return Shape.of(in.channels(), window.outputHeight(), window.outputWidth());
  }

  /** A window that lay in the border alone would have nothing to pool. */
  static void checkBorder(Padding padding, Size kernel, String who) {
    int vertical = Math.max(padding.top(), padding.bottom());
    int horizontal = Math.max(padding.left(), padding.right());
    if (vertical >= kernel.height() || horizontal >= kernel.width()) {
      throw new IllegalArgumentException(
          who
              + ".padding must be narrower than its kernel, but were "
              + Math.max(vertical, horizontal)
              + " and "
              + kernel);
    }
  }
}
