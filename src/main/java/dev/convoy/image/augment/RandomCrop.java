package dev.convoy.image.augment;

import dev.convoy.api.PublicApi;
import dev.convoy.image.Picture;
import dev.convoy.random.SeededRandom;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Defaulted;
import dev.convoy.tensor.Shape;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Shifts each image by up to {@code padding} pixels each way, as cutting a window of its own size
 * at random out of the image with a border around it does: things need not lie where they lay in
 * training. The border has the mean of {@code data.normalize}, which the network sees as 0.
 *
 * <p>With {@code from: resized} the window is cut at random out of a larger picture: out of what
 * {@code data.preprocess} makes before its {@code centerCrop} at the end, which test images get.
 * Source: He et al., CVPR 2016, section 4.2, with 4 pixels for images of 32.
 *
 * @param padding pixels of the border on each side, at least 1; none by default where the window is
 *     cut out of a larger picture
 * @param from what the window is cut out of, {@code input} or {@code resized}; {@code input} by
 *     default
 */
@PublicApi
public record RandomCrop(@Defaulted Integer padding, @Defaulted CropSource from)
    implements PictureAugmentation, Cutting {
  public RandomCrop {
    from = from == null ? CropSource.INPUT : from;
    if (from == CropSource.PICTURE) {
      throw new IllegalArgumentException(
          "RandomCrop.from must be input or resized, but was picture: without a resize before the"
              + " centerCrop, resized is the whole picture");
    } else if (from == CropSource.INPUT || padding != null) {
      Check.positive(padding == null ? 0 : padding, "RandomCrop.padding");
    } else {
      padding = 0;
    }
  }

  /** Shifts of images of the network's size. */
  public RandomCrop(int padding) {
    this(padding, CropSource.INPUT);
  }

  @Override
  public @Nullable String problem(Shape input) {
    return Augmentation.tooLarge("padding", padding, input);
  }

  @Override
  public PicturePass bind(Shape shape, byte[] ground) {
    int reach = padding;
    return (from, offset, to, toOffset, random) -> {
      int down = random.nextInt(2 * reach + 1) - reach;
      int right = random.nextInt(2 * reach + 1) - reach;
      shift(shape, ground, from, offset, to, toOffset, down, right);
    };
  }

  @Override
  public byte[] cut(Picture picture, Shape input, byte[] ground, SeededRandom random) {
    Shape from = picture.shape();
    int top = random.nextInt(from.height() - input.height() + 2 * padding + 1) - padding;
    int left = random.nextInt(from.width() - input.width() + 2 * padding + 1) - padding;
    byte[] pixels = new byte[input.size()];
    int first = Math.max(0, -left);
    int end = Math.min(input.width(), from.width() - left);
    int at = 0;
    for (int c = 0; c < input.channels(); c++) {
      for (int y = top; y < top + input.height(); y++) {
        Arrays.fill(pixels, at, at + input.width(), ground[c]);
        if (y >= 0 && y < from.height() && end > first) {
          int row = (c * from.height() + y) * from.width() + left;
          System.arraycopy(picture.pixels(), row + first, pixels, at + first, end - first);
        }
        at += input.width();
      }
    }
    return pixels;
  }

  /** The window that lies so many pixels further down and right. */
  private static void shift(
      Shape shape,
      byte[] ground,
      byte[] from,
      int offset,
      byte[] to,
      int toOffset,
      int down,
      int right) {
    int width = shape.width();
    int height = shape.height();
    int left = Math.max(0, -right);
    int kept = width - Math.abs(right);
    for (int c = 0; c < shape.channels(); c++) {
      for (int y = 0; y < height; y++) {
        int at = toOffset + (c * height + y) * width;
        int source = y + down;
        if (source < 0 || source >= height) {
          Arrays.fill(to, at, at + width, ground[c]);
          continue;
        }
        int row = offset + (c * height + source) * width;
        System.arraycopy(from, row + Math.max(0, right), to, at + left, kept);
        Arrays.fill(to, at, at + left, ground[c]);
        Arrays.fill(to, at + left + kept, at + width, ground[c]);
      }
    }
  }
}
