package dev.convoy.nn.layer;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Defaulted;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.ShapeException;
import java.util.ArrayList;
import java.util.List;

/**
 * The transpose of a convolution: each pixel puts its filters, times its value, into the output;
 * what overlaps adds up. Makes images larger where a {@code conv2d} of the same keys makes them
 * smaller.
 *
 * <p>Maps {@code [C, H, W]} to {@code [filters, OH, OW]}: {@code y[o, m·s + j·d - top, n·s + k·d -
 * left] += weight[c, o, j, k] · x[c, m, n]}, with {@code OH = (H - 1)·s - top - bottom + d·(kh - 1)
 * + 1 + outputPadding}, or {@code H·s} where the padding is {@code same}. Parameters: {@code weight
 * [C, filters/groups, kh, kw]}, {@code bias [filters]}. Source: Zeiler et al., CVPR 2010.
 *
 * @param filters output channels, at least 1
 * @param kernel side of the filters
 * @param stride pixels of the output from one pixel of the input to the next; 1 by default
 * @param padding rows and columns cut off the output's sides; valid (none) by default
 * @param outputPadding rows and columns added at the output's bottom and right, below the stride; 0
 *     by default
 * @param dilation pixels from one cell of the filter to the next; 1 by default
 * @param groups parts into which input and output channels are cut, each seeing only its own; 1 by
 *     default
 * @param bias whether a bias is added; true by default
 * @param initializer how the weights start; He's normal by default
 */
@PublicApi
public record ConvTranspose2d(
    int filters,
    Size kernel,
    @Defaulted Size stride,
    @Defaulted Padding padding,
    @Defaulted Integer outputPadding,
    @Defaulted Size dilation,
    @Defaulted Integer groups,
    @Defaulted Boolean bias,
    @Defaulted Initializer initializer)
    implements Layer {

  public ConvTranspose2d {
    Check.positive(filters, "ConvTranspose2d.filters");
    Check.present(kernel, "ConvTranspose2d.kernel");
    stride = stride == null ? Size.of(1) : stride;
    padding = padding == null ? Padding.VALID : padding;
    outputPadding = outputPadding == null ? 0 : outputPadding;
    Check.atLeast(outputPadding, 0, "ConvTranspose2d.outputPadding");
    dilation = dilation == null ? Size.of(1) : dilation;
    groups = groups == null ? 1 : Check.positive(groups, "ConvTranspose2d.groups");
    bias = bias == null || bias;
    initializer = initializer == null ? Initializer.HE_NORMAL : initializer;
    if (filters % groups != 0) {
      throw new IllegalArgumentException(
          "ConvTranspose2d.filters must be a multiple of its groups, but were "
              + filters
              + " and "
              + groups);
    }
    if (outputPadding >= Math.min(stride.height(), stride.width())) {
      throw new IllegalArgumentException(
          "ConvTranspose2d.outputPadding must be below its stride, but were "
              + outputPadding
              + " and "
              + stride);
    }
  }

  /** Filters of this square side and stride, all else by default. */
  public static ConvTranspose2d of(int filters, int kernel, int stride) {
    return new ConvTranspose2d(
        filters, Size.of(kernel), Size.of(stride), null, null, null, null, null, null);
  }

  /** The same with these rows and columns cut off the output's sides. */
  public ConvTranspose2d withPadding(Padding padding) {
    return new ConvTranspose2d(
        filters, kernel, stride, padding, outputPadding, dilation, groups, bias, initializer);
  }

  /** The same with so many rows and columns added at the output's bottom and right. */
  public ConvTranspose2d withOutputPadding(int outputPadding) {
    return new ConvTranspose2d(
        filters, kernel, stride, padding, outputPadding, dilation, groups, bias, initializer);
  }

  /** The same with input and output channels cut into so many parts, each seeing only its own. */
  public ConvTranspose2d withGroups(int groups) {
    return new ConvTranspose2d(
        filters, kernel, stride, padding, outputPadding, dilation, groups, bias, initializer);
  }

  /** The same without a bias, as before a batch normalisation. */
  public ConvTranspose2d withoutBias() {
    return new ConvTranspose2d(
        filters, kernel, stride, padding, outputPadding, dilation, groups, false, initializer);
  }

  /** The windows over the output that belong to the pixels of an input of shape {@code in}. */
  public Window window(Shape in) {
    Shape out = outputShape(in);
    return Window.over(out, kernel, stride, dilation, padding, false);
  }

  @Override
  public Shape outputShape(Shape in) {
    if (!in.isImage()) {
      throw new ShapeException("needs [C, H, W], but got " + in);
    } else if (in.channels() % groups != 0) {
      throw new ShapeException(
          "needs a multiple of " + groups + " channels (its groups), but got " + in);
    }
    int vertical = padding.top() + padding.bottom();
    int horizontal = padding.left() + padding.right();
    return Shape.of(
        filters,
        side(in.height(), kernel.height(), stride.height(), dilation.height(), vertical, in),
        side(in.width(), kernel.width(), stride.width(), dilation.width(), horizontal, in));
  }

  private int side(int n, int kernel, int stride, int dilation, int border, Shape in) {
    if (padding.same()) {
      return Math.multiplyExact(n, stride);
    }
    long side =
        (long) (n - 1) * stride - border + (long) dilation * (kernel - 1) + 1 + outputPadding;
    if (side < 1 || side > Integer.MAX_VALUE) {
      throw new ShapeException(
          "needs an image that leaves at least one pixel within its padding, but got " + in);
    }
    return (int) side;
  }

  @Override
  public List<ParameterSpec> parameters(Shape in) {
    int fanIn = in.channels() / groups * kernel.area();
    int fanOut = filters / groups * kernel.area();
    List<ParameterSpec> specs = new ArrayList<>();
    Shape shape = Shape.of(in.channels(), filters / groups, kernel.height(), kernel.width());
    specs.add(new ParameterSpec("weight", shape, initializer, fanIn, fanOut));
    if (bias) {
      specs.add(new ParameterSpec("bias", Shape.of(filters), Initializer.ZEROS, fanIn, fanOut));
    }
    return specs;
  }

  @Override
  public long multiplyAdds(Shape in) {
    return (long) in.size() * (filters / groups) * kernel.area();
  }
}
