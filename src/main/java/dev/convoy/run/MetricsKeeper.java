package dev.convoy.run;

import dev.convoy.report.MetricsLog;
import dev.convoy.train.EpochResult;
import dev.convoy.train.RoundResult;
import dev.convoy.train.TrainingListener;
import dev.convoy.train.TrainingSummary;
import dev.convoy.train.fault.Fault;
import dev.convoy.train.fault.NonFinite;
import dev.convoy.train.frequency.FrequencyMeasurement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the log of a training as long as it can be written: a training is worth more than its log.
 * After the first line that can't, none follows, as the file may end in half of it.
 */
final class MetricsKeeper implements TrainingListener, AutoCloseable {
  private final MetricsLog log;
  private final RunListener listener;
  private @Nullable String failure;

  MetricsKeeper(MetricsLog log, RunListener listener) {
    this.log = log;
    this.listener = listener;
  }

  /** Returns why the log ends too early; empty if it does not. */
  Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  private void write(Consumer<MetricsLog> event) {
    if (failure != null) {
      return;
    }
    try {
      event.accept(log);
    } catch (UncheckedIOException e) {
      failed(String.valueOf(e.getMessage()));
    }
  }

  private void failed(String reason) {
    if (failure == null) {
      failure = reason;
      listener.onWarning(reason + "; training goes on without them");
    }
  }

  @Override
  public void onRound(RoundResult round) {
    write(metrics -> metrics.onRound(round));
  }

  @Override
  public void onFault(int round, Fault fault) {
    write(metrics -> metrics.onFault(round, fault));
  }

  @Override
  public void onNonFinite(NonFinite nonFinite) {
    write(metrics -> metrics.onNonFinite(nonFinite));
  }

  @Override
  public void onFrequency(FrequencyMeasurement measurement) {
    write(metrics -> metrics.onFrequency(measurement));
  }

  @Override
  public void onEpoch(EpochResult epoch) {
    write(metrics -> metrics.onEpoch(epoch));
  }

  @Override
  public void onEnd(TrainingSummary summary) {
    write(metrics -> metrics.onEnd(summary));
  }

  @Override
  public void close() {
    try {
      log.close();
    } catch (IOException e) {
      failed("The metrics can't be written: " + e.getMessage());
    }
  }
}
