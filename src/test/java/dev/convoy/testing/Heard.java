package dev.convoy.testing;

import dev.convoy.train.EpochResult;
import dev.convoy.train.RoundResult;
import dev.convoy.train.TrainingListener;
import dev.convoy.train.TrainingSummary;
import dev.convoy.train.round.RoundTime;
import java.util.ArrayList;
import java.util.List;

/** What a listener heard of a training, without times: equal where two trainings were. */
public final class Heard implements TrainingListener {
  public final List<Object> events = new ArrayList<>();

  @Override
  public void onRound(RoundResult r) {
    events.add(
        new RoundResult(
            r.epoch(),
            r.round(),
            r.roundInEpoch(),
            r.roundsPerEpoch(),
            r.examples(),
            r.loss(),
            r.accuracy(),
            r.learningRate(),
            RoundTime.NONE,
            r.weightsSha256(),
            r.contributions()));
  }

  @Override
  public void onEpoch(EpochResult e) {
    events.add(
        new EpochResult(
            e.epoch(),
            e.trainLoss(),
            e.trainAccuracy(),
            e.validationLoss(),
            e.validationAccuracy(),
            e.testLoss(),
            e.testAccuracy(),
            e.examples(),
            RoundTime.NONE,
            null));
  }

  @Override
  public void onEnd(TrainingSummary s) {
    events.add(
        new TrainingSummary(
            s.validationLoss(),
            s.validationAccuracy(),
            s.testLoss(),
            s.testAccuracy(),
            RoundTime.NONE,
            0,
            s.parameters(),
            s.weightsSha256(),
            s.rounds(),
            s.stopped(),
            s.bestEpoch(),
            s.stoppedEarly()));
  }

  /** The last of them, as many as another heard. */
  public List<Object> last(int count) {
    return events.subList(events.size() - count, events.size());
  }
}
