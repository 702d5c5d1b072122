package dev.convoy.spark.portion;

import dev.convoy.spark.job.Parcel;
import dev.convoy.spark.job.Transport;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.PartitionPruningRDD;
import org.apache.spark.storage.StorageLevel;
import scala.runtime.AbstractFunction1;

/**
 * What all portions of a data set tell the driver. What each example adds stays on the executors'
 * disks, and comes part after part: no more of it is in the driver's memory than some parts have.
 */
final class FoundPortions implements AutoCloseable {
  /** Records whose examples are fetched at a time, unless one part has more: 40 bytes each. */
  private static final int MOST_RECORDS = 1 << 20;

  private final JavaRDD<Parcel<FoundPortion>> found;
  private final int mostRecords;

  /** The partitions that hold each part, and its records. */
  private final TreeMap<Integer, Place> places = new TreeMap<>();

  /** Where a part lies. */
  private static final class Place {
    private final TreeSet<Integer> partitions = new TreeSet<>();
    private long records;
  }

  /** Chooses partitions. */
  private static final class Chosen extends AbstractFunction1<Object, Object>
      implements Serializable {
    private static final long serialVersionUID = 1;

    private final TreeSet<Integer> partitions;

    Chosen(TreeSet<Integer> partitions) {
      this.partitions = new TreeSet<>(partitions);
    }

    @Override
    public Object apply(Object partition) {
      return partitions.contains((Integer) partition);
    }
  }

  /** A partition's number, and what its portion tells. */
  private record Fact(int partition, FoundPortion portion) implements Serializable {}

  FoundPortions(JavaRDD<Portion> portions) {
    this(portions, MOST_RECORDS);
  }

  FoundPortions(JavaRDD<Portion> portions, int mostRecords) {
    this.mostRecords = mostRecords;
    found =
        portions
            .map(portion -> new Parcel<>(FoundPortion.of(portion)))
            .setName("digests of images")
            .persist(StorageLevel.DISK_ONLY());
  }

  /** Returns what portions tell without their examples, in their order. */
  List<FoundPortion> facts() {
    List<Fact> facts =
        Transport.collect(
            found.mapPartitionsWithIndex(
                (partition, parcels) -> {
                  List<Fact> some = new ArrayList<>();
                  parcels.forEachRemaining(
                      parcel -> some.add(new Fact(partition, parcel.value().withoutExamples())));
                  return some.iterator();
                },
                true));
    for (Fact fact : facts) {
      Place place = places.computeIfAbsent(fact.portion().part(), part -> new Place());
      place.partitions.add(fact.partition());
      place.records += fact.portion().records();
    }
    return sorted(facts.stream().map(Fact::portion).toList());
  }

  /**
   * Reads the examples of all parts that {@link #facts} found.
   *
   * @param take takes all portions of a part, and the parts in their order
   */
  void forEachPart(Consumer<List<FoundPortion>> take) {
    int from = 0;
    long records = 0;
    TreeSet<Integer> partitions = new TreeSet<>();
    for (var part : places.entrySet()) {
      if (records > 0 && records + part.getValue().records > mostRecords) {
        fetch(from, part.getKey(), partitions, take);
        from = part.getKey();
        records = 0;
        partitions.clear();
      }
      records += part.getValue().records;
      partitions.addAll(part.getValue().partitions);
    }
    if (!partitions.isEmpty()) {
      fetch(from, places.lastKey() + 1, partitions, take);
    }
  }

  private void fetch(
      int from, int to, TreeSet<Integer> partitions, Consumer<List<FoundPortion>> take) {
    JavaRDD<Parcel<FoundPortion>> some =
        PartitionPruningRDD.create(found.rdd(), new Chosen(partitions)).toJavaRDD();
    List<FoundPortion> portions =
        sorted(
            Transport.collect(
                some.map(Parcel::value)
                    .filter(portion -> portion.part() >= from && portion.part() < to)));
    int start = 0;
    for (int i = 1; i <= portions.size(); i++) {
      if (i == portions.size() || portions.get(i).part() != portions.get(start).part()) {
        take.accept(portions.subList(start, i));
        start = i;
      }
    }
  }

  private static List<FoundPortion> sorted(List<FoundPortion> portions) {
    return portions.stream()
        .sorted(Comparator.comparingInt(FoundPortion::part).thenComparingInt(FoundPortion::first))
        .toList();
  }

  @Override
  public void close() {
    found.unpersist(false);
  }
}
