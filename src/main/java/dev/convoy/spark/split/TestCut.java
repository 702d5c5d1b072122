package dev.convoy.spark.split;

import dev.convoy.image.EncodedPictures;
import dev.convoy.image.ImageBlock;
import dev.convoy.image.Picture;
import dev.convoy.image.Preparation;
import dev.convoy.image.Preprocessing;
import java.io.Serializable;
import java.util.List;

/**
 * Makes of pictures of the training data, which may still have to be cut, what a test sees of them.
 *
 * @param preparation for a test, all steps included
 * @param done how many of these steps training pictures have had
 */
public record TestCut(Preparation preparation, int done) implements Serializable {
  private static final long serialVersionUID = 1;

  /**
   * The pixels of an image, cut.
   *
   * @param image a block of one image, which is decoded
   */
  byte[] pixels(ImageBlock image) {
    List<Preprocessing> rest = preparation.steps().subList(done, preparation.steps().size());
    if (rest.isEmpty()) {
      return image.pixels();
    }
    Picture picture = image.picture(0);
    for (Preprocessing step : rest) {
      picture = step.apply(picture, "image " + image.ids()[0] + " (counted from 0)");
    }
    return picture.pixels();
  }

  /** The images of a block, cut; of files, those that are cut when they are decoded. */
  ImageBlock of(ImageBlock images) {
    EncodedPictures encoded = images.encoded();
    if (encoded != null) {
      return new ImageBlock(
          preparation.input(), images.ids(), images.targets(), encoded.with(preparation));
    } else if (done == preparation.steps().size()) {
      return images;
    }
    int size = preparation.input().size();
    byte[] pixels = new byte[Math.multiplyExact(images.size(), size)];
    for (int i = 0; i < images.size(); i++) {
      System.arraycopy(pixels(images.decoded(new int[] {i})), 0, pixels, i * size, size);
    }
    return new ImageBlock(preparation.input(), images.ids(), images.targets(), pixels);
  }
}
