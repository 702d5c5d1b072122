package dev.convoy.report;

import dev.convoy.train.EpochResult;
import dev.convoy.train.RoundResult;
import dev.convoy.train.TrainingListener;
import dev.convoy.train.TrainingStart;
import dev.convoy.train.TrainingSummary;
import dev.convoy.train.fault.Fault;
import dev.convoy.train.fault.NonFinite;
import dev.convoy.train.frequency.FrequencyMeasurement;
import java.util.List;

/**
 * Several listeners as one; each hears every event, in their order.
 *
 * @param listeners to tell
 */
public record Listeners(List<TrainingListener> listeners) implements TrainingListener {
  /** These listeners. */
  public static Listeners of(TrainingListener... listeners) {
    return new Listeners(List.of(listeners));
  }

  @Override
  public void onStart(TrainingStart start) {
    listeners.forEach(listener -> listener.onStart(start));
  }

  @Override
  public void onRound(RoundResult round) {
    listeners.forEach(listener -> listener.onRound(round));
  }

  @Override
  public void onFault(int round, Fault fault) {
    listeners.forEach(listener -> listener.onFault(round, fault));
  }

  @Override
  public void onNonFinite(NonFinite nonFinite) {
    listeners.forEach(listener -> listener.onNonFinite(nonFinite));
  }

  @Override
  public void onFrequency(FrequencyMeasurement measurement) {
    listeners.forEach(listener -> listener.onFrequency(measurement));
  }

  @Override
  public void onEpoch(EpochResult epoch) {
    listeners.forEach(listener -> listener.onEpoch(epoch));
  }

  @Override
  public void onEnd(TrainingSummary summary) {
    listeners.forEach(listener -> listener.onEnd(summary));
  }
}
