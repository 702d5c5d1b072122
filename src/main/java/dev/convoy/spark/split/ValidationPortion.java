package dev.convoy.spark.split;

import dev.convoy.data.DataFingerprint;
import dev.convoy.image.ImageBlock;
import dev.convoy.image.PixelSums;
import dev.convoy.spark.portion.Portion;
import java.io.Serializable;
import java.util.Arrays;

/**
 * What a portion of the validation side tells the driver.
 *
 * @param positions of the images among those of the side in the part
 * @param labels of the images; none where they have target vectors
 * @param weights of the images
 * @param digests of the images as they are cut, as {@link DataFingerprint} has them
 * @param sums of their pixels as they are cut
 * @param bytes that are kept of them
 * @param uncutSums of their pixels as training has them
 * @param uncutBytes that training keeps of them
 */
record ValidationPortion(
    int part,
    int[] positions,
    int[] labels,
    float[] weights,
    byte[] digests,
    PixelSums sums,
    long bytes,
    PixelSums uncutSums,
    long uncutBytes)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /** Looks at a portion that {@link Sides#validation} made. */
  static ValidationPortion of(Portion portion, TestCut cut) {
    ImageBlock uncut = portion.images();
    ImageBlock images = cut.of(uncut);
    float[] weights = new float[images.size()];
    byte[] digests = new byte[images.size() * DataFingerprint.BYTES];
    PixelSums sums = new PixelSums(images.shape().channels());
    PixelSums uncutSums = new PixelSums(uncut.shape().channels());
    for (int i = 0; i < images.size(); i++) {
      int[] one = {i};
      weights[i] = images.targets().weight(i);
      ImageBlock image = images.decoded(one);
      byte[] digest = DataFingerprint.digests(image);
      System.arraycopy(digest, 0, digests, i * digest.length, digest.length);
      sums.add(image.shape(), image.pixels(), 1);
      uncutSums.add(uncut.shape(), uncut.decoded(one).pixels(), 1);
    }
    return new ValidationPortion(
        portion.part(),
        images.ids(),
        images.labels(),
        weights,
        digests,
        sums,
        images.imageBytes(),
        uncutSums,
        uncut.imageBytes());
  }

  float weight(int image) {
    return weights[image];
  }

  byte[] digest(int image) {
    int from = image * DataFingerprint.BYTES;
    return Arrays.copyOfRange(digests, from, from + DataFingerprint.BYTES);
  }
}
