package dev.convoy.spark.round;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerBlockManagerAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;

/** What becomes of an executor that is killed: it goes, another comes, and rehearses. */
final class Replacement extends SparkListener {
  private static final long TIMEOUT_SECONDS = 300;

  private final JavaSparkContext spark;
  private final CountDownLatch gone = new CountDownLatch(1);
  private final CountDownLatch here = new CountDownLatch(1);
  private final CountDownLatch warm = new CountDownLatch(1);
  private volatile int rehearsal = -1;
  private volatile String newcomer;

  /** Hears of it from now on. */
  Replacement(JavaSparkContext spark) {
    this.spark = spark;
    spark.sc().addSparkListener(this);
  }

  @Override
  public void onExecutorRemoved(SparkListenerExecutorRemoved event) {
    gone.countDown();
  }

  @Override
  public void onBlockManagerAdded(SparkListenerBlockManagerAdded event) {
    newcomer = event.blockManagerId().executorId();
    if (gone.getCount() == 0) {
      here.countDown();
    }
  }

  @Override
  public void onJobStart(SparkListenerJobStart event) {
    if (event.properties().getProperty("spark.job.description", "").endsWith(" warms up")) {
      rehearsal = event.jobId();
    }
  }

  @Override
  public void onJobEnd(SparkListenerJobEnd event) {
    if (event.jobId() == rehearsal) {
      warm.countDown();
    }
  }

  /** Kills an executor, and returns when Spark knows. */
  void killOne() {
    ProcessHandle.current()
        .descendants()
        .filter(p -> p.info().commandLine().orElse("").contains("CoarseGrainedExecutor"))
        .findFirst()
        .orElseThrow()
        .destroyForcibly();
    await(gone);
  }

  void awaitNewcomer() {
    await(here);
  }

  void awaitRehearsal() {
    await(warm);
  }

  /** The executor that came last. */
  String newcomer() {
    return newcomer;
  }

  private void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(TIMEOUT_SECONDS, TimeUnit.SECONDS), "nothing came of it");
      // All other listeners have heard of it, too.
      spark.sc().listenerBus().waitUntilEmpty(TimeUnit.SECONDS.toMillis(TIMEOUT_SECONDS));
    } catch (InterruptedException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }
}
