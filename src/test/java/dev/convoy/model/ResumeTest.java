package dev.convoy.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.config.binding.TreeWriter;
import dev.convoy.testing.Bits;
import dev.convoy.testing.Heard;
import dev.convoy.testing.LocalFiles;
import dev.convoy.testing.ResumablePlan;
import dev.convoy.train.Checkpoint;
import dev.convoy.train.Checkpointing;
import dev.convoy.train.RoundResult;
import dev.convoy.train.Trainer;
import dev.convoy.train.round.Averaging;
import dev.convoy.train.round.State;
import dev.convoy.train.round.TrainingPlan;
import dev.convoy.train.tuning.TuningPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A training that ends after any round, and goes on from its checkpoint, ends in the same bits. */
class ResumeTest {
  static final RunIdentity RUN = new RunIdentity(TreeWriter.text("job"), "train", "test", 8, "1.0");
  private static final LocalFiles FILES = new LocalFiles();

  @TempDir private Path folder;

  private final List<Checkpoint> checkpoints = new ArrayList<>();

  /** Through the files and back. */
  private Checkpoint written(Checkpoint checkpoint, TrainingPlan plan) throws IOException {
    Path here = Files.createDirectories(folder.resolve("round" + checkpoint.round()));
    CheckpointFolder.write(checkpoint, RUN, plan, FILES, here.toString());
    CheckpointDescription description = CheckpointFolder.describe(FILES, here.toString());
    return CheckpointFolder.read(FILES, here.toString(), description, plan);
  }

  private static Checkpoint first(TrainingPlan plan) {
    return Checkpoint.initial(plan, plan.network().initialWeights(plan.seed()));
  }

  private State whole(TrainingPlan plan, Heard heard) {
    Trainer trainer =
        ResumablePlan.trainer(plan, heard, () -> false, (now, last) -> checkpoints.add(now));
    return trainer.run(first(plan));
  }

  @ParameterizedTest
  @EnumSource(Averaging.class)
  void fromEveryRoundTheTrainingEndsInTheSameBits(Averaging averaging) throws IOException {
    TrainingPlan plan = ResumablePlan.of(averaging);
    Heard heard = new Heard();
    State end = whole(plan, heard);
    long rounds = heard.events.stream().filter(RoundResult.class::isInstance).count();
    assertEquals(rounds, checkpoints.size());
    assertTrue(rounds < plan.roundsBefore(plan.epochs() + 1), "it must stop early");
    assertNotNull(checkpoints.get(checkpoints.size() - 1).best());
    assertResumable(plan, end, heard);
  }

  @Test
  void withAnOuterOptimizerAndRoundsThatVaryTheTrainingEndsInTheSameBits() throws IOException {
    TrainingPlan plan = ResumablePlan.outer();
    Heard heard = new Heard();
    State end = whole(plan, heard);
    assertEquals(
        List.of(8, 5, 3, 3), IntStream.of(1, 2, 3, 4).map(plan::roundsPerEpoch).boxed().toList());
    assertEquals(19, checkpoints.size());
    assertEquals(end.parameters().length, end.outerMomentum().length);
    assertFalse(Arrays.equals(new float[end.outerMomentum().length], end.outerMomentum()));
    assertResumable(plan, end, heard);
  }

  @Test
  void withRoundsThatFollowTheRateTheTrainingEndsInTheSameBits() throws IOException {
    TrainingPlan plan = ResumablePlan.quadratic();
    Heard heard = new Heard();
    State end = whole(plan, heard);
    List<Integer> rounds = IntStream.of(1, 2, 3, 4).map(plan::roundsPerEpoch).boxed().toList();
    assertTrue(rounds.get(0) > rounds.get(1) && rounds.get(1) > rounds.get(3), rounds::toString);
    assertResumable(plan, end, heard);
  }

  /**
   * Two workers whose blocks end in short rounds: an epoch has more steps than its nominal ones.
   */
  @ParameterizedTest
  @EnumSource(Averaging.class)
  void inTheMiddleOfAScheduleOfUnfreezingTheTrainingEndsInTheSameBits(Averaging averaging)
      throws IOException {
    TrainingPlan plan = ResumablePlan.unfreezing(averaging);
    Heard heard = new Heard();
    State end = whole(plan, heard);
    assertEquals(2, end.unfrozenAt().size());
    assertTrue(end.unfrozenAt().get(0) < end.unfrozenAt().get(1), end.unfrozenAt()::toString);
    List<Integer> lengths =
        checkpoints.stream().map(c -> c.state().optimizerState().length).distinct().toList();
    assertEquals(3, lengths.size(), lengths::toString);
    assertResumable(plan, end, heard);
  }

  @Test
  void aCheckpointThatTellsOfAnotherScheduleOfUnfreezingIsRefused() throws IOException {
    TrainingPlan plan = ResumablePlan.unfreezing(Averaging.PARAMETERS);
    whole(plan, new Heard());
    Checkpoint last = checkpoints.get(checkpoints.size() - 1);
    TrainingPlan another =
        plan.withTuning(TuningPlan.of(plan.network(), ResumablePlan.unfreezing(2, 9)));
    DamagedCheckpointException e =
        assertThrows(DamagedCheckpointException.class, () -> written(last, another));
    assertTrue(e.getMessage().contains("its unfrozenAtSteps must be 1"), e::getMessage);
  }

  private void assertResumable(TrainingPlan plan, State end, Heard heard) throws IOException {
    for (Checkpoint checkpoint : checkpoints) {
      Heard again = new Heard();
      State resumed =
          ResumablePlan.trainer(plan, again, () -> false, Checkpointing.NONE)
              .run(written(checkpoint, plan));
      String from = "from round " + checkpoint.round();
      Bits.assertSame(end.parameters(), resumed.parameters(), from);
      Bits.assertSame(end.buffers(), resumed.buffers(), from + ", buffers");
      Bits.assertSame(end.optimizerState(), resumed.optimizerState(), from + ", optimizer");
      Bits.assertSame(end.outerMomentum(), resumed.outerMomentum(), from + ", outer momentum");
      assertEquals(end.round(), resumed.round(), from);
      assertEquals(end.step(), resumed.step(), from);
      assertEquals(heard.last(again.events.size()), again.events, from);
    }
    assertEquals(1, heard.last(1).size());
  }

  @Test
  void aTrainingThatIsStoppedLeavesACheckpointOfItsLastRound() throws IOException {
    TrainingPlan plan = ResumablePlan.of(Averaging.PARAMETERS);
    State end = whole(plan, new Heard());
    int rounds = checkpoints.size();
    for (int stopAt = 1; stopAt < rounds; stopAt++) {
      checkpoints.clear();
      Heard heard = new Heard();
      int last = stopAt;
      ResumablePlan.trainer(
              plan,
              heard,
              () -> heard.events.stream().filter(RoundResult.class::isInstance).count() >= last,
              (now, ends) -> {
                if (ends) {
                  checkpoints.add(now);
                }
              })
          .run(first(plan));
      assertEquals(1, checkpoints.size());
      assertEquals(stopAt, checkpoints.get(0).round());
      State resumed =
          ResumablePlan.trainer(plan, new Heard(), () -> false, Checkpointing.NONE)
              .run(written(checkpoints.get(0), plan));
      Bits.assertSame(end.parameters(), resumed.parameters(), "stopped after round " + stopAt);
    }
  }
}
