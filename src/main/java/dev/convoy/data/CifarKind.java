package dev.convoy.data;

import dev.convoy.tensor.Shape;

/**
 * The binary files of CIFAR: records of a label, or of two, and the pixels of an image, channel by
 * channel, row by row. Source: A. Krizhevsky, "Learning Multiple Layers of Features from Tiny
 * Images", 2009, and its page of downloads.
 */
public enum CifarKind {
  CIFAR10("CIFAR-10", 1, 0, "batches.meta.txt"),
  CIFAR100_FINE("CIFAR-100", 2, 1, "fine_label_names.txt"),
  CIFAR100_COARSE("CIFAR-100", 2, 0, "coarse_label_names.txt");

  /** The shape of every image. */
  public static final Shape SHAPE = Shape.of(3, 32, 32);

  private final String title;
  private final int labelBytes;
  private final int labelAt;
  private final String namesFile;

  CifarKind(String title, int labelBytes, int labelAt, String namesFile) {
    this.title = title;
    this.labelBytes = labelBytes;
    this.labelAt = labelAt;
    this.namesFile = namesFile;
  }

  /** Returns the name as people write it. */
  public String title() {
    return title;
  }

  /** Bytes of labels before the pixels. */
  int labelBytes() {
    return labelBytes;
  }

  /** Returns which of these bytes is the label. */
  int labelAt() {
    return labelAt;
  }

  /** Bytes of a record. */
  public int recordBytes() {
    return labelBytes + SHAPE.size();
  }

  /** The file beside the others that names the classes, one a line. */
  public String namesFile() {
    return namesFile;
  }
}
