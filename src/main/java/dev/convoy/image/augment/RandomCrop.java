package dev.convoy.image.augment;

import dev.convoy.tensor.Check;
import dev.convoy.tensor.Shape;
import java.util.Arrays;

/**
 * Shifts each image by up to {@code padding} pixels each way, as cutting a window of its own size
 * at random out of the image with a border around it does: things need not lie where they lay in
 * training. The border has the mean of {@code data.normalize}, which the network sees as 0. Source:
 * He et al., CVPR 2016, section 4.2, with 4 pixels for images of 32.
 *
 * @param padding pixels of the border on each side, at least 1
 */
public record RandomCrop(int padding) implements PictureAugmentation {
  public RandomCrop {
    Check.positive(padding, "RandomCrop.padding");
  }

  @Override
  public String problem(Shape input) {
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
