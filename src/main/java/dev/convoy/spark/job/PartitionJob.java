package dev.convoy.spark.job;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/** A job over some partitions of one element each, which are taken as they arrive. */
public final class PartitionJob {
  private PartitionJob() {}

  /**
   * Runs it.
   *
   * @param from the first partition
   * @param to the partition after the last
   * @param take takes a partition's number and element, in one thread, in any order
   */
  public static <T> void run(
      JavaSparkContext spark, JavaRDD<T> rdd, int from, int to, BiConsumer<Integer, T> take) {
    List<Object> partitions = new ArrayList<>();
    for (int partition = from; partition < to; partition++) {
      partitions.add(partition);
    }
    spark
        .sc()
        .runJob(
            rdd.rdd(),
            new First<T>(),
            CollectionConverters.asScala(partitions).toSeq(),
            new Take<>(from, take),
            ClassTag$.MODULE$.<Parcel<T>>apply(Parcel.class));
  }

  /** The one element of a partition. */
  private static final class First<T> extends AbstractFunction2<TaskContext, Iterator<T>, Parcel<T>>
      implements Serializable {
    private static final long serialVersionUID = 1;

    @Override
    public Parcel<T> apply(TaskContext context, Iterator<T> elements) {
      return new Parcel<>(elements.next());
    }
  }

  /** Hands an element on, in the driver. */
  private static final class Take<T> extends AbstractFunction2<Object, Parcel<T>, BoxedUnit> {
    private final int from;
    private final BiConsumer<Integer, T> take;

    Take(int from, BiConsumer<Integer, T> take) {
      this.from = from;
      this.take = take;
    }

    @Override
    public BoxedUnit apply(Object index, Parcel<T> element) {
      take.accept(from + (Integer) index, element.value());
      return BoxedUnit.UNIT;
    }
  }
}
