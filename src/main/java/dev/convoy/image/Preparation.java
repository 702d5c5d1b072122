package dev.convoy.image;

import dev.convoy.tensor.Shape;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;

/**
 * Makes of pictures what a network takes: preprocesses them, checks their size, and brings them to
 * the network's channels: colour becomes grey by {@code 0.2989 R + 0.5870 G + 0.1140 B}, rounded;
 * grey becomes colour by three equal channels.
 *
 * @param input shape of what the network takes, {@code [1, H, W]} or {@code [3, H, W]}
 * @param steps in their order
 * @param uncutSteps how many of them, from the first on, pictures get that are still to be cut
 */
public record Preparation(Shape input, List<Preprocessing> steps, int uncutSteps)
    implements Serializable {
  /** Creates a preparation of pictures that are not to be cut. */
  public Preparation(Shape input, List<Preprocessing> steps) {
    this(input, steps, steps.size());
  }

  public Preparation {
    if (!input.isImage() || input.channels() != 1 && input.channels() != 3) {
      throw new IllegalArgumentException(
          "Pictures are decoded to [1, H, W] or [3, H, W], but the network takes " + input);
    }
    steps = List.copyOf(steps);
  }

  /** Refuses a picture by the size that its header claims. */
  void checkHeader(int width, int height, String name) {
    if (steps.isEmpty()) {
      checkSize(width, height, name);
    } else {
      Picture.checkSize(width, height, name + ":");
    }
  }

  /**
   * Makes of a picture what the network takes.
   *
   * @param name of the picture's file, for errors
   * @return pixels of the network's shape; those of the picture where nothing is to be done
   * @throws DataException if the picture does not suit
   */
  public byte[] apply(Picture picture, String name) {
    Picture prepared = picture;
    for (Preprocessing step : steps) {
      prepared = step.apply(prepared, name);
    }
    checkSize(prepared.shape().width(), prepared.shape().height(), name);
    return inChannels(prepared).pixels();
  }

  /** Makes of a picture what is still to be cut: pixels of any size, in the network's channels. */
  Picture uncut(Picture picture, String name) {
    Picture prepared = picture;
    for (Preprocessing step : steps.subList(0, uncutSteps)) {
      prepared = step.apply(prepared, name);
    }
    return inChannels(prepared);
  }

  private Picture inChannels(Picture picture) {
    if (picture.shape().channels() == input.channels()) {
      return picture;
    }
    return input.channels() == 1 ? grey(picture) : colour(picture);
  }

  private void checkSize(int width, int height, String name) {
    if (width != input.width() || height != input.height()) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: must be %d pixels wide and %d high%s, as the network takes, but is %d by %d",
              name,
              input.width(),
              input.height(),
              steps.isEmpty() ? "" : " after preprocessing",
              width,
              height));
    }
  }

  private static Picture grey(Picture picture) {
    Shape shape = Shape.of(1, picture.shape().height(), picture.shape().width());
    byte[] grey = new byte[shape.size()];
    byte[] pixels = picture.pixels();
    for (int i = 0; i < grey.length; i++) {
      double luminance =
          Luminance.of(
              pixels[i] & 0xFF, pixels[grey.length + i] & 0xFF, pixels[2 * grey.length + i] & 0xFF);
      grey[i] = (byte) Math.round(luminance);
    }
    return new Picture(shape, grey);
  }

  private static Picture colour(Picture picture) {
    Shape shape = Shape.of(3, picture.shape().height(), picture.shape().width());
    byte[] colour = new byte[shape.size()];
    int plane = picture.pixels().length;
    for (int c = 0; c < 3; c++) {
      System.arraycopy(picture.pixels(), 0, colour, c * plane, plane);
    }
    return new Picture(shape, colour);
  }
}
