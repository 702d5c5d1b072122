package dev.convoy.spark.split;

import dev.convoy.data.DataSummary;
import dev.convoy.image.DataException;
import dev.convoy.image.PixelSums;
import dev.convoy.spark.block.BlockRdd;
import dev.convoy.spark.format.ReadImages;
import dev.convoy.spark.job.Transport;
import dev.convoy.spark.portion.Numbering;
import dev.convoy.spark.portion.Portion;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;

/**
 * Takes a share of a data set that was read for validation, and leaves the rest to training.
 *
 * @param training the rest, numbered from 0 without gaps; what was bad is told of here
 * @param validation the share, cut as a test's pictures are
 */
public record ShareSplit(ReadImages training, ReadImages validation) {
  /**
   * Takes a share. What was read lies on the executors' disks, and is looked at there.
   *
   * @param read all of it
   * @param share above 0 and below 1
   * @param seed that chooses, with the pixels
   * @param cut makes of training's pictures what a test sees
   * @throws DataException if the share comes to no picture
   */
  public static ShareSplit of(ReadImages read, double share, long seed, TestCut cut) {
    int count = read.summary().count();
    JavaRDD<Portion> portions = kept(read.blocks().portions(count));
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(portions.context());
    spark.setJobDescription("choosing validation images");
    KeyedExamples examples =
        new KeyedExamples(
            Transport.collect(portions.map(portion -> KeyedPortion.of(portion, cut, seed))));
    BitSet chosen = new ShareChoice(examples.keys(), examples.labels()).chosen(share);
    if (chosen.isEmpty()) {
      throw new DataException(
          "a share of "
              + share
              + " must come to one image at least, but of "
              + count
              + " it comes to none");
    }
    Sides sides = sides(examples, chosen, read.numbering().first().length);
    spark.setJobDescription("counting validation images");
    List<ValidationPortion> validation =
        new ArrayList<>(
            Transport.collect(
                portions.map(portion -> ValidationPortion.of(sides.validation(portion), cut))));
    spark.setJobDescription(null);
    return new ShareSplit(
        training(read, portions, sides, examples, chosen, validation),
        validation(read.summary(), portions, sides, validation, cut));
  }

  /** Portions that are read once, though several passes are made. */
  private static JavaRDD<Portion> kept(JavaRDD<Portion> portions) {
    return portions.getStorageLevel().equals(StorageLevel.NONE())
        ? portions.setName("images").persist(StorageLevel.DISK_ONLY())
        : portions;
  }

  private static Sides sides(KeyedExamples examples, BitSet chosen, int parts) {
    int[] counts = new int[parts];
    chosen.stream().forEach(i -> counts[examples.part(i)]++);
    int[][] positions = new int[parts][];
    Arrays.setAll(positions, part -> new int[counts[part]]);
    Arrays.fill(counts, 0);
    chosen.stream()
        .forEach(
            i -> {
              int part = examples.part(i);
              positions[part][counts[part]++] = examples.position(i);
            });
    return new Sides(positions);
  }

  private static ReadImages training(
      ReadImages read,
      JavaRDD<Portion> portions,
      Sides sides,
      KeyedExamples examples,
      BitSet chosen,
      List<ValidationPortion> validation) {
    DataSummary whole = read.summary();
    SideCount count = new SideCount(whole, whole.shape());
    int[][] left = new int[sides.chosen().length][];
    int[] good = new int[left.length];
    for (int i = chosen.nextClearBit(0); i < examples.size(); i = chosen.nextClearBit(i + 1)) {
      count.add(examples.digest(i), examples.label(i), examples.weight(i));
      good[examples.part(i)]++;
    }
    for (int part = 0; part < left.length; part++) {
      left[part] =
          IntStream.concat(
                  Arrays.stream(read.numbering().bad()[part]), Arrays.stream(sides.chosen()[part]))
              .sorted()
              .toArray();
    }
    PixelSums taken = new PixelSums(whole.shape().channels());
    validation.forEach(portion -> taken.add(portion.uncutSums()));
    long bytes = validation.stream().mapToLong(ValidationPortion::uncutBytes).sum();
    Numbering numbering = new Numbering(firsts(good), left);
    return new ReadImages(
        count.summary(whole.pixels().without(taken)),
        blocks(portions, portions.map(sides::training), numbering, whole.exampleBytes()),
        numbering,
        read.records(),
        read.imageBytes() - bytes,
        read.problems(),
        read.faults());
  }

  private static ReadImages validation(
      DataSummary whole,
      JavaRDD<Portion> portions,
      Sides sides,
      List<ValidationPortion> found,
      TestCut cut) {
    Shape shape = cut.preparation().input();
    DataSummary summary = summary(whole, shape, found);
    int[] good = Arrays.stream(sides.chosen()).mapToInt(part -> part.length).toArray();
    Numbering numbering = new Numbering(firsts(good), new int[good.length][0]);
    return new ReadImages(
        summary,
        blocks(
            portions,
            portions.map(portion -> cut(sides.validation(portion), cut)),
            numbering,
            summary.exampleBytes()),
        numbering,
        summary.count(),
        found.stream().mapToLong(ValidationPortion::bytes).sum(),
        List.of(),
        List.of());
  }

  private static Portion cut(Portion portion, TestCut cut) {
    return portion.with(cut.of(portion.images()));
  }

  /** An example of the validation side, by the place of its portion and its place there. */
  private record Example(ValidationPortion portion, int place) {
    int position() {
      return portion.positions()[place];
    }

    int label() {
      return portion.labels().length == 0 ? 0 : portion.labels()[place];
    }
  }

  private static DataSummary summary(
      DataSummary whole, Shape shape, List<ValidationPortion> found) {
    List<Example> examples = new ArrayList<>();
    PixelSums sums = new PixelSums(shape.channels());
    for (ValidationPortion portion : found) {
      sums.add(portion.sums());
      for (int i = 0; i < portion.positions().length; i++) {
        examples.add(new Example(portion, i));
      }
    }
    examples.sort(
        Comparator.comparingInt((Example e) -> e.portion().part())
            .thenComparingInt(Example::position));
    SideCount count = new SideCount(whole, shape);
    examples.forEach(
        e -> count.add(e.portion().digest(e.place()), e.label(), e.portion().weight(e.place())));
    return count.summary(sums);
  }

  private static BlockRdd blocks(
      JavaRDD<Portion> whole, JavaRDD<Portion> side, Numbering numbering, int exampleBytes) {
    return new BlockRdd(examples -> side, numbering, exampleBytes).madeOf(whole);
  }

  private static int[] firsts(int[] counts) {
    int[] firsts = new int[counts.length];
    for (int part = 1; part < firsts.length; part++) {
      firsts[part] = Math.addExact(firsts[part - 1], counts[part - 1]);
    }
    return firsts;
  }
}
