package dev.convoy.train.tuning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.kernel.Kernels;
import dev.convoy.nn.Network;
import dev.convoy.nn.TrainableValues;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.Dense;
import dev.convoy.nn.layer.Flatten;
import dev.convoy.nn.layer.Relu;
import dev.convoy.nn.replica.LayerClock;
import dev.convoy.nn.replica.Replica;
import dev.convoy.optim.Adam;
import dev.convoy.optim.ClipByNorm;
import dev.convoy.optim.Sgd;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.Bits;
import dev.convoy.testing.ResumablePlan;
import dev.convoy.testing.SmallTraining;
import dev.convoy.train.round.Averaging;
import dev.convoy.train.round.Contribution;
import dev.convoy.train.round.ContributionFormat;
import dev.convoy.train.round.LocalRounds;
import dev.convoy.train.round.State;
import dev.convoy.train.round.TrainingPlan;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is frozen takes no part in a training: not in steps, contributions, states or messages. */
class TrainedPartTest {
  private static final Network NETWORK = SmallTraining.EVERY_KIND;

  private static FineTuning trainable(String... expressions) {
    return new FineTuning(List.of(expressions), null, Rates.NONE, List.of());
  }

  private static TrainingPlan plan(Averaging averaging, FineTuning tuning) {
    int steps = averaging == Averaging.GRADIENTS ? 1 : 2;
    return SmallTraining.plan(NETWORK, Adam.of(0.01f), averaging, 29, 3, 3, steps, true)
        .withTuning(TuningPlan.of(NETWORK, tuning));
  }

  @ParameterizedTest
  @EnumSource(Averaging.class)
  void whatIsFrozenKeepsItsBitsAndAllElseMoves(Averaging averaging) {
    TrainingPlan plan = plan(averaging, trainable("conv2d_5\\..*", "dense_12\\.bias"));
    State first = State.initial(plan, NETWORK.initialWeights(plan.seed()));
    State end = SmallTraining.run(plan, Kernels.chosen());
    NETWORK
        .parameters()
        .forEach(
            tensor -> {
              int from = tensor.offset();
              int to = from + tensor.size();
              float[] before = Arrays.copyOfRange(first.parameters(), from, to);
              float[] after = Arrays.copyOfRange(end.parameters(), from, to);
              boolean trained = tensor.name().matches("conv2d_5.*|dense_12\\.bias");
              assertEquals(trained, !Arrays.equals(before, after), tensor.name());
            });
    Bits.assertSame(first.buffers(), end.buffers(), "running statistics of the frozen batch norm");
    Bits.assertSame(
        end.parameters(), SmallTraining.run(plan, Kernels.scalar()).parameters(), "scalar");
  }

  @ParameterizedTest
  @EnumSource(Averaging.class)
  void aBatchNormOfWhichOneParameterIsTrainedMovesItsStatistics(Averaging averaging) {
    TrainingPlan plan = plan(averaging, trainable("batchNorm2d_2\\.bias"));
    State end = SmallTraining.run(plan, Kernels.chosen());
    assertFalse(Arrays.equals(NETWORK.initialWeights(plan.seed()).buffers(), end.buffers()));
  }

  @ParameterizedTest
  @EnumSource(Averaging.class)
  void allExpressionsTogetherAreAPlainTrainingToTheBit(Averaging averaging) {
    TrainingPlan all = plan(averaging, trainable(".*"));
    TrainingPlan plain = plan(averaging, FineTuning.NONE);
    assertEquals(plain.tuning(), all.tuning());
    // Two groups that are stepped apart are stepped alike, too.
    Rates apart = new Rates(Map.of(".*weight", 1 + 0x1p-40));
    TrainingPlan grouped = plan(averaging, new FineTuning(null, null, apart, List.of()));
    assertEquals(2, grouped.tuning().stage(0).parts().size());
    State expected = SmallTraining.run(plain, Kernels.chosen());
    State actual = SmallTraining.run(grouped, Kernels.chosen());
    Bits.assertSame(expected.parameters(), actual.parameters(), "parameters");
    Bits.assertSame(expected.optimizerState(), actual.optimizerState(), "optimizer state");
    Bits.assertSame(expected.buffers(), actual.buffers(), "buffers");
  }

  @Test
  void aRateOfSomeParametersIsTheRateThatTheyWouldHaveAlone() {
    TrainingPlan base =
        SmallTraining.plan(NETWORK, Sgd.of(0.25f, 0.5f), Averaging.PARAMETERS, 6, 1, 6, 1, true);
    State plain = SmallTraining.run(once(base, FineTuning.NONE), Kernels.chosen());
    Rates rates = new Rates(Map.of("dense_12\\..*", 4.0, "conv.*", 0.5));
    State tuned =
        SmallTraining.run(
            once(base, new FineTuning(null, null, rates, List.of())), Kernels.chosen());
    float[] first = NETWORK.initialWeights(base.seed()).parameters();
    NETWORK
        .parameters()
        .forEach(
            tensor -> {
              float factor =
                  tensor.name().startsWith("dense_12")
                      ? 4
                      : tensor.name().startsWith("conv") ? 0.5f : 1;
              for (int i = tensor.offset(); i < tensor.offset() + tensor.size(); i++) {
                float moved = plain.parameters()[i] - first[i];
                assertEquals(factor * moved, tuned.parameters()[i] - first[i], 2e-6, tensor.name());
              }
            });
  }

  private static TrainingPlan once(TrainingPlan plan, FineTuning tuning) {
    return SmallTraining.with(plan, plan.schedule(), null, 1, null)
        .withTuning(TuningPlan.of(plan.network(), tuning));
  }

  /** A head of 512 x 10 + 10 values on a frozen body. */
  @ParameterizedTest
  @CsvSource({"PARAMETERS, FLOAT32", "GRADIENTS, FLOAT32", "GRADIENTS, BFLOAT16"})
  void aWorkerSendsTheValuesOfTheHeadAlone(Averaging averaging, ContributionFormat format)
      throws IOException {
    Network network =
        Network.builder(SmallTraining.IMAGE)
            .add("body", Conv2d.of(8, 3))
            .add("flat", new Flatten())
            .add("wide", Dense.of(512))
            .add("relu", new Relu())
            .add("fc", Dense.of(10))
            .build();
    TrainingPlan plan =
        SmallTraining.plan(network, Sgd.of(0.1f, 0), averaging, 8, 1, 4, 1, false)
            .withContributions(format)
            .withTuning(TuningPlan.of(network, trainable("fc\\..*")));
    assertTrue(network.parameterCount() > 50_000);
    State first = State.initial(plan, network.initialWeights(1));
    LocalRounds rounds =
        new LocalRounds(plan, SmallTraining.blocks(plan.sampler()), Kernels.chosen());
    Contribution contribution = rounds.run(first, 1, 1).get(0);
    assertEquals(5130, contribution.values().length);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(contribution);
    }
    int each = format == ContributionFormat.BFLOAT16 ? Short.BYTES : Float.BYTES;
    assertEquals(5130L * each, plan.sentBytes());
    // Names of classes and the other numbers are some hundred bytes.
    assertEquals(5130.0 * each, bytes.size(), 1200, "bytes on the wire");
  }

  @Test
  void backwardEndsAtTheFirstLayerThatIsTrained() {
    TrainableValues trained = TrainableValues.of(NETWORK, name -> name.startsWith("conv2d_5"));
    Replica replica = new Replica(NETWORK, 5, Kernels.chosen(), trained);
    replica.use(NETWORK.initialWeights(1));
    Set<Integer> back = new TreeSet<>();
    replica.watch(
        new LayerClock() {
          @Override
          public void forward(int node, long nanoseconds) {}

          @Override
          public void backward(int node, long nanoseconds) {
            back.add(node);
          }
        });
    replica.forwardTraining(5, 1);
    Arrays.fill(replica.outputGradient(), 0);
    replica.outputGradient()[0] = 1;
    replica.backward();
    assertEquals(Set.of(4, 5, 6, 7, 8, 9, 10, 11), Set.copyOf(back));
    float[] ofFrozen = trained.parameters().others().pack(replica.gradients());
    assertArrayEquals(new float[ofFrozen.length], ofFrozen);
    assertTrue(NETWORK.parameterCount() > ofFrozen.length);
  }

  @ParameterizedTest
  @EnumSource(Averaging.class)
  void clippingLooksAtWhatIsTrainedAlone(Averaging averaging) {
    TrainingPlan wide = plan(averaging, trainable("dense_12\\.bias"));
    State plain = SmallTraining.run(wide, Kernels.chosen());
    State unclipped =
        SmallTraining.run(
            SmallTraining.clipped(wide, new ClipByNorm(1e3f)).withTuning(wide.tuning()),
            Kernels.chosen());
    Bits.assertSame(plain.parameters(), unclipped.parameters(), "a bound that is never reached");
  }

  @Test
  void whatThawsBeginsWithAFreshStateAndWhatWasTrainedKeepsItsOwn() {
    TrainingPlan plan = ResumablePlan.unfreezing(Averaging.GRADIENTS);
    LocalRounds rounds =
        new LocalRounds(plan, SmallTraining.blocks(plan.sampler()), Kernels.chosen());
    State state = State.initial(plan, NETWORK.initialWeights(1));
    state = rounds.average(rounds.run(state, 1, 1));
    State thawed = state.beginning(plan, 2);
    assertEquals(List.of(state.step()), thawed.unfrozenAt());
    int before = plan.tuning().stage(0).parameterCount();
    int after = plan.tuning().stage(1).parameterCount();
    assertEquals(2 * before, state.optimizerState().length);
    assertEquals(2 * after, thawed.optimizerState().length);
    int fresh = after - before; // dense_10 lies before dense_12
    for (int slot = 0; slot < 2; slot++) {
      assertArrayEquals(
          new float[fresh],
          Arrays.copyOfRange(thawed.optimizerState(), slot * after, slot * after + fresh));
      assertArrayEquals(
          Arrays.copyOfRange(state.optimizerState(), slot * before, (slot + 1) * before),
          Arrays.copyOfRange(thawed.optimizerState(), slot * after + fresh, (slot + 1) * after));
    }
    assertEquals(thawed, thawed.beginning(plan, 2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fx.* | training.trainable[0] must match the whole name of a parameter of the network, but"
            + " 'fx.*' matches none of conv2d_1.weight, conv2d_1.bias, batchNorm2d_2.weight,"
            + " batchNorm2d_2.bias, conv2d_5.weight, conv2d_5.bias, and 4 more",
        "fc( | training.trainable[0] must be a regular expression, but was 'fc(': missing closing )"
      })
  void whatCannotBeMeantIsSaidInOneLine(String expression, String message) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> TuningPlan.of(NETWORK, trainable(expression)));
    assertEquals(message, e.getMessage());
  }

  @Test
  void anUnfreezingThatChangesNothingIsRefused() {
    FineTuning tuning =
        new FineTuning(
            List.of("dense.*"),
            null,
            Rates.NONE,
            List.of(new Unfreezing(2, List.of("dense_12.*"))));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> TuningPlan.of(NETWORK, tuning));
    assertEquals(
        "training.unfreeze[0].layers must match something that is frozen until then, but"
            + " [dense_12.*] does not",
        e.getMessage());
  }

  @Test
  void freezingEverythingIsRefused() {
    FineTuning tuning = new FineTuning(null, List.of(".*"), Rates.NONE, List.of());
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> TuningPlan.of(NETWORK, tuning));
    assertTrue(e.getMessage().startsWith("training.frozen must leave something to train"));
  }

  @Test
  void aHostileExpressionIsMatchedInNoTime() {
    Network network =
        Network.builder(Shape.of(1, 1, 1))
            .add("a".repeat(200), new Flatten())
            .add("a".repeat(300), Dense.of(1))
            .build();
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> TuningPlan.of(network, trainable("(a+)+(a+)+(a+)+(a|aa)+b")));
    assertTrue(e.getMessage().contains("must match the whole name"), e::getMessage);
  }
}
