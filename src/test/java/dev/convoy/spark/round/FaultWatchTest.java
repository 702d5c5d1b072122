package dev.convoy.spark.round;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.train.fault.Fault;
import java.util.List;
import org.apache.spark.scheduler.SparkListenerBlockUpdated;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.storage.BlockManagerId;
import org.apache.spark.storage.BlockUpdatedInfo;
import org.apache.spark.storage.RDDBlockId;
import org.apache.spark.storage.StorageLevel;
import org.junit.jupiter.api.Test;
import scala.Option;

/** What is a fault, told by Spark's events alone. */
class FaultWatchTest {
  private final FaultWatch watch = new FaultWatch(null);

  private void block(String executor, StorageLevel level) {
    BlockManagerId at = BlockManagerId.apply(executor, "host" + executor, 1, Option.empty());
    watch.onBlockUpdated(
        new SparkListenerBlockUpdated(
            new BlockUpdatedInfo(at, new RDDBlockId(9, 1), level, 16, 0)));
  }

  @Test
  void aBlockThatMovesToAnotherExecutorIsNoFault() {
    block("0", StorageLevel.MEMORY_AND_DISK());
    block("0", StorageLevel.NONE());
    block("1", StorageLevel.MEMORY_AND_DISK());
    assertEquals(List.of(), watch.drain(false));
  }

  @Test
  void aBlockThatItsExecutorReadsAgainIsOne() {
    block("0", StorageLevel.MEMORY_AND_DISK());
    block("0", StorageLevel.NONE());
    block("0", StorageLevel.MEMORY_AND_DISK());
    assertEquals(List.of(Fault.blockReadAgain("0", "host0", "rdd_9_1")), watch.drain(false));
  }

  @Test
  void aBlockThatIsLostWithTheExecutorItMovedToIsOne() {
    block("0", StorageLevel.MEMORY_AND_DISK());
    block("0", StorageLevel.NONE());
    block("1", StorageLevel.MEMORY_AND_DISK());
    watch.onExecutorRemoved(new SparkListenerExecutorRemoved(5, "1", "Command exited with code 1"));
    block("0", StorageLevel.MEMORY_AND_DISK());
    assertEquals(
        List.of(
            Fault.executorLost("1", null, "Command exited with code 1"),
            Fault.blockReadAgain("0", "host0", "rdd_9_1")),
        watch.drain(false));
  }
}
