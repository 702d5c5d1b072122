package dev.convoy.spark.split;

import dev.convoy.data.DataFingerprint;
import dev.convoy.image.ImageBlock;
import dev.convoy.spark.portion.Portion;
import java.io.Serializable;
import java.util.Arrays;

/**
 * What a portion tells the driver before its images are dealt to two sides.
 *
 * @param positions of the images in the part
 * @param labels of the images; all 0 where they have target vectors
 * @param weights of the images
 * @param keys by which a side is chosen
 * @param digests as {@link DataFingerprint} has them
 */
record KeyedPortion(
    int part, int[] positions, int[] labels, float[] weights, long[] keys, byte[] digests)
    implements Serializable {
  private static final long serialVersionUID = 1;

  static KeyedPortion of(Portion portion, TestCut cut, long seed) {
    ImageBlock images = portion.images();
    PictureKey key = new PictureKey(seed);
    float[] weights = new float[images.size()];
    long[] keys = new long[images.size()];
    byte[] digests = new byte[images.size() * DataFingerprint.BYTES];
    for (int i = 0; i < keys.length; i++) {
      ImageBlock image = images.decoded(new int[] {i});
      weights[i] = images.targets().weight(i);
      keys[i] = key.of(cut.pixels(image));
      byte[] digest = DataFingerprint.digests(image);
      System.arraycopy(digest, 0, digests, i * digest.length, digest.length);
    }
    int[] labels = images.targets().areVectors() ? new int[keys.length] : images.labels();
    return new KeyedPortion(portion.part(), images.ids(), labels, weights, keys, digests);
  }

  int size() {
    return keys.length;
  }

  byte[] digest(int image) {
    int from = image * DataFingerprint.BYTES;
    return Arrays.copyOfRange(digests, from, from + DataFingerprint.BYTES);
  }
}
