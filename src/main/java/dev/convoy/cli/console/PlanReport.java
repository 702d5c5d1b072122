package dev.convoy.cli.console;

import dev.convoy.config.Job;
import dev.convoy.report.Numbers;
import dev.convoy.report.TextTable;
import dev.convoy.spark.forecast.Cluster;
import dev.convoy.spark.forecast.Forecast;
import dev.convoy.spark.forecast.RoundForecast;
import dev.convoy.spark.forecast.Timing;
import dev.convoy.train.round.Averaging;
import dev.convoy.train.round.MemoryEstimate;
import dev.convoy.train.round.TrainingPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What {@code convoy plan} tells, in lines. */
public final class PlanReport {
  /** The share of the time, for averaging, that H is chosen for. */
  private static final double SHARE = 0.05;

  /** Who waits no longer than that needs no cluster. */
  private static final double SHORT_SECONDS = 600;

  /** Nor who would gain less than that. */
  private static final double LITTLE = 1.5;

  private final Job job;
  private final TrainingPlan plan;
  private final Timing timing;
  private final Cluster cluster;
  private final Forecast forecast;
  private final long examples;

  public PlanReport(Job job, TrainingPlan plan, Timing timing, Cluster cluster) {
    this.job = job;
    this.plan = plan;
    this.timing = timing;
    this.cluster = cluster;
    this.examples = plan.sampler().examples();
    this.forecast = new Forecast(plan, examples, timing, SHARE);
  }

  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        text(
            "Plan for %s: %,d parameters, %,d images, batch %d, %d epochs",
            job.name(),
            plan.network().parameterCount(),
            examples,
            plan.sampler().batchSize(),
            plan.epochs()));
    lines.add(
        text(
            "Measured here: a step %s; averaging %s a contribution, and %s a round",
            time(timing.stepSeconds()), time(timing.foldSeconds()), time(timing.finishSeconds())));
    lines.add("");
    lines.addAll(table().lines());
    lines.add("");
    RoundForecast asked = forecast.of(cluster);
    lines.add(
        text(
            "On %s: distribution.workers=%d, averagingFrequency=%d, reduction=%s; an epoch takes"
                + " %s, averaging %.1f%% of it, the training %s.",
            executors(cluster.executors()),
            asked.workers(),
            asked.steps(),
            asked.sharded() ? "sharded" : "driver",
            time(asked.epochSeconds()),
            100 * asked.averagingShare(),
            time(plan.epochs() * asked.epochSeconds())));
    if (plan.workers() != asked.workers()) {
      lines.add(asWritten());
    }
    lines.add(memory(asked));
    lines.add(enough());
    lines.add(oneMachine(asked));
    return lines;
  }

  private TextTable table() {
    TextTable table =
        new TextTable(
            "executors",
            "workers",
            "step",
            "averaging",
            "summed on",
            "H",
            "epoch",
            "images/s",
            "speed-up");
    double one = forecast.of(cluster.of(1)).epochSeconds();
    for (int count = 1; count < cluster.executors(); count *= 2) {
      row(table, forecast.of(cluster.of(count)), one);
    }
    row(table, forecast.of(cluster), one);
    return table;
  }

  private void row(TextTable table, RoundForecast of, double one) {
    table.row(
        Numbers.count(of.cluster().executors()),
        Numbers.count(of.workers()),
        time(of.stepSeconds()),
        time(of.beyondSeconds()),
        of.sharded() ? "executors" : "driver",
        Numbers.count(of.steps()),
        time(of.epochSeconds()),
        Numbers.rate(examples / of.epochSeconds()),
        text("%.1f", one / of.epochSeconds()));
  }

  /** K is part of the job: a cluster that is larger does not change it. */
  private String asWritten() {
    int steps = plan.averaging() == Averaging.GRADIENTS ? 1 : plan.frequency().most();
    RoundForecast written = forecast.of(cluster, plan.workers(), steps);
    int idle = cluster.slots() - Math.min(cluster.slots(), plan.workers());
    return text(
        "As the job stands, with %d workers and H = %d: an epoch takes %s, averaging %.1f%% of it;"
            + " %,d of %,d cores idle.",
        plan.workers(),
        steps,
        time(written.epochSeconds()),
        100 * written.averagingShare(),
        idle,
        cluster.slots());
  }

  private String memory(RoundForecast asked) {
    TrainingPlan large = plan.withSampler(plan.sampler().ofWorkers(asked.workers()));
    boolean evaluates = job.data().test() != null || job.data().validation() != null;
    MemoryEstimate estimate =
        new MemoryEstimate(large, asked.sharded(), job.checkpoint().wanted(), evaluates);
    double images = (double) examples * plan.network().input().size() / cluster.executors();
    return text(
        "Memory: %,d MB in the driver, %,d MB in an executor, and %,d MB of images there.",
        megabytes(estimate.driverBytes()),
        megabytes(estimate.executorBytes(cluster.cores())),
        megabytes((long) images));
  }

  private String enough() {
    int enough = forecast.enough(cluster);
    return text(
        "More executors stop paying at %s: twice as many would be %.2f times as fast.",
        executors(enough),
        forecast.of(cluster.of(enough)).epochSeconds()
            / forecast.of(cluster.of(2 * enough)).epochSeconds());
  }

  private String oneMachine(RoundForecast asked) {
    double one = forecast.of(cluster.of(1)).epochSeconds();
    double gain = one / asked.epochSeconds();
    String times =
        text(
            "the training takes %s on one of %s, and %s on %d",
            time(plan.epochs() * one),
            cores(),
            time(plan.epochs() * asked.epochSeconds()),
            cluster.executors());
    return plan.epochs() * one <= SHORT_SECONDS || gain < LITTLE
        ? "One machine is enough: " + times + "."
        : "A cluster pays: " + times + text(", %.1f times as fast.", gain);
  }

  private String executors(int count) {
    return text("%,d %s of %s", count, count == 1 ? "executor" : "executors", cores());
  }

  private String cores() {
    return cluster.cores() == 1 ? "1 core" : cluster.cores() + " cores";
  }

  private static long megabytes(long bytes) {
    return (bytes + (1 << 20) - 1) >> 20;
  }

  /** Writes a time as in {@code 1.05 ms}, {@code 12.3 s}, {@code 2 h 5 min}. */
  public static String time(double seconds) {
    if (seconds < 1) {
      return text(seconds < 0.01 ? "%.2f ms" : "%.1f ms", 1e3 * seconds);
    } else if (seconds < 120) {
      return text("%.1f s", seconds);
    } else if (seconds < 7200) {
      return text("%.0f min", seconds / 60);
    }
    return text("%.1f h", seconds / 3600);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
