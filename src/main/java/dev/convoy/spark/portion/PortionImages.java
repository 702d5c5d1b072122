package dev.convoy.spark.portion;

import dev.convoy.data.DataFingerprint;
import dev.convoy.data.RawExample;
import dev.convoy.image.EncodedPictures;
import dev.convoy.image.ImageBlock;
import dev.convoy.image.PixelSums;
import dev.convoy.image.Preparation;
import dev.convoy.image.Target;
import dev.convoy.image.Targets;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The usable images of a portion while it is read, and what their pixels tell: that is noted at
 * once, as pixels are let go where pictures' files are kept.
 */
final class PortionImages {
  /** Pixels, or files, that a portion holds; a file more where one begins below it. */
  private static final int MOST_BYTES = 4 << 20;

  /** Images for which there is room at first. */
  private static final int FEW = 16;

  private final Preparation preparation;
  private final Shape shape;
  private final boolean keepsFiles;
  private final int atMost;
  private int count;
  private int[] positions;

  /** Room for as many as positions have; of class numbers before the first is added. */
  private Targets targets;

  private byte[] digests;
  private byte[] pixels;
  private byte[][] files;
  private long fileBytes;
  private final PixelSums sums;
  private final List<String> faults = new ArrayList<>();

  /** None so far, of those that a preparation makes. */
  PortionImages(Preparation preparation, boolean keepsFiles) {
    this.preparation = preparation;
    this.shape = preparation.input();
    this.keepsFiles = keepsFiles;
    this.atMost = Math.max(1, MOST_BYTES / shape.size());
    this.sums = new PixelSums(shape.channels());
    positions = new int[0];
    targets = Targets.room(Target.NONE, 0);
    digests = new byte[0];
    pixels = new byte[0];
    files = new byte[0][];
  }

  /** Tells whether no more should be added. */
  boolean isFull() {
    return count >= atMost || fileBytes >= MOST_BYTES;
  }

  /**
   * Adds an image.
   *
   * @param position in its part of the data set
   */
  void add(int position, Target target, RawExample.Reading image) {
    if (count == 0) {
      targets = Targets.room(target, positions.length);
    }
    if (count == positions.length) {
      grow(Math.min(atMost, Math.max(FEW, 2 * count)));
    }
    if (image.fault() != null) {
      faults.add(image.fault());
    }
    positions[count] = position;
    targets.put(count, target);
    Targets known = Targets.room(target, 1);
    known.put(0, target);
    ImageBlock alone = new ImageBlock(shape, new int[] {position}, known, image.pixels());
    byte[] digest = DataFingerprint.digests(alone);
    System.arraycopy(digest, 0, digests, count * digest.length, digest.length);
    sums.add(shape, image.pixels(), 1);
    if (keepsFiles) {
      byte[] file = Check.present(image.file(), "The file of a picture that is kept encoded");
      files[count] = file;
      fileBytes += file.length;
    } else {
      System.arraycopy(image.pixels(), 0, pixels, count * shape.size(), shape.size());
    }
    count++;
  }

  private void grow(int room) {
    positions = Arrays.copyOf(positions, room);
    targets = targets.resized(room);
    digests = Arrays.copyOf(digests, room * DataFingerprint.BYTES);
    if (keepsFiles) {
      files = Arrays.copyOf(files, room);
    } else {
      pixels = Arrays.copyOf(pixels, room * shape.size());
    }
  }

  /** Returns the images, whose ids are their positions. */
  ImageBlock block() {
    int[] ids = Arrays.copyOf(positions, count);
    Targets known = targets.resized(count);
    return keepsFiles
        ? new ImageBlock(
            shape, ids, known, new EncodedPictures(preparation, Arrays.copyOf(files, count)))
        : new ImageBlock(shape, ids, known, Arrays.copyOf(pixels, count * shape.size()));
  }

  /** Returns what is wrong with their files, in spite of which they were read, a line for each. */
  List<String> faults() {
    return faults;
  }

  /** Returns the sums over their pixels. */
  PixelSums sums() {
    return sums;
  }

  /** Returns their digests as {@link DataFingerprint} has them. */
  byte[] digests() {
    return Arrays.copyOf(digests, count * DataFingerprint.BYTES);
  }
}
