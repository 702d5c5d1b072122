package dev.convoy.image;

import dev.convoy.tensor.Check;
import dev.convoy.tensor.Shape;
import java.io.Serializable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Images in columns: bytes of pixels or of encoded pictures, labels or target vectors, and ids. The
 * element of the training RDD.
 *
 * <p>Not a record: the Kryo of Spark, which many clusters choose as their serializer, cannot write
 * records.
 */
public final class ImageBlock implements Serializable {
  /** The label of an image whose class is not known. */
  public static final int NO_LABEL = -1;

  private static final long serialVersionUID = 1;

  private final Shape shape;
  private final int[] ids;
  private final Targets targets;

  // None where the pictures are yet to be decoded.
  private final byte[] pixels;
  private final @Nullable EncodedPictures encoded;

  /**
   * A block of these columns, which are not copied.
   *
   * @param shape {@code [C, H, W]} of each image
   * @param ids which example of the data set each is: its position in the order of sorted paths and
   *     of positions in a file
   * @param labels class number of each, or {@link #NO_LABEL}
   * @param pixels of one image after the other, each channel by channel, row by row; unsigned
   */
  public ImageBlock(Shape shape, int[] ids, int[] labels, byte[] pixels) {
    this(shape, ids, Targets.classes(labels), pixels);
  }

  /** The same with targets of any kind. */
  public ImageBlock(Shape shape, int[] ids, Targets targets, byte[] pixels) {
    this(shape, ids, targets, pixels, null);
    Check.range(0, (long) ids.length * shape.size(), pixels.length, "ImageBlock.pixels");
  }

  /** The same with pictures that are yet to be decoded. */
  public ImageBlock(Shape shape, int[] ids, Targets targets, EncodedPictures encoded) {
    this(shape, ids, targets, new byte[0], encoded);
    if (encoded.size() != ids.length) {
      throw new IllegalArgumentException(
          "ImageBlock needs as many pictures as ids, but got "
              + encoded.size()
              + " and "
              + ids.length);
    }
  }

  private ImageBlock(
      Shape shape, int[] ids, Targets targets, byte[] pixels, @Nullable EncodedPictures encoded) {
    if (ids.length != targets.size()) {
      throw new IllegalArgumentException(
          "ImageBlock needs as many labels as ids, but got "
              + targets.size()
              + " and "
              + ids.length);
    }
    this.shape = shape;
    this.ids = ids;
    this.targets = targets;
    this.pixels = pixels;
    this.encoded = encoded;
  }

  /** {@code [C, H, W]} of each image. */
  public Shape shape() {
    return shape;
  }

  /** Returns which example of the data set each image is. */
  public int[] ids() {
    return ids;
  }

  /** The class number of each image, or {@link #NO_LABEL}; none where they have target vectors. */
  public int[] labels() {
    return targets.classes();
  }

  /** The class numbers or target vectors. */
  public Targets targets() {
    return targets;
  }

  /**
   * Returns the unsigned pixels of one image after the other, each channel by channel, row by row.
   *
   * @throws IllegalStateException if pictures are yet to be decoded
   */
  public byte[] pixels() {
    if (encoded != null) {
      throw new IllegalStateException("The block's pictures must be decoded, but are not");
    }
    return pixels;
  }

  /** The pictures that are yet to be decoded; absent where the block has pixels. */
  public @Nullable EncodedPictures encoded() {
    return encoded;
  }

  private EncodedPictures yetEncoded() {
    if (encoded == null) {
      throw new IllegalStateException("The block's pictures must be encoded, but are decoded");
    }
    return encoded;
  }

  /** Bytes of pixels, or of pictures' files. */
  public long imageBytes() {
    return encoded == null ? pixels.length : encoded.bytes();
  }

  /** Room for so many images of the same kind, with these ids, which are not copied. */
  public ImageBlock room(int[] roomIds) {
    Targets room = targets.room(roomIds.length);
    return encoded == null
        ? new ImageBlock(
            shape, roomIds, room, new byte[Math.multiplyExact(roomIds.length, shape.size())])
        : new ImageBlock(shape, roomIds, room, encoded.room(roomIds.length));
  }

  /** Takes the image of another block of the same kind, but for its id. */
  public void put(int image, ImageBlock others, int other) {
    targets.put(image, others.targets, other);
    if (encoded == null) {
      int size = shape.size();
      System.arraycopy(others.pixels, other * size, pixels, image * size, size);
    } else {
      encoded.put(image, others.yetEncoded(), other);
    }
  }

  /**
   * Some images' ids and targets, and room for their pixels, which {@link #decode} fills.
   *
   * @param positions of images in the block
   */
  public ImageBlock pixelRoom(int[] positions) {
    return pixelRoom(shape, positions);
  }

  /** The same for pixels of another shape. */
  public ImageBlock pixelRoom(Shape roomShape, int[] positions) {
    int[] someIds = new int[positions.length];
    Targets someTargets = targets.room(positions.length);
    for (int i = 0; i < positions.length; i++) {
      someIds[i] = ids[positions[i]];
      someTargets.put(i, targets, positions[i]);
    }
    byte[] room = new byte[Math.multiplyExact(positions.length, roomShape.size())];
    return new ImageBlock(roomShape, someIds, someTargets, room);
  }

  /**
   * Takes the pixels of an encoded block's image.
   *
   * @throws DataException if it can't be decoded
   */
  public void decode(int image, ImageBlock others, int other) {
    byte[] decoded = others.yetEncoded().decode(other, others.name(other));
    System.arraycopy(decoded, 0, pixels, image * shape.size(), shape.size());
  }

  private String name(int image) {
    return "image " + ids[image] + " (counted from 0)";
  }

  /**
   * An image as a picture; one that is encoded as {@link Preparation#uncut} leaves it.
   *
   * @throws DataException if it can't be decoded
   */
  public Picture picture(int image) {
    int size = shape.size();
    return encoded == null
        ? new Picture(shape, Arrays.copyOfRange(pixels, image * size, (image + 1) * size))
        : encoded.picture(image, name(image));
  }

  /**
   * Some images with their pixels.
   *
   * @param positions of images in the block
   * @throws DataException if one can't be decoded
   */
  public ImageBlock decoded(int[] positions) {
    ImageBlock some = pixelRoom(positions);
    for (int i = 0; i < positions.length; i++) {
      if (encoded == null) {
        some.put(i, this, positions[i]);
      } else {
        some.decode(i, this, positions[i]);
      }
    }
    return some;
  }

  /** Returns how many images there are. */
  public int size() {
    return ids.length;
  }
}
