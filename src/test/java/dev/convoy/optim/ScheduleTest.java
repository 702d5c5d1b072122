package dev.convoy.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.testing.Golden;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ScheduleTest {
  private static final long STEPS = 7;

  static List<Golden> golden() {
    return Golden.cases("lr_schedules");
  }

  private static Schedule schedule(Golden golden, Pace pace) {
    double gamma = golden.at("/params/gamma").asDouble();
    return switch (golden.name()) {
      case "step" -> new Step(golden.integer("/params/step"), gamma, null);
      case "multistep" -> {
        double[] milestones = golden.numbers("/params/milestones");
        List<Integer> epochs = Arrays.stream(milestones).mapToObj(m -> (int) m).toList();
        yield new MultiStep(epochs, gamma, null);
      }
      case "exponential" -> new Exponential(gamma, null);
      case "cosine" ->
          new Cosine(
              golden.at("/params/eta_min").asDouble(), golden.integer("/params/T_max"), pace, null);
      case "poly" ->
          new Polynomial(
              golden.at("/params/power").asDouble(),
              0,
              golden.integer("/params/total"),
              pace,
              null);
      case "linear_warmup" ->
          new Constant(
              new Warmup(
                  golden.integer("/params/iters"), null, golden.at("/params/start").asDouble()));
      default -> throw new AssertionError(golden.name());
    };
  }

  /** The file says what is in force in an epoch: the first step's rate, if not all steps'. */
  @ParameterizedTest
  @MethodSource("golden")
  void ratesOfThirtyEpochsAgree(Golden golden) {
    for (Pace pace : Pace.values()) {
      Schedule schedule = schedule(golden, pace);
      float base = golden.number("/params/base_lr", Double.NaN);
      double[] expected = golden.numbers("/out/lr");
      assertEquals(30, expected.length);
      ScheduleContext course = ScheduleContext.of(STEPS, expected.length);
      schedule.check(base, expected.length, STEPS);
      for (int epoch = 0; epoch < expected.length; epoch++) {
        float first = schedule.learningRate(base, epoch * STEPS + 1, course);
        assertEquals((float) expected[epoch], first, golden + ", epoch " + epoch);
        float last = schedule.learningRate(base, (epoch + 1) * STEPS, course);
        if (pace == Pace.EPOCH && schedule.warmup() == null) {
          assertEquals(first, last, golden + ", last step of epoch " + epoch);
        }
      }
    }
  }

  @Test
  void noCaseIsLost() {
    assertEquals(6, golden().size());
  }

  @Test
  void betweenEpochsTheRateFallsStepByStepIfAsked() {
    ScheduleContext course = ScheduleContext.of(4, 2);
    Schedule line = new Polynomial(null, 0, null, Pace.STEP, null);
    float[] expected = {0.8f, 0.7f, 0.6f, 0.5f, 0.4f, 0.3f, 0.2f, 0.1f};
    for (int step = 1; step <= 8; step++) {
      assertEquals(expected[step - 1], line.learningRate(0.8f, step, course), 1e-7f);
    }
    Schedule cosine = new Cosine(0, null, Pace.STEP, null);
    assertEquals(0.4f, cosine.learningRate(0.8f, 5, course), 1e-7f);
  }

  @Test
  void afterAShorterFallTheRateStaysAtTheMinimum() {
    ScheduleContext course = ScheduleContext.of(10, 6);
    for (Schedule schedule :
        List.of(new Cosine(0.01, 2, null, null), new Polynomial(2.0, 0.01, 2, Pace.STEP, null))) {
      for (long step = 21; step <= 60; step++) {
        assertEquals(0.01f, schedule.learningRate(0.1f, step, course), schedule.toString());
      }
      assertTrue(schedule.learningRate(0.1f, 11, course) > 0.01f);
    }
  }

  @Test
  void fallsBeginWhereTheWarmupEnds() {
    ScheduleContext course = ScheduleContext.of(10, 4);
    for (Warmup warmup : List.of(Warmup.epochs(2), Warmup.steps(20))) {
      Schedule schedule = new Polynomial(null, 0, null, Pace.STEP, warmup);
      assertEquals(0.1f, schedule.learningRate(1, 1, course));
      assertEquals(0.55f, schedule.learningRate(1, 11, course), 1e-7f);
      assertEquals(1f, schedule.learningRate(1, 21, course));
      assertEquals(0.5f, schedule.learningRate(1, 31, course), 1e-7f);
    }
  }

  @Test
  void milestonesCountTheWarmupsEpochsToo() {
    ScheduleContext course = ScheduleContext.of(10, 4);
    Schedule schedule = new MultiStep(List.of(2, 3), 0.5, Warmup.epochs(2));
    assertEquals(0.955f, schedule.learningRate(1, 20, course), 1e-7f);
    assertEquals(0.5f, schedule.learningRate(1, 21, course));
    assertEquals(0.25f, schedule.learningRate(1, 31, course));
  }

  /** By hand from the formula: 100 steps, of which the 30th is the highest. */
  @Test
  void oneCycleRisesAndFalls() {
    ScheduleContext course = ScheduleContext.of(20, 5);
    Schedule cycle = new OneCycle(null, null, null, null);
    assertEquals(0.04f, cycle.learningRate(1, 1, course));
    assertEquals(1f, cycle.learningRate(1, 30, course));
    assertEquals(4e-6f, cycle.learningRate(1, 100, course), 1e-12f);
    // Half way up is half way between, after 14.5 of 29 steps.
    double before = cycle.rate(1, 15, course);
    double after = cycle.rate(1, 16, course);
    assertEquals(0.52, (before + after) / 2, 1e-9);
    // And half way down, after 35 of 70.
    assertEquals((1 + 4e-6) / 2, cycle.rate(1, 65, course), 1e-9);
  }

  @Test
  void oneCycleOfVeryFewStepsOnlyFalls() {
    Schedule cycle = new OneCycle(null, null, null, null);
    assertEquals(1f, cycle.learningRate(1, 1, ScheduleContext.of(1, 1)));
    assertEquals(1f, cycle.learningRate(1, 1, ScheduleContext.of(1, 2)));
    assertEquals(4e-6f, cycle.learningRate(1, 2, ScheduleContext.of(1, 2)), 1e-12f);
  }

  private static float plateau(ReduceOnPlateau schedule, double... losses) {
    return schedule.learningRate(1, 1, new ScheduleContext(1, 100, losses));
  }

  @Test
  void aPlateauLowersTheRateWhenPatienceIsUsedUp() {
    ReduceOnPlateau schedule = new ReduceOnPlateau(0.5, 2, 0.0, 0, null, null);
    assertEquals(1f, plateau(schedule));
    assertEquals(1f, plateau(schedule, 3, 3, 3));
    assertEquals(0.5f, plateau(schedule, 3, 3, 3, 3));
    assertEquals(0.5f, plateau(schedule, 3, 3, 3, 3, 3, 3));
    assertEquals(0.25f, plateau(schedule, 3, 3, 3, 3, 3, 3, 3));
    assertEquals(1f, plateau(schedule, 3, 3, 3, 2, 2, 2));
    assertEquals(0.5f, plateau(schedule, 3, Double.NaN, Double.NaN, Double.NaN));
  }

  @Test
  void aLossMustBeLowerByTheThresholdsShare() {
    ReduceOnPlateau schedule = new ReduceOnPlateau(0.5, 0, 0.1, 0, null, null);
    assertEquals(1f, plateau(schedule, 10, 8.9));
    assertEquals(0.5f, plateau(schedule, 10, 9));
  }

  @Test
  void coolingDownUsesUpNoPatience() {
    ReduceOnPlateau schedule = new ReduceOnPlateau(0.5, 0, null, 0, 2, null);
    assertEquals(0.5f, plateau(schedule, 3, 3));
    assertEquals(0.5f, plateau(schedule, 3, 3, 3, 3));
    assertEquals(0.25f, plateau(schedule, 3, 3, 3, 3, 3));
  }

  @Test
  void theRateStaysAtTheMinimumAndMovesNoLessThanAStep() {
    ReduceOnPlateau schedule = new ReduceOnPlateau(0.1, 0, null, 0.05, null, null);
    assertEquals(0.1f, plateau(schedule, 3, 3));
    assertEquals(0.05f, plateau(schedule, 3, 3, 3));
    assertEquals(0.05f, plateau(schedule, 3, 3, 3, 3));
    assertEquals(
        1e-9f,
        new ReduceOnPlateau(0.1, 0, null, 0, null, null)
            .learningRate(1e-9f, 1, new ScheduleContext(1, 100, new double[] {3, 3, 3})));
  }

  static Stream<Arguments> tooLong() {
    return Stream.of(
        Arguments.of(
            new Step(5, null, null), "step.every must be below training.epochs, 5, but was 5"),
        Arguments.of(
            new MultiStep(List.of(2, 5), null, null),
            "multiStep.milestones must be below training.epochs, 5, but the last was 5"),
        Arguments.of(
            new Cosine(0, 6, null, null),
            "cosine.epochs must be at most training.epochs, 5, but was 6"),
        Arguments.of(
            new Polynomial(null, 0, 4, null, Warmup.epochs(2)),
            "polynomial.epochs must be at most training.epochs less the warm-up, 3, but was 4"),
        Arguments.of(
            new Cosine(0, 5, null, Warmup.steps(1)),
            "cosine.epochs must be at most training.epochs less the warm-up, 4, but was 5"),
        Arguments.of(
            new Constant(Warmup.epochs(5)),
            "constant.warmup.epochs must be below training.epochs, 5, but was 5"),
        Arguments.of(
            new Exponential(0.9, Warmup.steps(50)),
            "exponential.warmup.steps must be below the steps of the training, 50, but was 50"),
        Arguments.of(
            new ReduceOnPlateau(null, 5, null, 0, null, null),
            "reduceOnPlateau.patience must be below training.epochs, 5, but was 5"),
        Arguments.of(
            new Cosine(0.2, null, null, null),
            "cosine.minimum must be at most the optimizer's learningRate, 0.1, but was 0.2"));
  }

  @ParameterizedTest
  @MethodSource("tooLong")
  void whatDoesNotFitTheTrainingIsRefused(Schedule schedule, String message) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> schedule.check(0.1f, 5, 10));
    assertEquals("schedule." + message, e.getMessage());
  }

  @ParameterizedTest
  @EnumSource(Pace.class)
  void whatJustFitsIsTaken(Pace pace) {
    for (Schedule schedule :
        List.of(
            new Step(4, null, null),
            new MultiStep(List.of(1, 4), null, null),
            new Cosine(0.1, 5, pace, null),
            new Polynomial(null, 0.1, 3, pace, Warmup.epochs(2)),
            new Constant(Warmup.epochs(4)),
            new OneCycle(null, null, null, Warmup.steps(49)),
            new ReduceOnPlateau(null, 4, null, 0, null, null))) {
      schedule.check(0.1f, 5, 10);
      for (long step = 1; step <= 50; step++) {
        float rate = schedule.learningRate(0.1f, step, ScheduleContext.of(10, 5));
        assertTrue(rate > 0 && rate <= 0.1f, schedule + ", step " + step + ": " + rate);
      }
    }
  }
}
