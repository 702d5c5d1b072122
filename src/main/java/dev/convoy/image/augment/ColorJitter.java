package dev.convoy.image.augment;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Defaulted;
import dev.convoy.tensor.Shape;
import org.jspecify.annotations.Nullable;

/**
 * Changes each image's brightness, contrast, saturation and hue, in this order: light and cameras
 * differ, things do not. Brightness multiplies values by {@code f}; contrast brings them to {@code
 * m + f (x - m)}, where m is the image's mean grey; saturation to {@code g + f (x - g)}, where g is
 * the pixel's grey; each f is drawn evenly from {@code [max(0, 1 - key), 1 + key]}. Hue is turned
 * by a share of the circle, drawn evenly from {@code [-key, key]}, as {@code hueRotate} of W3C's
 * Filter Effects does. All is one product with a matrix, rounded once. Source: Krizhevsky,
 * Sutskever and Hinton, NIPS 2012, for colours changed at random; Howard, Some improvements on deep
 * convolutional neural network based image classification, 2013, for these changes.
 *
 * @param brightness at least 0; 0.2 by default
 * @param contrast at least 0; 0.2 by default
 * @param saturation at least 0, of colour images alone; 0 by default
 * @param hue from 0 to 0.5, of colour images alone; 0 by default
 */
@PublicApi
public record ColorJitter(
    @Defaulted Double brightness, @Defaulted Double contrast, double saturation, double hue)
    implements PictureAugmentation {
  private static final double DEFAULT_REACH = 0.2;

  public ColorJitter {
    brightness = brightness == null ? DEFAULT_REACH : brightness;
    contrast = contrast == null ? DEFAULT_REACH : contrast;
    notNegative(brightness, "ColorJitter.brightness");
    notNegative(contrast, "ColorJitter.contrast");
    notNegative(saturation, "ColorJitter.saturation");
    if (!(hue >= 0 && hue <= 0.5)) {
      throw new IllegalArgumentException("ColorJitter.hue must be from 0 to 0.5, but was " + hue);
    }
  }

  private static void notNegative(double value, String who) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(who + " must be at least 0, but was " + value);
    }
  }

  @Override
  public @Nullable String problem(Shape input) {
    return input.channels() != 3 && saturation + hue > 0
        ? "saturation and hue must be 0 where images have not 3 channels, but "
            + input.channels()
            + ", but were "
            + saturation
            + " and "
            + hue
        : null;
  }

  @Override
  public PicturePass bind(Shape shape, byte[] ground) {
    return new ColorPass(this, shape);
  }
}
