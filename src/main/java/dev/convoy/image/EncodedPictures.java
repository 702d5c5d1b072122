package dev.convoy.image;

import dev.convoy.tensor.Check;
import java.io.Serializable;

/**
 * Pictures of a block as they lie in their files, and what makes pixels of them: whoever needs some
 * decodes these alone. Not a record: its files are taken as they are.
 */
public final class EncodedPictures implements Serializable {
  private static final long serialVersionUID = 1;

  private final Preparation preparation;
  private final byte[][] files;

  /**
   * Pictures of these files, which are not copied.
   *
   * @param preparation for the network
   * @param files the bytes of one picture's file after the other
   */
  public EncodedPictures(Preparation preparation, byte[][] files) {
    this.preparation = Check.present(preparation, "EncodedPictures.preparation");
    this.files = files;
  }

  /** Returns the same pictures, prepared in another way. */
  public EncodedPictures with(Preparation other) {
    return new EncodedPictures(other, files);
  }

  /** Room for so many pictures of the same preparation. */
  EncodedPictures room(int pictures) {
    return new EncodedPictures(preparation, new byte[pictures][]);
  }

  /** Takes a picture of others; its file is not copied. */
  void put(int picture, EncodedPictures others, int other) {
    files[picture] = others.files[other];
  }

  /** Returns how many there are. */
  int size() {
    return files.length;
  }

  /** Bytes of all files. */
  public long bytes() {
    long bytes = 0;
    for (byte[] file : files) {
      bytes += file.length;
    }
    return bytes;
  }

  /**
   * Makes a picture's pixels.
   *
   * @param name for errors
   * @throws DataException if it can't be decoded
   */
  byte[] decode(int picture, String name) {
    return new ImageDecoder(preparation).decode(files[picture], name);
  }

  /** A picture as {@link Preparation#uncut} leaves it. */
  Picture picture(int picture, String name) {
    return new ImageDecoder(preparation).decodeUncut(files[picture], name);
  }
}
