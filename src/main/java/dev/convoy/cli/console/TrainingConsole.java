package dev.convoy.cli.console;

import dev.convoy.config.Job;
import dev.convoy.report.ConsoleProgress;
import dev.convoy.report.FrequencyReport;
import dev.convoy.report.Numbers;
import dev.convoy.report.TimeShares;
import dev.convoy.run.RunListener;
import dev.convoy.run.RunListeners;
import dev.convoy.run.TrainingResult;
import dev.convoy.train.frequency.Auto;
import java.io.PrintStream;

/** Shows a training on the terminal: what comes before it, its progress, its result. */
public final class TrainingConsole implements AutoCloseable {
  private final Job job;
  private final PrintStream out;
  private final ConsoleProgress progress;
  private final FrequencyReport frequency = new FrequencyReport();
  private final RunListener listener;

  public TrainingConsole(Job job, PrintStream out, PrintStream err) {
    this.job = job;
    this.out = out;
    progress = new ConsoleProgress(out, Terminal.isLive() ? Terminal.columns() : 0);
    listener = RunListeners.of(new ConsoleNotes(out, err), progress, frequency);
  }

  /** Returns what has to hear of the run. */
  public RunListener listener() {
    return listener;
  }

  /** Prints what came out. */
  public void print(TrainingResult result) {
    result
        .evaluation()
        .ifPresent(
            evaluation -> {
              out.println();
              EvaluationReport.print(evaluation, false, out);
              evaluation.notes().forEach(out::println);
            });
    out.println();
    out.println(
        "Trained at "
            + Numbers.rate(result.summary().imagesPerSecond())
            + " images/s, "
            + Numbers.seconds(result.summary().time().seconds())
            + " s in all.");
    out.println(TimeShares.line(result.summary().time(), job.distribution().averaging()));
    if (job.distribution().averagingFrequency() instanceof Auto) {
      frequency.lines(result.frequency()).forEach(out::println);
    }
    out.println("Model:    " + result.modelFolder());
    out.println("Metrics:  " + result.metricsFile());
    if (result.summary().stopped() && job.checkpoint().wanted()) {
      out.println("Add --resume to the command, and it goes on from here.");
    }
  }

  /** Takes the live line away. */
  @Override
  public void close() {
    progress.close();
  }
}
