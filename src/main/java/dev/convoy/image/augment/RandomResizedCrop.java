package dev.convoy.image.augment;

import dev.convoy.api.PublicApi;
import dev.convoy.image.Picture;
import dev.convoy.image.Resize;
import dev.convoy.nn.layer.Size;
import dev.convoy.random.SeededRandom;
import dev.convoy.tensor.Defaulted;
import dev.convoy.tensor.Shape;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a part of random area and ratio out of each image, and brings it to the image's size by
 * linear interpolation: things come in every size and shape. The area is a share of the image's,
 * drawn evenly from {@code scale}; width by height are drawn from {@code ratio} on a logarithmic
 * scale. Where ten parts in a row don't fit, the image stays whole; of a larger picture whose sides
 * differ by more than {@code ratio}, the middle is taken.
 *
 * <p>With {@code from: picture} the part is cut out of the whole picture as it lies in its file,
 * and with {@code resized} out of what {@code data.preprocess} makes before its {@code centerCrop}
 * at the end; where it is larger than the network's input, it is made smaller as {@code resize}
 * does. Source: Szegedy et al., CVPR 2015, section 6.
 *
 * @param scale least and largest share of the area, above 0 and at most 1; {@code [0.08, 1]} by
 *     default
 * @param ratio least and largest width by height, above 0; {@code [0.75, 1.3333334]} by default
 * @param from what the part is cut out of, {@code input}, {@code resized} or {@code picture};
 *     {@code input} by default
 */
@PublicApi
public record RandomResizedCrop(
    @Defaulted float[] scale, @Defaulted float[] ratio, @Defaulted CropSource from)
    implements PictureAugmentation, Cutting {
  private static final float[] DEFAULT_SCALE = {0.08f, 1};
  private static final float[] DEFAULT_RATIO = {3 / 4f, 4 / 3f};

  /** Parts that are drawn at most. */
  private static final int TRIES = 10;

  public RandomResizedCrop {
    scale = range(scale, DEFAULT_SCALE, "RandomResizedCrop.scale");
    ratio = range(ratio, DEFAULT_RATIO, "RandomResizedCrop.ratio");
    if (scale[1] > 1) {
      throw new IllegalArgumentException(
          "RandomResizedCrop.scale must be at most 1, but was " + scale[1]);
    }
    from = from == null ? CropSource.INPUT : from;
  }

  /** Parts of images of the network's size. */
  public RandomResizedCrop(float[] scale, float[] ratio) {
    this(scale, ratio, CropSource.INPUT);
  }

  private static float[] range(float @Nullable [] given, float[] standard, String who) {
    float[] range = given == null ? standard : given;
    if (range.length != 2 || !(range[0] > 0 && range[0] <= range[1])) {
      throw new IllegalArgumentException(
          who
              + " must be two numbers above 0, the lesser one first, but was "
              + Arrays.toString(range));
    }
    return range.clone();
  }

  @Override
  public PicturePass bind(Shape shape, byte[] ground) {
    int width = shape.width();
    int height = shape.height();
    Enlargement enlargement = new Enlargement(shape);
    Part part = new Part();
    return (from, offset, to, toOffset, random) -> {
      if (draw(part, width, height, random)) {
        enlargement.apply(from, offset, to, toOffset, part.top, part.left, part.height, part.width);
      } else {
        System.arraycopy(from, offset, to, toOffset, shape.size());
      }
    };
  }

  @Override
  public byte[] cut(Picture picture, Shape input, byte[] ground, SeededRandom random) {
    Part part = new Part();
    int width = picture.shape().width();
    int height = picture.shape().height();
    if (!draw(part, width, height, random)) {
      part.width = (int) Math.max(1, Math.min(width, Math.round((double) height * ratio[1])));
      part.height = (int) Math.max(1, Math.min(height, Math.round((double) width / ratio[0])));
      part.top = (height - part.height) / 2;
      part.left = (width - part.width) / 2;
    }
    Size size = new Size(input.height(), input.width());
    return new Resize(null, size).apply(part.of(picture), "A random crop").pixels();
  }

  /** A part of an image. */
  private static final class Part {
    private int top;
    private int left;
    private int height;
    private int width;

    Picture of(Picture picture) {
      Shape from = picture.shape();
      Shape to = Shape.of(from.channels(), height, width);
      byte[] pixels = new byte[to.size()];
      for (int c = 0; c < to.channels(); c++) {
        for (int y = 0; y < height; y++) {
          int row = (c * from.height() + top + y) * from.width() + left;
          System.arraycopy(picture.pixels(), row, pixels, (c * height + y) * width, width);
        }
      }
      return new Picture(to, pixels);
    }
  }

  /** Draws a part; whether one was found that fits. */
  private boolean draw(Part part, int width, int height, SeededRandom random) {
    double lowest = StrictMath.log(ratio[0]);
    double span = StrictMath.log(ratio[1]) - lowest;
    float areas = scale[1] - scale[0];
    for (int i = 0; i < TRIES; i++) {
      double area = (scale[0] + areas * random.nextDouble()) * width * height;
      double drawn = StrictMath.exp(lowest + span * random.nextDouble());
      int w = (int) Math.round(Math.sqrt(area * drawn));
      int h = (int) Math.round(Math.sqrt(area / drawn));
      if (w >= 1 && h >= 1 && w <= width && h <= height) {
        part.top = random.nextInt(height - h + 1);
        part.left = random.nextInt(width - w + 1);
        part.height = h;
        part.width = w;
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RandomResizedCrop that
        && from == that.from
        && Arrays.equals(scale, that.scale)
        && Arrays.equals(ratio, that.ratio);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * Arrays.hashCode(scale) + Arrays.hashCode(ratio)) + from.hashCode();
  }

  @Override
  public String toString() {
    return "RandomResizedCrop[scale="
        + Arrays.toString(scale)
        + ", ratio="
        + Arrays.toString(ratio)
        + ", from="
        + from
        + "]";
  }
}
