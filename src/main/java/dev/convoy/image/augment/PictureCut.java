package dev.convoy.image.augment;

import dev.convoy.image.ImageBlock;
import dev.convoy.image.Normalization;
import dev.convoy.random.SeededRandom;
import dev.convoy.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the network's images out of larger pictures, another way every epoch. What is drawn depends
 * on the key and the image's id alone, as in {@link BatchAugmenter}. Holds nothing that changes, so
 * that any thread may cut.
 */
public final class PictureCut {
  private final Cutting cutting;
  private final Shape input;
  private final byte[] ground;

  private PictureCut(Cutting cutting, Shape input, byte[] ground) {
    this.cutting = cutting;
    this.input = input;
    this.ground = ground;
  }

  /** Returns what the first of these changes cuts; absent where images come as they are. */
  public static @Nullable PictureCut of(
      List<Augmentation> augmentations, Shape input, Normalization normalization) {
    return isCut(augmentations)
        ? new PictureCut(
            (Cutting) augmentations.get(0), input, BatchAugmenter.ground(normalization))
        : null;
  }

  /** Whether the first of these changes cuts images out of larger pictures. */
  static boolean isCut(List<Augmentation> augmentations) {
    return source(augmentations) != CropSource.INPUT;
  }

  /** Returns what training images are cut out of. */
  public static CropSource source(List<Augmentation> augmentations) {
    return !augmentations.isEmpty() && augmentations.get(0) instanceof Cutting cutting
        ? cutting.from()
        : CropSource.INPUT;
  }

  /**
   * Cuts an image of a block, and puts its pixels into another block, of the network's shape.
   *
   * @param epochKey under which an image's numbers are drawn by its id
   * @throws dev.convoy.image.DataException if the picture can't be decoded
   */
  public void cut(ImageBlock to, int image, ImageBlock from, int position, long epochKey) {
    long key = SeededRandom.at(epochKey, from.ids()[position]);
    SeededRandom random = SeededRandom.at(SeededRandom.at(key, 0));
    byte[] pixels = cutting.cut(from.picture(position), input, ground, random);
    System.arraycopy(pixels, 0, to.pixels(), image * input.size(), input.size());
  }

  /** Some images of a block, cut. */
  public ImageBlock cut(ImageBlock block, int[] positions, long epochKey) {
    ImageBlock some = block.pixelRoom(input, positions);
    for (int i = 0; i < positions.length; i++) {
      cut(some, i, block, positions[i], epochKey);
    }
    return some;
  }
}
