package dev.convoy.spark.format.pack;

import dev.convoy.image.PixelSums;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Defaulted;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * What is known of a shard when it is whole: it lies beside the shard until the whole pack is.
 *
 * @param plan by which it was made
 * @param shard the file
 * @param counts records of each class
 * @param pixels of each channel: those of grey pictures, then those of pictures in colour
 * @param sums of their bytes: grey, red, green and blue
 * @param squares sums of the squares of their bytes, in this order
 * @param gaps pictures that were left out
 */
public record PackShardReport(
    PackPlan plan,
    PackShard shard,
    List<Integer> counts,
    List<Long> pixels,
    List<Long> sums,
    List<Long> squares,
    @Defaulted List<PackGap> gaps)
    implements Serializable {
  public PackShardReport {
    Check.present(plan, "ShardReport.plan");
    Check.present(shard, "ShardReport.shard");
    counts = List.copyOf(counts);
    pixels = List.copyOf(pixels);
    sums = List.copyOf(sums);
    squares = List.copyOf(squares);
    gaps = gaps == null ? List.of() : List.copyOf(gaps);
    if (pixels.size() != 2 || sums.size() != 4 || squares.size() != 4) {
      throw new IllegalArgumentException("ShardReport.sums must be of grey, red, green and blue");
    }
  }

  public static PackShardReport of(
      PackPlan plan,
      PackShard shard,
      int[] counts,
      PixelSums grey,
      PixelSums colour,
      List<PackGap> gaps) {
    return new PackShardReport(
        plan,
        shard,
        Arrays.stream(counts).boxed().toList(),
        List.of(grey.pixels(), colour.pixels()),
        joined(grey.sums(), colour.sums()),
        joined(grey.squares(), colour.squares()),
        gaps);
  }

  private static List<Long> joined(long[] grey, long[] colour) {
    return List.of(grey[0], colour[0], colour[1], colour[2]);
  }

  public PixelSums grey() {
    return new PixelSums(pixels.get(0), longs(sums, 0, 1), longs(squares, 0, 1));
  }

  public PixelSums colour() {
    return new PixelSums(pixels.get(1), longs(sums, 1, 4), longs(squares, 1, 4));
  }

  private static long[] longs(List<Long> values, int from, int end) {
    return values.subList(from, end).stream().mapToLong(Long::longValue).toArray();
  }
}
