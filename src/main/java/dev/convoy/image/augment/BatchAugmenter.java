package dev.convoy.image.augment;

import dev.convoy.image.BatchFiller;
import dev.convoy.image.ImageBlock;
import dev.convoy.image.Normalization;
import dev.convoy.random.SeededRandom;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes the images of one batch after another: each by itself, in the order of the list, and then
 * by others of the batch. Where the first change cuts images out of larger pictures, that was done
 * before, by {@link PictureCut}. What is drawn depends on the key, the image's id and the place in
 * the list alone; which partner an image is mixed with, on the batch too. One thread owns it; it
 * allocates nothing but what {@link StrictMath} does, which makes an array for each sine and cosine
 * on JDKs where it is written in Java.
 */
public final class BatchAugmenter {
  private final int size;

  /** Place of the first pass among the changes: 1 where a {@link PictureCut} came before. */
  private final int first;

  private final PicturePass[] passes;
  private final MixPass[] mixes;
  private final double[] mixed;
  private final BatchFiller filler;

  /** The batch's images, each changed by itself. */
  private final byte[] pictures;

  /** The same, mixed; the pictures themselves where no job mixes them. */
  private final byte[] mixtures;

  private final byte[] between;
  private final int[] places;
  private final int[] partners;
  private final float[] shares;
  private final SeededRandom random = SeededRandom.at(0);

  /**
   * Creates an augmenter for batches of at most so many images.
   *
   * @throws IllegalArgumentException if something does not suit images of this shape
   */
  public BatchAugmenter(
      Shape shape, Normalization normalization, List<Augmentation> augmentations, int batchSize) {
    String problem = problem(augmentations, shape);
    if (problem != null) {
      throw new IllegalArgumentException(
          "augment does not suit images of " + shape + ": " + problem);
    }
    size = shape.size();
    filler = new BatchFiller(shape, normalization);
    byte[] ground = ground(normalization);
    first = PictureCut.isCut(augmentations) ? 1 : 0;
    passes =
        augmentations.stream()
            .skip(first)
            .filter(PictureAugmentation.class::isInstance)
            .map(a -> ((PictureAugmentation) a).bind(shape, ground))
            .toArray(PicturePass[]::new);
    List<Mixing> mixings =
        augmentations.stream().filter(Mixing.class::isInstance).map(Mixing.class::cast).toList();
    mixes = mixings.stream().map(m -> m.bind(shape)).toArray(MixPass[]::new);
    mixed = mixings.stream().mapToDouble(Mixing::probability).toArray();
    pictures = new byte[Math.multiplyExact(batchSize, size)];
    mixtures = mixes.length == 0 ? pictures : new byte[pictures.length];
    between = new byte[size];
    places = new int[batchSize];
    Arrays.setAll(places, i -> i);
    partners = new int[batchSize];
    shares = new float[batchSize];
  }

  /**
   * Why these don't suit images of this shape, as in {@code [0].randomCrop.padding must ...};
   * absent if they do.
   */
  public static @Nullable String problem(List<Augmentation> augmentations, Shape shape) {
    for (int i = 0; i < augmentations.size(); i++) {
      String problem = augmentations.get(i).problem(shape);
      if (problem != null) {
        return "[" + i + "]." + augmentations.get(i).kind() + "." + problem;
      }
    }
    return null;
  }

  /** The bytes nearest to the normalisation's means. */
  static byte[] ground(Normalization normalization) {
    byte[] ground = new byte[normalization.mean().length];
    for (int c = 0; c < ground.length; c++) {
      ground[c] = (byte) Math.max(0, Math.min(255, Math.round(normalization.mean()[c] * 255)));
    }
    return ground;
  }

  /**
   * Fills {@code [blocks, C, H, W, 16]} with changed images, as {@link BatchFiller#fill} does.
   *
   * @param positions of images in the block
   * @param from the first of the positions to take
   * @param count how many to take
   * @param epochKey under which an image's numbers are drawn by its id
   */
  public void fill(
      ImageBlock block,
      int[] positions,
      int from,
      int count,
      float[] target,
      int offset,
      long epochKey) {
    augment(block, positions, from, count, epochKey);
    filler.fill(pixels(), places, 0, count, target, offset);
  }

  /** The same, into {@link #pixels}. */
  public void augment(ImageBlock block, int[] positions, int from, int count, long epochKey) {
    Check.range(0, (long) count * size, pictures.length, "augmented batch");
    for (int i = 0; i < count; i++) {
      int position = positions[from + i];
      change(block.pixels(), position * size, i * size, keyOf(block, position, epochKey));
    }
    for (int i = 0; i < count && mixes.length > 0; i++) {
      mix(i, count, keyOf(block, positions[from + i], epochKey));
    }
  }

  private static long keyOf(ImageBlock block, int position, long epochKey) {
    return SeededRandom.at(epochKey, block.ids()[position]);
  }

  private void change(byte[] pixels, int image, int to, long key) {
    if (passes.length == 0) {
      System.arraycopy(pixels, image, pictures, to, size);
      return;
    }
    byte[] source = pixels;
    int at = image;
    for (int i = 0; i < passes.length; i++) {
      // Back and forth, so that the last one writes where the image is to be.
      boolean home = (passes.length - i) % 2 == 1;
      random.restart(SeededRandom.at(key, first + i));
      passes[i].apply(source, at, home ? pictures : between, home ? to : 0, random);
      source = home ? pictures : between;
      at = home ? to : 0;
    }
  }

  private void mix(int image, int count, long key) {
    random.restart(SeededRandom.at(key, first + passes.length));
    partners[image] = image;
    shares[image] = 1;
    int kind = random.nextInt(mixes.length);
    if (count == 1 || random.nextDouble() >= mixed[kind]) {
      System.arraycopy(pictures, image * size, mixtures, image * size, size);
      return;
    }
    int partner = (image + 1 + random.nextInt(count - 1)) % count;
    partners[image] = partner;
    shares[image] =
        mixes[kind].apply(pictures, image * size, partner * size, mixtures, image * size, random);
  }

  /** Whether images are mixed with others, and so their targets. */
  public boolean mixes() {
    return mixes.length > 0;
  }

  /** The pixels of the last batch's images, one after the other; to be read alone. */
  public byte[] pixels() {
    return mixtures;
  }

  /**
   * Returns the place in the last batch with which each of its images was mixed; to be read alone.
   */
  public int[] partners() {
    return partners;
  }

  /** The share of each image's own target, beside its partner's; to be read alone. */
  public float[] shares() {
    return shares;
  }
}
