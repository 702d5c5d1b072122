package dev.convoy.spark.portion;

import dev.convoy.data.BadRecord;
import dev.convoy.data.DataFingerprint;
import dev.convoy.data.DataSummary;
import dev.convoy.data.LabelRuns;
import dev.convoy.image.DataException;
import dev.convoy.image.PixelSums;
import dev.convoy.loss.Loss;
import dev.convoy.loss.Task;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleConsumer;
import org.apache.spark.api.java.JavaRDD;

/**
 * What one pass over all records of a data set found, made before training starts.
 *
 * @param summary of the examples that can be used
 * @param numbering of these
 * @param records good and bad
 * @param imageBytes of the examples' pixels, or of their pictures' files where these are kept
 * @param problems one line for each bad record, in their order
 * @param faults of pictures' files, in spite of which these were read: a line for each, in their
 *     order
 */
public record Survey(
    DataSummary summary,
    Numbering numbering,
    long records,
    long imageBytes,
    List<String> problems,
    List<String> faults) {
  /**
   * Reads all.
   *
   * @param classes how many there are; 0 where labels are not wanted
   * @param loss that compares outputs with labels
   * @throws DataException if a file is damaged, so that there is no telling its records
   */
  public static Survey of(JavaRDD<Portion> portions, Shape shape, int classes, Loss loss) {
    try (FoundPortions found = new FoundPortions(portions)) {
      return of(found, shape, classes, loss);
    }
  }

  static Survey of(FoundPortions found, Shape shape, int classes, Loss loss) {
    List<FoundPortion> all = found.facts();
    int parts = all.isEmpty() ? 1 : all.get(all.size() - 1).part() + 1;
    List<List<BadRecord>> bad = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      bad.add(new ArrayList<>());
    }
    PixelSums sums = new PixelSums(shape.channels());
    long records = 0;
    long imageBytes = 0;
    int targetWidth = 0;
    List<String> faults = new ArrayList<>();
    for (FoundPortion portion : all) {
      if (portion.damage() != null) {
        throw new DataException(portion.damage());
      }
      bad.get(portion.part()).addAll(Arrays.asList(portion.bad()));
      records += portion.records();
      imageBytes += portion.imageBytes();
      targetWidth = Math.max(targetWidth, portion.targetWidth());
      faults.addAll(Arrays.asList(portion.faults()));
      sums.add(portion.sums());
    }
    bad.forEach(part -> part.sort(Comparator.comparingInt(BadRecord::position)));
    DataFingerprint fingerprint = new DataFingerprint(shape);
    LabelRuns runs = new LabelRuns();
    OrderedSum weight = new OrderedSum();
    int[] perClass = new int[classes];
    int[] good = new int[parts];
    found.forEachPart(
        portionsOfPart -> {
          portionsOfPart.forEach(portion -> DataSummary.count(portion.labels(), perClass));
          int part = portionsOfPart.get(0).part();
          good[part] = new PartOrder(portionsOfPart).addTo(fingerprint, runs, weight);
        });
    DataSummary summary =
        new DataSummary(
            shape,
            Math.toIntExact(Arrays.stream(good).asLongStream().sum()),
            Arrays.stream(perClass).boxed().toList(),
            runs.count(),
            weight.value,
            targetWidth > 0 ? loss.vectorTask() : Task.CLASSIFICATION,
            Math.addExact(shape.size(), Math.multiplyExact(targetWidth, Float.BYTES)),
            fingerprint.value(),
            sums);
    List<String> problems = bad.stream().flatMap(List::stream).map(BadRecord::problem).toList();
    return new Survey(summary, numbering(good, bad), records, imageBytes, problems, faults);
  }

  /** Adds up in the order in which it hears values: it is the same wherever they were read. */
  private static final class OrderedSum implements DoubleConsumer {
    private double value;

    @Override
    public void accept(double more) {
      value += more;
    }
  }

  private static Numbering numbering(int[] good, List<List<BadRecord>> bad) {
    int[] first = new int[good.length];
    for (int part = 1; part < first.length; part++) {
      first[part] = first[part - 1] + good[part - 1];
    }
    return new Numbering(
        first,
        bad.stream()
            .map(part -> part.stream().mapToInt(BadRecord::position).toArray())
            .toArray(int[][]::new));
  }
}
