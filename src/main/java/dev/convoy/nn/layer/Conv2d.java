package dev.convoy.nn.layer;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Defaulted;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.ShapeException;
import java.util.ArrayList;
import java.util.List;

/**
 * Convolves an image with a bank of filters (a cross-correlation: the kernel is not turned). With
 * 3x3 filters of stride 1 on 16 channels or more, a value changes outputs near it that do not see
 * it by roundings of its own size, up to 3e-7 of it: clip values that are far larger than others.
 *
 * <p>Maps {@code [C, H, W]} to {@code [filters, OH, OW]}: {@code y[o, m, n] = bias[o] + Σ_c Σ_j Σ_k
 * weight[o, c, j, k] · x[c, m·s + j·d - top, n·s + k·d - left]}, with {@code OH = floor((H + top +
 * bottom - d·(kh - 1) - 1) / s) + 1}. Parameters: {@code weight [filters, C/groups, kh, kw]},
 * {@code bias [filters]}. Source: LeCun et al., Proc. IEEE 1998.
 *
 * @param filters output channels, at least 1
 * @param kernel side of the filters
 * @param stride pixels from one window to the next; 1 by default
 * @param padding border; valid (none) by default
 * @param dilation pixels from one cell of the filter to the next; 1 by default
 * @param groups parts into which input and output channels are cut, each seeing only its own; 1 by
 *     default
 * @param bias whether a bias is added; true by default
 * @param initializer how the weights start; He's normal by default
 */
@PublicApi
public record Conv2d(
    int filters,
    Size kernel,
    @Defaulted Size stride,
    @Defaulted Padding padding,
    @Defaulted Size dilation,
    @Defaulted Integer groups,
    @Defaulted Boolean bias,
    @Defaulted Initializer initializer)
    implements Layer {

  public Conv2d {
    Check.positive(filters, "Conv2d.filters");
    Check.present(kernel, "Conv2d.kernel");
    stride = stride == null ? Size.of(1) : stride;
    padding = padding == null ? Padding.VALID : padding;
    dilation = dilation == null ? Size.of(1) : dilation;
    groups = groups == null ? 1 : Check.positive(groups, "Conv2d.groups");
    bias = bias == null || bias;
    initializer = initializer == null ? Initializer.HE_NORMAL : initializer;
    if (filters % groups != 0) {
      throw new IllegalArgumentException(
          "Conv2d.filters must be a multiple of its groups, but were "
              + filters
              + " and "
              + groups);
    }
  }

  /** Filters of this square side, all else by default. */
  public static Conv2d of(int filters, int kernel) {
    return new Conv2d(filters, Size.of(kernel), null, null, null, null, null, null);
  }

  /** The same with a border of so many pixels on each side. */
  public Conv2d withPadding(int side) {
    return withPadding(Padding.of(side));
  }

  /** The same with this border. */
  public Conv2d withPadding(Padding padding) {
    return new Conv2d(filters, kernel, stride, padding, dilation, groups, bias, initializer);
  }

  /** The same with this stride. */
  public Conv2d withStride(int stride) {
    return new Conv2d(
        filters, kernel, Size.of(stride), padding, dilation, groups, bias, initializer);
  }

  /** The same with so many pixels from one cell of the filter to the next. */
  public Conv2d withDilation(int dilation) {
    return new Conv2d(
        filters, kernel, stride, padding, Size.of(dilation), groups, bias, initializer);
  }

  /** The same with input and output channels cut into so many parts, each seeing only its own. */
  public Conv2d withGroups(int groups) {
    return new Conv2d(filters, kernel, stride, padding, dilation, groups, bias, initializer);
  }

  /** The same without a bias, as before a batch normalisation. */
  public Conv2d withoutBias() {
    return new Conv2d(filters, kernel, stride, padding, dilation, groups, false, initializer);
  }

  /** The same with weights that start so. */
  public Conv2d withInitializer(Initializer initializer) {
    return new Conv2d(filters, kernel, stride, padding, dilation, groups, bias, initializer);
  }

  /** The windows over an image of shape {@code in}. */
  public Window window(Shape in) {
    Window window = Window.over(in, kernel, stride, dilation, padding, false);
    if (in.channels() % groups != 0) {
      throw new ShapeException(
          "needs a multiple of " + groups + " channels (its groups), but got " + in);
    }
    return window;
  }

  @Override
  public Shape outputShape(Shape in) {
    Window window = window(in);
    return Shape.of(filters, window.outputHeight(), window.outputWidth());
  }

  @Override
  public List<ParameterSpec> parameters(Shape in) {
    int fanIn = in.channels() / groups * kernel.area();
    int fanOut = filters / groups * kernel.area();
    List<ParameterSpec> specs = new ArrayList<>();
    Shape shape = Shape.of(filters, in.channels() / groups, kernel.height(), kernel.width());
    specs.add(new ParameterSpec("weight", shape, initializer, fanIn, fanOut));
    if (bias) {
      specs.add(new ParameterSpec("bias", Shape.of(filters), Initializer.ZEROS, fanIn, fanOut));
    }
    return specs;
  }

  @Override
  public long multiplyAdds(Shape in) {
    return (long) outputShape(in).size() * (in.channels() / groups) * kernel.area();
  }
}
