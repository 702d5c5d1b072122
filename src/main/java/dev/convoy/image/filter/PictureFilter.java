package dev.convoy.image.filter;

import dev.convoy.image.DataException;
import dev.convoy.image.Picture;
import dev.convoy.image.Plane;
import dev.convoy.nn.layer.Window;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Defaulted;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.ShapeException;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a picture of a picture: grey or channel by channel, through a kernel, from its values to 0
 * to 1, through a threshold if there is one, to bytes: {@code round(255 · value)}.
 *
 * @param filter the kernel, and how it slides
 * @param perChannel whether each channel is filtered by itself, to a picture in colour; else its
 *     grey values are
 * @param range how values become 0 to 1; {@link PixelRange#MINMAX} by default
 * @param threshold what is above it becomes 1, all else 0; at least 0 and below 1; without one,
 *     values stay as they are
 */
public record PictureFilter(
    KernelFilter filter,
    boolean perChannel,
    @Defaulted PixelRange range,
    @Nullable Double threshold)
    implements Serializable {
  public PictureFilter {
    Check.present(filter, "PictureFilter.filter");
    range = range == null ? PixelRange.MINMAX : range;
    if (threshold != null && !(threshold >= 0 && threshold < 1)) {
      throw new IllegalArgumentException(
          "PictureFilter.threshold must be at least 0 and below 1, but was " + threshold);
    }
  }

  /**
   * Refuses a picture of which this makes none.
   *
   * @param picture its shape
   * @throws ShapeException if the kernel fits nowhere
   * @throws DataException if the result would be too large
   */
  public void check(Shape picture) {
    Window windows = filter.windows(picture.height(), picture.width());
    Picture.checkSize(windows.outputWidth(), windows.outputHeight(), "what the filter makes");
  }

  /** Filters a picture that {@link #check} lets pass. */
  public Picture apply(Picture in) {
    check(in.shape());
    int channels = perChannel ? in.shape().channels() : 1;
    List<Plane> planes =
        IntStream.range(0, channels)
            .mapToObj(c -> filter.apply(perChannel ? in.channel(c) : in.grey()))
            .toList();
    Levels levels = range.levels(planes, filter.rounding());
    int height = planes.get(0).height();
    int width = planes.get(0).width();
    byte[] pixels = new byte[channels * height * width];
    double[] row = new double[width];
    for (int c = 0; c < channels; c++) {
      for (int y = 0; y < height; y++) {
        planes.get(c).row(y, row, 0);
        int first = (c * height + y) * width;
        for (int x = 0; x < width; x++) {
          pixels[first + x] = pixel(levels.unit(row[x]));
        }
      }
    }
    return new Picture(Shape.of(channels, height, width), pixels);
  }

  private byte pixel(double unit) {
    if (threshold != null) {
      return (byte) (unit > threshold ? 255 : 0);
    }
    return (byte) Math.round(255 * unit);
  }
}
