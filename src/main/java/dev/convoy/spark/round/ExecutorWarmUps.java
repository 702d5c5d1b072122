package dev.convoy.spark.round;

import dev.convoy.image.ImageBlock;
import dev.convoy.spark.block.HomedBlocks;
import dev.convoy.spark.block.LiveExecutor;
import dev.convoy.spark.job.SomePartitions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Has executors that come while a training runs warm up beside it: a new JVM has yet to load and
 * compile what a round needs, and all workers would wait for it. Rounds go on without it meanwhile.
 */
final class ExecutorWarmUps implements AutoCloseable {
  private final Set<LiveExecutor> warm = new HashSet<>();
  private final Map<LiveExecutor, JavaFutureAction<Void>> warming = new HashMap<>();

  /** Takes executors for warm: those of the first round all start together. */
  void takeForWarm(List<LiveExecutor> executors) {
    warm.addAll(executors);
  }

  /** Those of the executors present that are warm; all, where none of them is. */
  List<LiveExecutor> warm(List<LiveExecutor> present) {
    warm.retainAll(present);
    warming
        .entrySet()
        .removeIf(
            entry -> {
              boolean gone = !present.contains(entry.getKey());
              if (gone) {
                entry.getValue().cancel(true);
              } else if (entry.getValue().isDone()) {
                warm.add(entry.getKey());
              }
              return gone || entry.getValue().isDone();
            });
    if (warm.isEmpty()) {
      warm.addAll(present);
    }
    return present.stream().filter(warm::contains).toList();
  }

  /**
   * Has those that are neither warm nor about to be rehearse.
   *
   * @param blocks of the training
   */
  void begin(
      JavaSparkContext spark,
      List<LiveExecutor> present,
      JavaRDD<ImageBlock> blocks,
      WarmUp rehearsal) {
    for (LiveExecutor executor : present) {
      if (!warm.contains(executor) && !warming.containsKey(executor)) {
        spark.setJobDescription("executor " + executor.id() + " warms up");
        JavaRDD<ImageBlock> there =
            JavaRDD.fromRDD(new HomedBlocks(blocks, p -> executor), blocks.classTag());
        warming.put(
            executor,
            SomePartitions.of(there, rehearsal.partition()).foreachPartitionAsync(rehearsal));
        spark.setJobDescription(null);
      }
    }
  }

  @Override
  public void close() {
    warming.values().forEach(rehearsal -> rehearsal.cancel(true));
    warming.clear();
  }
}
