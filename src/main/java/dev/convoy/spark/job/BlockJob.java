package dev.convoy.spark.job;

import dev.convoy.image.ImageBlock;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;

/**
 * A job on the blocks of some partitions. It is run on the blocks themselves by a class that is a
 * Scala function: for a lambda, or a further RDD, Spark would read and check byte code in every
 * job, which takes longer than starting the tasks.
 */
public final class BlockJob {
  private BlockJob() {}

  /** What is done with a partition's blocks, where they are. */
  public interface Work<R> extends Serializable {
    R on(int partition, Iterator<ImageBlock> blocks);
  }

  /**
   * Runs it.
   *
   * @return a result each, in the order of the partitions as they are given
   */
  @SuppressWarnings("unchecked")
  public static <R> List<R> run(
      JavaSparkContext spark, JavaRDD<ImageBlock> blocks, List<Integer> partitions, Work<R> work) {
    Parcel<R>[] results =
        (Parcel<R>[])
            spark
                .sc()
                .runJob(
                    blocks.rdd(),
                    new Task<>(work),
                    CollectionConverters.asScala(List.<Object>copyOf(partitions)).toSeq(),
                    ClassTag$.MODULE$.<Parcel<R>>apply(Parcel.class));
    return Arrays.stream(results).map(Parcel::value).toList();
  }

  private static final class Task<R>
      extends AbstractFunction2<TaskContext, Iterator<ImageBlock>, Parcel<R>>
      implements Serializable {
    private static final long serialVersionUID = 1;

    private final Work<R> work;

    Task(Work<R> work) {
      this.work = work;
    }

    @Override
    public Parcel<R> apply(TaskContext context, Iterator<ImageBlock> blocks) {
      return new Parcel<>(work.on(context.partitionId(), blocks));
    }
  }
}
