package dev.convoy.spark.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.nn.Network;
import dev.convoy.nn.layer.Dense;
import dev.convoy.nn.layer.Flatten;
import dev.convoy.nn.layer.Relu;
import dev.convoy.optim.Sgd;
import dev.convoy.testing.SmallTraining;
import dev.convoy.train.round.Averaging;
import dev.convoy.train.round.ContributionFormat;
import dev.convoy.train.round.TrainingPlan;
import org.junit.jupiter.api.Test;

/** What a forecast makes of times, whatever machine they are from. */
class ForecastTest {
  private static final int EXAMPLES = 1_000_000;
  private static final Timing SLOW_STEPS = new Timing(0.1, 1e-4, 1e-3);
  private static final Timing QUICK_STEPS = new Timing(1e-3, 1e-4, 1e-3);

  private static final TrainingPlan SMALL = plan(8);
  private static final TrainingPlan LARGE = plan(4000);

  /** Two layers of so many units: 64 MB of parameters and as much of momentum where it is 4,000. */
  private static TrainingPlan plan(int units) {
    Network network =
        Network.of(
            SmallTraining.IMAGE,
            new Flatten(),
            Dense.of(units),
            new Relu(),
            Dense.of(units),
            Dense.of(SmallTraining.CLASSES));
    return SmallTraining.plan(
        network, Sgd.of(0.1f, 0.9f), Averaging.PARAMETERS, 4000, 4, 10, 8, true);
  }

  private static Cluster cluster(int executors, double gbit) {
    return new Cluster(executors, 4, gbit, 0);
  }

  private static Forecast forecast(TrainingPlan plan, Timing timing) {
    return new Forecast(plan, EXAMPLES, timing, 0.05);
  }

  @Test
  void theStepsOfARoundKeepAveragingAtItsShareWhereAnEpochHasEnough() {
    for (TrainingPlan plan : new TrainingPlan[] {SMALL, LARGE}) {
      for (int executors = 1; executors <= 1024; executors *= 2) {
        RoundForecast of = forecast(plan, SLOW_STEPS).of(cluster(executors, 10));
        double epochSteps = EXAMPLES / (10.0 * of.workers());
        boolean capped = of.steps() == Math.max(1, (int) (epochSteps / 4));
        assertTrue(of.averagingShare() <= 0.0501 || capped, of.toString());
        assertTrue(of.steps() >= 1 && of.steps() <= Math.max(1, epochSteps / 4), of.toString());
      }
    }
  }

  @Test
  void workersThatTakeTurnsOnACoreTakeAsManyTimesAsLong() {
    Forecast forecast = forecast(SMALL, SLOW_STEPS);
    assertEquals(0.1, forecast.of(cluster(2, 10), 8, 4).stepSeconds(), 1e-12);
    assertEquals(0.2, forecast.of(cluster(2, 10), 9, 4).stepSeconds(), 1e-12);
    assertEquals(0.1, forecast.of(cluster(2, 10), 3, 4).stepSeconds(), 1e-12);
  }

  @Test
  void executorsOnOneMachineShareItsProcessors() {
    Forecast forecast = forecast(SMALL, SLOW_STEPS);
    Cluster four = new Cluster(4, 1, 10, 2);
    assertEquals(0.2, forecast.of(four, 4, 4).stepSeconds(), 1e-12);
    assertEquals(0.1, forecast.of(four, 2, 4).stepSeconds(), 1e-12);
  }

  @Test
  void manyLargeContributionsAreBetterSummedOnTheExecutors() {
    assertFalse(forecast(SMALL, SLOW_STEPS).of(cluster(8, 10)).sharded());
    assertTrue(forecast(LARGE, SLOW_STEPS).of(cluster(8, 1)).sharded());
    assertFalse(forecast(LARGE, SLOW_STEPS).of(cluster(1, 1), 1, 4).sharded());
  }

  @Test
  void aSlowerLinkMakesAveragingDearerAndHalvedContributionsCheaper() {
    double quick = forecast(LARGE, SLOW_STEPS).of(cluster(8, 10)).beyondSeconds();
    double slow = forecast(LARGE, SLOW_STEPS).of(cluster(8, 1)).beyondSeconds();
    TrainingPlan halved = LARGE.withContributions(ContributionFormat.BFLOAT16);
    double half = forecast(halved, SLOW_STEPS).of(cluster(8, 1)).beyondSeconds();
    assertTrue(quick < half && half < slow, quick + " " + half + " " + slow);
  }

  /** The longer a step, the more executors pay; a small network soon has enough. */
  @Test
  void moreExecutorsPayAsLongAsAveragingIsLittle() {
    int few = forecast(SMALL, QUICK_STEPS).enough(cluster(1, 10));
    int many = forecast(SMALL, SLOW_STEPS).enough(cluster(1, 10));
    assertTrue(1 < few && few < many && many < 10_000, few + " " + many);
    Forecast forecast = forecast(SMALL, QUICK_STEPS);
    double at = forecast.of(cluster(few, 10)).epochSeconds();
    assertTrue(at < 1.5 * forecast.of(cluster(2 * few, 10)).epochSeconds());
    double before = forecast.of(cluster(few - 1, 10)).epochSeconds();
    assertTrue(before >= 1.5 * forecast.of(cluster(2 * few - 2, 10)).epochSeconds());
  }

  @Test
  void gradientsAreAveragedEveryStep() {
    TrainingPlan gradients =
        SmallTraining.plan(
            SmallTraining.NETWORK, Sgd.of(0.1f, 0), Averaging.GRADIENTS, 4000, 4, 10, 1, true);
    assertEquals(1, forecast(gradients, QUICK_STEPS).of(cluster(8, 10)).steps());
  }
}
