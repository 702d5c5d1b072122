package dev.convoy.spark.job;

import dev.convoy.image.ImageBlock;
import java.io.Serializable;
import java.util.Arrays;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.PartitionPruningRDD;
import scala.runtime.AbstractFunction1;

/** Some partitions of an RDD, as one of its own. */
public final class SomePartitions {
  private SomePartitions() {}

  /** Returns the blocks in these partitions, in their order; numbers below 0 are passed over. */
  public static JavaRDD<ImageBlock> of(JavaRDD<ImageBlock> blocks, int... partitions) {
    return JavaRDD.fromRDD(
        PartitionPruningRDD.create(blocks.rdd(), new IsIn(partitions)), blocks.classTag());
  }

  /** Whether a partition is among these. */
  private static final class IsIn extends AbstractFunction1<Object, Object>
      implements Serializable {
    private static final long serialVersionUID = 1;

    private final int[] partitions;

    IsIn(int[] partitions) {
      this.partitions = partitions;
    }

    @Override
    public Object apply(Object partition) {
      return Arrays.stream(partitions).anyMatch(p -> p == (Integer) partition);
    }
  }
}
