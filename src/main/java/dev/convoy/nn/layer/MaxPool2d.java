package dev.convoy.nn.layer;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Defaulted;
import dev.convoy.tensor.Shape;

/**
 * Takes the largest value of each window, channel by channel.
 *
 * <p>Maps {@code [C, H, W]} to {@code [C, OH, OW]} with {@code OH = floor((H + top + bottom - kh) /
 * s) + 1}. The first value in row-major order wins a tie, NaN always wins, and the border counts as
 * minus infinity. Source: Scherer et al., ICANN 2010.
 *
 * @param kernel side of the window
 * @param stride pixels from one window to the next; the kernel by default
 * @param padding border; valid (none) by default, each side narrower than the window
 * @param dilation pixels from one cell of the window to the next; 1 by default
 * @param ceilMode whether a last window may reach over the image's edge; false by default
 */
@PublicApi
public record MaxPool2d(
    Size kernel,
    @Defaulted Size stride,
    @Defaulted Padding padding,
    @Defaulted Size dilation,
    boolean ceilMode)
    implements Layer {

  public MaxPool2d {
    Check.present(kernel, "MaxPool2d.kernel");
    stride = stride == null ? kernel : stride;
    padding = padding == null ? Padding.VALID : padding;
    dilation = dilation == null ? Size.of(1) : dilation;
    AvgPool2d.checkBorder(padding, kernel, "MaxPool2d");
  }

  /** Square windows of this side and stride. */
  public static MaxPool2d of(int kernel, int stride) {
    return new MaxPool2d(Size.of(kernel), Size.of(stride), null, null, false);
  }

  /** The same with this border. */
  public MaxPool2d withPadding(Padding padding) {
    return new MaxPool2d(kernel, stride, padding, dilation, ceilMode);
  }

  /** The windows over an image of shape {@code in}. */
  public Window window(Shape in) {
    return Window.over(in, kernel, stride, dilation, padding, ceilMode);
  }

  @Override
  public Shape outputShape(Shape in) {
    Window window = window(in);
    return Shape.of(in.channels(), window.outputHeight(), window.outputWidth());
  }
}
