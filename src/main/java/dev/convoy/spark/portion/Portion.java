package dev.convoy.spark.portion;

import dev.convoy.data.BadRecord;
import dev.convoy.image.ImageBlock;
import dev.convoy.image.PixelSums;
import dev.convoy.tensor.Check;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some records of a data set as a task read them, of one part of it, mostly one after the other:
 * those that can be used, and what is wrong with the others. Not a record of Java: Kryo can't write
 * those.
 */
public final class Portion implements Serializable {
  private static final long serialVersionUID = 1;

  private final int part;
  private final int first;
  private final int records;
  private final ImageBlock images;
  private final @Nullable PixelSums sums;
  private final byte @Nullable [] digests;
  private final BadRecord[] bad;

  /** What is wrong with files that were read, a line for each. */
  private final String[] faults;

  private final @Nullable String damage;

  /**
   * Holds what a task read.
   *
   * @param part of the data set, from 0 in their order
   * @param first position in the part of the first record
   * @param records good and bad
   * @param images that can be used, whose ids are their positions in the part
   * @param bad the others, in order
   * @param damage why nothing more can be read here; absent if all was
   */
  Portion(
      int part,
      int first,
      int records,
      PortionImages images,
      List<BadRecord> bad,
      @Nullable String damage) {
    this(
        part,
        first,
        records,
        images.block(),
        images.sums(),
        images.digests(),
        bad.toArray(BadRecord[]::new),
        images.faults().toArray(String[]::new),
        damage);
  }

  private Portion(
      int part,
      int first,
      int records,
      ImageBlock images,
      @Nullable PixelSums sums,
      byte @Nullable [] digests,
      BadRecord[] bad,
      String[] faults,
      @Nullable String damage) {
    this.part = part;
    this.first = first;
    this.records = records;
    this.images = images;
    this.sums = sums;
    this.digests = digests;
    this.bad = bad;
    this.faults = faults;
    this.damage = damage;
  }

  /**
   * Holds all the images of a data set that has one part, or a run of them, which need not be
   * surveyed any more.
   */
  static Portion of(ImageBlock images, int first) {
    return new Portion(
        0, first, images.size(), images, null, null, new BadRecord[0], new String[0], null);
  }

  /** Returns the same with others of its images, or those changed, which need no survey. */
  public Portion with(ImageBlock others) {
    return new Portion(
        part, first, records, others, null, null, new BadRecord[0], new String[0], null);
  }

  /** Returns the part of the data set. */
  public int part() {
    return part;
  }

  int first() {
    return first;
  }

  int records() {
    return records;
  }

  public ImageBlock images() {
    return images;
  }

  /**
   * Returns the sums of the images' pixels.
   *
   * @throws IllegalArgumentException if the images were surveyed before
   */
  PixelSums sums() {
    return Check.present(sums, "Portion.sums");
  }

  /**
   * Returns the digests of the images, as {@link dev.convoy.data.DataFingerprint} has them.
   *
   * @throws IllegalArgumentException if the images were surveyed before
   */
  byte[] digests() {
    return Check.present(digests, "Portion.digests");
  }

  String[] faults() {
    return faults;
  }

  List<BadRecord> bad() {
    return List.of(bad);
  }

  @Nullable String damage() {
    return damage;
  }
}
