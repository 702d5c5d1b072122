package dev.convoy.spark;

import dev.convoy.data.BadRecord;
import dev.convoy.data.DataFingerprint;
import dev.convoy.data.DataSummary;
import dev.convoy.image.DataException;
import dev.convoy.loss.Task;
import dev.convoy.tensor.Shape;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/**
 * What one pass over all records of a data set found, made before training starts.
 *
 * @param summary of the examples that can be used
 * @param numbering of these
 * @param records good and bad
 * @param problems one line for each bad record, in their order
 */
record Survey(DataSummary summary, Numbering numbering, long records, List<String> problems) {
  /**
   * Reads all.
   *
   * @param classes how many there are; 0 where labels are not wanted
   * @throws DataException if a file is damaged, so that there is no telling its records
   */
  static Survey of(JavaRDD<Portion> portions, Shape shape, int classes) {
    List<Found> all =
        new ArrayList<>(portions.map(portion -> Found.of(portion, classes)).collect());
    all.sort(Comparator.comparingInt(Found::part).thenComparingInt(Found::first));
    DataFingerprint fingerprint = new DataFingerprint(shape);
    int parts = all.isEmpty() ? 1 : all.get(all.size() - 1).part() + 1;
    int[] good = new int[parts];
    List<List<BadRecord>> bad = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      bad.add(new ArrayList<>());
    }
    int[] perClass = new int[classes];
    long records = 0;
    for (Found found : all) {
      if (found.damage() != null) {
        throw new DataException(found.damage());
      }
      records += found.records();
      good[found.part()] += found.records() - found.bad().length;
      bad.get(found.part()).addAll(Arrays.asList(found.bad()));
      Arrays.setAll(perClass, c -> perClass[c] + found.perClass()[c]);
      fingerprint.add(found.digests());
    }
    DataSummary summary =
        new DataSummary(
            shape,
            Math.toIntExact(Arrays.stream(good).asLongStream().sum()),
            Arrays.stream(perClass).boxed().toList(),
            Task.CLASSIFICATION,
            shape.size(),
            fingerprint.value());
    List<String> problems = bad.stream().flatMap(List::stream).map(BadRecord::problem).toList();
    return new Survey(summary, numbering(good, bad), records, problems);
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

  /** What a portion tells. */
  private record Found(
      int part,
      int first,
      int records,
      BadRecord[] bad,
      String damage,
      int[] perClass,
      byte[] digests)
      implements Serializable {
    static Found of(Portion portion, int classes) {
      int[] perClass = new int[classes];
      DataSummary.count(portion.images(), perClass);
      return new Found(
          portion.part(),
          portion.first(),
          portion.records(),
          portion.bad().toArray(BadRecord[]::new),
          portion.damage(),
          perClass,
          DataFingerprint.digests(portion.images()));
    }
  }
}
