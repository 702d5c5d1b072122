package dev.convoy.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.lane.VectorBits;
import dev.convoy.nn.Fingerprint;
import dev.convoy.optim.Adam;
import dev.convoy.optim.Sgd;
import dev.convoy.testing.ForkedJvm;
import dev.convoy.testing.ForkedJvm.Result;
import dev.convoy.testing.SmallTraining;
import dev.convoy.train.round.Averaging;
import dev.convoy.train.round.Contribution;
import dev.convoy.train.round.LocalRounds;
import dev.convoy.train.round.State;
import dev.convoy.train.round.TrainingPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same job comes to the same parameters, to the last bit. */
class SameBitsTest {
  /** Not a multiple of workers, batches or rounds: short batches and idle workers occur. */
  private static final int EXAMPLES = 101;

  /** Trains with the kernels chosen at start, and prints a fingerprint of the result. */
  static final class Probe {
    private Probe() {}

    public static void main(String[] args) {
      Kernels kernels = Kernels.chosen();
      System.out.println(kernels.description());
      System.out.println(fingerprint(plan(Averaging.PARAMETERS, 3, true), kernels));
    }
  }

  private static TrainingPlan plan(Averaging averaging, int workers, boolean shuffle) {
    int steps = averaging == Averaging.GRADIENTS ? 1 : 2;
    return SmallTraining.plan(
        SmallTraining.EVERY_KIND,
        averaging == Averaging.GRADIENTS ? Sgd.of(0.05f, 0.9f) : Adam.of(0.01f),
        averaging,
        EXAMPLES,
        workers,
        7,
        steps,
        shuffle);
  }

  private static String fingerprint(TrainingPlan plan, Kernels kernels) {
    State state = SmallTraining.run(plan, kernels);
    return Fingerprint.sha256(state.parameters()) + Fingerprint.sha256(state.optimizerState());
  }

  static Stream<TrainingPlan> plans() {
    List<TrainingPlan> plans = new ArrayList<>();
    for (int workers : new int[] {1, 3, 4}) {
      for (Averaging averaging : Averaging.values()) {
        plans.add(plan(averaging, workers, false));
        plans.add(plan(averaging, workers, true));
      }
    }
    return plans.stream();
  }

  @ParameterizedTest
  @MethodSource("plans")
  void scalarAndVectorKernelsTrainAlikeAndAgain(TrainingPlan plan) {
    String vector = fingerprint(plan, Kernels.vector());
    assertEquals(vector, fingerprint(plan, Kernels.scalar()));
    assertEquals(vector, fingerprint(plan, Kernels.vector()));
  }

  @ParameterizedTest
  @ValueSource(ints = {128, 256, 512})
  void everyWidthOfVectorsTrainsAlike(int bits) throws Exception {
    assumeTrue(bits <= VectorBits.most(), "this CPU has no vectors of " + bits + " bits");
    String described = "vector (" + bits / Float.SIZE + " lanes of " + bits + " bits)";
    assertTrainsAsScalarKernels(described, "-Dconvoy.vectorBits=" + bits);
  }

  /** A JVM that knows of no wider ones, as on other CPUs. */
  @Test
  void aJvmOfNarrowVectorsTrainsAlike() throws Exception {
    assertTrainsAsScalarKernels("vector (4 lanes of 128 bits)", "-XX:MaxVectorSize=16");
  }

  private static void assertTrainsAsScalarKernels(String description, String jvmOption)
      throws Exception {
    Result result = ForkedJvm.run(Probe.class, List.of(ForkedJvm.WITH_VECTORS, jvmOption));
    String expected = fingerprint(plan(Averaging.PARAMETERS, 3, true), Kernels.scalar());
    assertEquals(0, result.status(), result.errors());
    assertEquals(description + "\n" + expected, result.output().replace("\r", ""), result.errors());
  }

  @ParameterizedTest
  @MethodSource("plans")
  void aWorkersMemoryOfOtherRoundsDoesNotShow(TrainingPlan plan) {
    State state = State.initial(plan, plan.network().initialWeights(1));
    LocalRounds used =
        new LocalRounds(plan, SmallTraining.blocks(plan.sampler()), Kernels.chosen());
    State other = State.initial(plan, plan.network().initialWeights(2));
    used.run(other, 1, plan.sampler().roundsPerEpoch());
    List<Contribution> second = used.run(state, 1, 1);
    List<Contribution> fresh =
        new LocalRounds(plan, SmallTraining.blocks(plan.sampler()), Kernels.chosen())
            .run(state, 1, 1);
    for (int k = 0; k < plan.workers(); k++) {
      assertEquals(
          Fingerprint.sha256(fresh.get(k).values()), Fingerprint.sha256(second.get(k).values()));
      assertEquals(fresh.get(k).lossSum(), second.get(k).lossSum());
      assertEquals(fresh.get(k).correct(), second.get(k).correct());
    }
  }

  @Test
  void anotherNumberOfWorkersIsAnotherResult() {
    assertNotEquals(
        fingerprint(plan(Averaging.PARAMETERS, 3, true), Kernels.chosen()),
        fingerprint(plan(Averaging.PARAMETERS, 4, true), Kernels.chosen()));
  }
}
