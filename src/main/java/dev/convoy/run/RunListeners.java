package dev.convoy.run;

import dev.convoy.api.PublicApi;
import dev.convoy.model.weights.LoadedWeights;
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
 * Several listeners as one. Each hears every event of a training, in their order; those that listen
 * to runs hear what comes beside it, too.
 *
 * @param listeners to tell
 */
@PublicApi
public record RunListeners(List<TrainingListener> listeners) implements RunListener {
  /** Copies the list. */
  public RunListeners {
    listeners = List.copyOf(listeners);
  }

  /** Returns these listeners as one. */
  public static RunListeners of(TrainingListener... listeners) {
    return new RunListeners(List.of(listeners));
  }

  private List<RunListener> ofRuns() {
    return listeners.stream()
        .filter(RunListener.class::isInstance)
        .map(RunListener.class::cast)
        .toList();
  }

  @Override
  public void onNote(String sentence) {
    ofRuns().forEach(listener -> listener.onNote(sentence));
  }

  @Override
  public void onInitialWeights(LoadedWeights loaded) {
    ofRuns().forEach(listener -> listener.onInitialWeights(loaded));
  }

  @Override
  public void onData(DataReport data) {
    ofRuns().forEach(listener -> listener.onData(data));
  }

  @Override
  public void onWarning(String sentence) {
    ofRuns().forEach(listener -> listener.onWarning(sentence));
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
