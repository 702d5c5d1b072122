package dev.convoy.spark.round;

import dev.convoy.train.fault.Fault;
import dev.convoy.train.round.Contribution;
import dev.convoy.train.round.RoundRunner;
import dev.convoy.train.round.State;
import dev.convoy.train.round.TrainingPlan;
import java.util.List;

/** Rounds on a cluster whose faults are heard. */
record WatchedRounds(RoundRunner rounds, FaultWatch watch) implements RoundRunner {
  @Override
  public List<Contribution> run(State state, int epoch, int roundInEpoch) {
    return rounds.run(state, epoch, roundInEpoch);
  }

  @Override
  public void follow(TrainingPlan plan) {
    rounds.follow(plan);
  }

  @Override
  public State average(List<Contribution> contributions) {
    return rounds.average(contributions);
  }

  @Override
  public List<Fault> faults(boolean all) {
    return watch.drain(all);
  }

  @Override
  public void close() {
    rounds.close();
  }
}
