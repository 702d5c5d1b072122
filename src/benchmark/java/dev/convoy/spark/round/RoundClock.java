package dev.convoy.spark.round;

import dev.convoy.report.MetricsLog;
import dev.convoy.train.RoundResult;
import dev.convoy.train.TrainingListener;
import dev.convoy.train.round.RoundTime;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import scala.collection.Iterator;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;

/**
 * Hears a training, and after each round runs an empty job of two tasks: the usual one of a lambda,
 * and the leanest that Spark has, in turn. A round's time is by its own clock, from the end of one
 * empty job to the start of the next, so that nothing is left out.
 */
final class RoundClock implements TrainingListener {
  private final JavaSparkContext spark;
  private final JavaRDD<Integer> two;
  private final MetricsLog metrics = new MetricsLog(OutputStream.nullOutputStream());
  private final List<Double> seconds = new ArrayList<>();
  private final List<Double> usualJob = new ArrayList<>();
  private final List<Double> leanJob = new ArrayList<>();
  private final List<RoundTime> times = new ArrayList<>();
  private long examples;
  private long last;

  RoundClock(JavaSparkContext spark) {
    this.spark = spark;
    this.two = spark.parallelize(List.of(0, 1), 2);
  }

  /** Before the first round. */
  void start() {
    last = System.nanoTime();
  }

  @Override
  public void onRound(RoundResult round) {
    metrics.onRound(round);
    seconds.add((System.nanoTime() - last) * 1e-9);
    times.add(round.time());
    examples += round.examples();
    emptyJob();
    last = System.nanoTime();
  }

  private void emptyJob() {
    final long start = System.nanoTime();
    boolean lean = usualJob.size() > leanJob.size();
    if (lean) {
      spark.sc().runJob(two.rdd(), new Nothing(), ClassTag$.MODULE$.apply(Boolean.class));
    } else {
      two.foreachPartition(numbers -> {});
    }
    (lean ? leanJob : usualJob).add((System.nanoTime() - start) * 1e-9);
  }

  /** Median of what the busiest core computed in a round. */
  double computeSeconds() {
    return median(times.stream().map(RoundTime::computeSeconds).toList());
  }

  /** Median of what a round took beyond that. */
  double beyondSeconds() {
    List<Double> beyond = new ArrayList<>();
    for (int i = 0; i < times.size(); i++) {
      beyond.add(seconds.get(i) - times.get(i).computeSeconds());
    }
    return median(beyond);
  }

  /** Over all rounds, without the empty jobs. */
  double imagesPerSecond() {
    return examples / seconds.stream().mapToDouble(Double::doubleValue).sum();
  }

  void print(String title) {
    System.out.printf(
        "%s: %.0f images/s; medians: computing %.2f ms, beyond %.2f ms (waiting %.2f, averaging"
            + " %.2f)%n",
        title,
        imagesPerSecond(),
        1e3 * computeSeconds(),
        1e3 * beyondSeconds(),
        1e3 * median(times.stream().map(RoundTime::waitSeconds).toList()),
        1e3 * median(times.stream().map(RoundTime::averageSeconds).toList()));
    System.out.printf(
        "  an empty job of two tasks: %.2f ms by foreachPartition, %.2f ms at the leanest; a round"
            + " beyond computing is %.2f and %.2f times that%n",
        1e3 * median(usualJob),
        1e3 * median(leanJob),
        beyondSeconds() / median(usualJob),
        beyondSeconds() / median(leanJob));
  }

  private static double median(List<Double> values) {
    return RoundCostBenchmark.median(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** A task that does nothing. */
  private static final class Nothing
      extends AbstractFunction2<TaskContext, Iterator<Integer>, Boolean> implements Serializable {
    private static final long serialVersionUID = 1;

    @Override
    public Boolean apply(TaskContext context, Iterator<Integer> numbers) {
      return true;
    }
  }
}
