package dev.convoy.report;

import dev.convoy.train.EpochResult;
import dev.convoy.train.RoundResult;
import dev.convoy.train.TrainingListener;
import dev.convoy.train.TrainingStart;
import dev.convoy.train.TrainingSummary;
import dev.convoy.train.fault.Fault;
import dev.convoy.train.fault.NonFinite;
import java.io.PrintStream;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Shows a training to a person: a table with a row an epoch, and below it, on a terminal, a live
 * line with round, images/s, loss, accuracy and the time left; without a terminal a plain line
 * every few seconds.
 */
public final class ConsoleProgress implements TrainingListener {
  /** The time from one plain line to the next, so that a log stays readable. */
  private static final double PLAIN_LINE_SECONDS = 5;

  /** The time from one drawing of the live line to the next. */
  private static final int DRAW_MILLISECONDS = 100;

  private final PrintStream out;
  private final int columns;
  private int epochs;

  /** Whether validation examples are evaluated after each epoch, in place of the test examples. */
  private boolean validates;

  private @Nullable ProgressBar bar;
  private @Nullable LiveLine live;
  private long examples;
  private double lossSum;
  private double correct;
  private double seconds;

  /** The epoch that is shown, and how many of its rounds were heard. */
  private int epoch;

  private int rounds;
  private double silentSeconds;

  /**
   * A report to this stream.
   *
   * @param columns of the terminal on which lines may be drawn over; 0 for none
   */
  public ConsoleProgress(PrintStream out, int columns) {
    this.out = out;
    this.columns = columns;
  }

  @Override
  public void onStart(TrainingStart start) {
    epochs = start.epochs();
    validates = start.validationExamples() > 0;
    out.printf(
        Locale.ROOT,
        "Training %s: %,d parameters, %,d images, %s for %d epoch%s%n",
        start.name(),
        start.network().parameterCount(),
        start.trainExamples(),
        workers(start),
        start.epochs(),
        start.epochs() == 1 ? "" : "s");
    String watched = validates ? "val." : "test";
    out.println(
        row(
            "epoch",
            "loss",
            "accuracy",
            watched + " loss",
            watched + " acc.",
            "images/s",
            "seconds"));
  }

  private static String workers(TrainingStart start) {
    return String.format(
        Locale.ROOT,
        "%d worker%s x batch %d, averaged %s,",
        start.workers(),
        start.workers() == 1 ? "" : "s",
        start.batchSize(),
        start.frequency().description());
  }

  @Override
  public void onRound(RoundResult round) {
    if (round.epoch() != epoch) {
      begin(round);
    }
    rounds++;
    examples += round.examples();
    lossSum += round.loss() * round.examples();
    correct += round.accuracy() * round.examples();
    seconds += round.time().seconds();
    silentSeconds += round.time().seconds();
    String state =
        String.format(
            Locale.ROOT,
            "%s images/s, loss %.4f, accuracy %s, %s s left",
            Numbers.rate(examples / seconds),
            lossSum / examples,
            Numbers.orDash(correct / examples),
            Numbers.seconds(seconds / rounds * (round.roundsPerEpoch() - round.roundInEpoch())));
    if (bar != null) {
      bar.maxHint(round.roundsPerEpoch()); // rounds may turn longer meanwhile
      bar.setExtraMessage(state);
      bar.stepTo(round.roundInEpoch());
    } else if (silentSeconds >= PLAIN_LINE_SECONDS) {
      silentSeconds = 0;
      out.printf(
          Locale.ROOT,
          "epoch %d of %d, round %d of %d: %s%n",
          round.epoch(),
          epochs,
          round.roundInEpoch(),
          round.roundsPerEpoch(),
          state);
    }
  }

  @Override
  public void onFault(int round, Fault fault) {
    if (live != null) {
      live.clear();
    }
    out.println(FaultLine.of(round, fault));
  }

  @Override
  public void onNonFinite(NonFinite nonFinite) {
    close();
    epoch = 0;
    if (nonFinite.backTo() != null) {
      out.println(
          "Round "
              + nonFinite.round()
              + ": a value is not finite, "
              + nonFinite.where()
              + "; going on from round "
              + nonFinite.backTo()
              + " with learning rates times "
              + nonFinite.learningRateFactor());
    }
  }

  private void begin(RoundResult round) {
    epoch = round.epoch();
    rounds = 0;
    examples = 0;
    lossSum = 0;
    correct = 0;
    seconds = 0;
    if (columns > 0) {
      live = new LiveLine(out, columns);
      bar =
          new ProgressBarBuilder()
              .setTaskName("epoch " + round.epoch() + "/" + epochs)
              .setUnit(" rounds", 1)
              .setInitialMax(round.roundsPerEpoch())
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(DRAW_MILLISECONDS)
              // Else a round that ends while the bar is drawn is taken for drawn.
              .continuousUpdate()
              .hideEta()
              .setConsumer(live)
              .build();
    }
  }

  @Override
  public void onEpoch(EpochResult epoch) {
    close();
    silentSeconds = 0;
    out.println(
        row(
            epoch.epoch() + "/" + epochs,
            Numbers.share(epoch.trainLoss()),
            Numbers.orDash(epoch.trainAccuracy()),
            Numbers.orDash(epoch.watchedLoss()),
            Numbers.orDash(epoch.watchedAccuracy()),
            Numbers.rate(epoch.imagesPerSecond()),
            Numbers.seconds(epoch.time().seconds())));
  }

  @Override
  public void onEnd(TrainingSummary summary) {
    close();
    if (summary.stopped()) {
      out.println("Stopped before the end, after " + summary.rounds() + " rounds.");
    }
    if (summary.stoppedEarly()) {
      out.println("Stopped early: the " + watched() + " examples showed no more progress.");
    }
    if (summary.bestEpoch() != null) {
      out.printf(
          Locale.ROOT,
          "Kept the weights of epoch %d: %s loss %.4f, accuracy %s.%n",
          summary.bestEpoch(),
          watched(),
          validates ? summary.validationLoss() : summary.testLoss(),
          Numbers.orDash(validates ? summary.validationAccuracy() : summary.testAccuracy()));
    }
  }

  private String watched() {
    return validates ? "validation" : "test";
  }

  /** Takes the live line away, if there is one. */
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
      live = null;
    }
  }

  private static String row(String... cells) {
    return String.format(Locale.ROOT, "%7s %9s %9s %10s %10s %10s %8s", (Object[]) cells);
  }
}
