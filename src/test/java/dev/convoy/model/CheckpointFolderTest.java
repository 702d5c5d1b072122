package dev.convoy.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.nn.Fingerprint;
import dev.convoy.optim.Adam;
import dev.convoy.testing.LocalFiles;
import dev.convoy.testing.ResumablePlan;
import dev.convoy.testing.Sha256;
import dev.convoy.testing.SmallTraining;
import dev.convoy.train.Checkpoint;
import dev.convoy.train.frequency.Auto;
import dev.convoy.train.frequency.FrequencyChoice;
import dev.convoy.train.frequency.Staged;
import dev.convoy.train.round.Averaging;
import dev.convoy.train.round.RoundSums;
import dev.convoy.train.round.RoundTime;
import dev.convoy.train.round.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFolderTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/checkpoint-v1");
  private static final List<String> NAMES =
      List.of("weights.safetensors", "state.safetensors", "checkpoint.json");

  private static final LocalFiles FILES = new LocalFiles();

  private static final TrainingPlan PLAN = ResumablePlan.of(Averaging.PARAMETERS);

  @TempDir private Path folder;

  @BeforeEach
  void copyGolden() throws IOException {
    for (String name : NAMES) {
      Files.copy(GOLDEN.resolve(name), folder.resolve(name));
    }
    Files.copy(GOLDEN.resolve("SHA256SUMS"), folder.resolve("SHA256SUMS"));
  }

  private Checkpoint read(TrainingPlan plan) throws IOException {
    CheckpointDescription description = CheckpointFolder.describe(FILES, folder.toString());
    return CheckpointFolder.read(FILES, folder.toString(), description, plan);
  }

  private String damage() {
    return assertThrows(DamagedCheckpointException.class, () -> read(PLAN)).getMessage();
  }

  @Test
  void theGoldenCheckpointIsReadForEver() throws IOException {
    Checkpoint checkpoint = read(PLAN);
    assertEquals(7, checkpoint.round());
    assertEquals(4, checkpoint.epoch());
    assertEquals(1, checkpoint.roundInEpoch());
    assertEquals(14, checkpoint.state().step());
    assertEquals(87 + 16, checkpoint.sums().examples());
    assertEquals(16, checkpoint.epochSums().examples());
    assertEquals(3, checkpoint.state().tests().epochs());
    assertEquals(
        String.join(
            " ",
            "e018a43eb38c1a2cd817dad846de70be369253045c7393805612c6bc5773fb72",
            "d848acaa17481668193571cf2d3d2a4a89531e5c2c7a9e8714a2e6a2b6c83f48",
            "b872f6253d868cc77355f2d2448374871d8b9de6021bef5f1481c11faf5c62b9",
            "f5390af6b7da781feffc37dcafa8c1785c7ce83a34720d42284b753b1e5f3b73",
            "1bc7107e5b3885a1919c575dd59a6fd7bf78551d68352f7290eeb81ae609366f",
            "[1.3486801991739497, 1.2659260343468153, 1.1293902417266115]",
            "[0.375, 0.5, 0.5]",
            "21.531849255200548",
            "3"),
        String.join(
            " ",
            Fingerprint.sha256(checkpoint.state().parameters()),
            Fingerprint.sha256(checkpoint.state().buffers()),
            Fingerprint.sha256(checkpoint.state().optimizerState()),
            Fingerprint.sha256(checkpoint.best().parameters()),
            Fingerprint.sha256(checkpoint.best().buffers()),
            Arrays.toString(checkpoint.state().tests().losses()),
            Arrays.toString(checkpoint.state().tests().accuracies()),
            Double.toString(checkpoint.epochSums().lossSum()),
            Integer.toString(checkpoint.best().tests().epochs())));
  }

  /** Written after seven rounds of {@link ResumablePlan#outer}. */
  @Test
  void theGoldenCheckpointWithOuterMomentumIsReadForEver() throws IOException {
    String golden = "src/test/resources/golden/checkpoint-v1-outer";
    Checkpoint checkpoint =
        CheckpointFolder.read(
            FILES, golden, CheckpointFolder.describe(FILES, golden), ResumablePlan.outer());
    assertEquals(7, checkpoint.round());
    assertEquals(7, checkpoint.roundInEpoch());
    assertEquals(
        String.join(
            " ",
            "7e0239f25a675059b73ce36c05754f692f8c243f2ee73c9caf9e8904e5878f2b",
            "6c827aef4e73800e466ac9cb44fd2a9b860d0bfb7282c39f1e52ca405804a273",
            "2361111048380b18e0d9a441334e91365f69f9220e8c83df4731f313612d035b"),
        String.join(
            " ",
            Fingerprint.sha256(checkpoint.state().parameters()),
            Fingerprint.sha256(checkpoint.state().optimizerState()),
            Fingerprint.sha256(checkpoint.state().outerMomentum())));
  }

  /** As of examples that have weights; where each weighs 1, nothing is written of these. */
  @Test
  void sumsOfWeightsAreKept() throws IOException {
    Checkpoint first = Checkpoint.initial(PLAN, PLAN.network().initialWeights(3));
    String description = folder.resolve("checkpoint.json").toString();
    for (double counted : new double[] {9, 5.25}) {
      RoundSums sums = new RoundSums(0, 9, 7.5, counted, 3, 2, RoundTime.NONE);
      Checkpoint weighted = new Checkpoint(first.state(), first.epoch(), sums, sums, null);
      CheckpointFolder.write(weighted, ResumeTest.RUN, PLAN, FILES, folder.toString());
      assertEquals(sums, read(PLAN).sums());
      assertEquals(counted, read(PLAN).epochSums().counted());
      assertEquals(counted != 9, Files.readString(Path.of(description)).contains("\"counted\""));
    }
  }

  /** Written after a choice: {@code auto} goes on with it. */
  @Test
  void whatAutoHasChosenIsKept() throws IOException {
    TrainingPlan plan = auto();
    FrequencyChoice choice =
        new FrequencyChoice(
            new Staged(List.of(new Staged.Stage(1, 1, 2), new Staged.Stage(1, 3, 5)), 8), true);
    Checkpoint first = Checkpoint.initial(plan, plan.network().initialWeights(3));
    Checkpoint chosen =
        new Checkpoint(
            first.state(), first.epoch(), first.epochSums(), first.sums(), null, null, choice);
    CheckpointFolder.write(chosen, ResumeTest.RUN, plan, FILES, folder.toString());
    assertEquals(choice, read(plan).choice());
    rewrite("\"maximum\": 8", "\"maximum\": 9");
    String damage = assertThrows(DamagedCheckpointException.class, () -> read(plan)).getMessage();
    assertTrue(damage.contains("averagingFrequency must be chosen by auto"), damage);
    CheckpointFolder.write(first, ResumeTest.RUN, plan, FILES, folder.toString());
    assertThrows(DamagedCheckpointException.class, () -> read(plan));
  }

  private static TrainingPlan auto() {
    return SmallTraining.withFrequency(
        SmallTraining.plan(
            SmallTraining.NETWORK, Adam.of(0.01f), Averaging.PARAMETERS, 20, 2, 4, 1, true),
        new Auto(2, 8, null),
        1);
  }

  @Test
  void aPlainTrainingNeedsNeitherSlotsNorTestsNorBest() throws IOException {
    TrainingPlan plan =
        SmallTraining.plan(
            SmallTraining.NETWORK, Adam.of(0.01f), Averaging.GRADIENTS, 20, 2, 4, 1, true);
    Checkpoint first = Checkpoint.initial(plan, plan.network().initialWeights(3));
    CheckpointFolder.write(first, ResumeTest.RUN, plan, FILES, folder.toString());
    Checkpoint again = read(plan);
    assertEquals(0, again.round());
    assertNull(again.best());
    assertEquals(0, again.state().tests().epochs());
    assertEquals(2 * plan.network().parameterCount(), again.state().optimizerState().length);
  }

  @Test
  void everyFlippedByteIsRecognised() throws IOException {
    for (String name : List.of("checkpoint.json", "SHA256SUMS", "state.safetensors")) {
      byte[] bytes = Files.readAllBytes(folder.resolve(name));
      int step = Math.max(1, bytes.length / 200);
      for (int i = 0; i < bytes.length; i += step) {
        bytes[i] ^= 1;
        Files.write(folder.resolve(name), bytes);
        damage();
        bytes[i] ^= 1;
      }
      Files.write(folder.resolve(name), bytes);
    }
    read(PLAN);
  }

  @Test
  void everyCutFileIsRecognised() throws IOException {
    for (String name : List.of("checkpoint.json", "SHA256SUMS", "weights.safetensors")) {
      byte[] bytes = Files.readAllBytes(folder.resolve(name));
      int step = Math.max(1, bytes.length / 100);
      for (int length = 0; length < bytes.length; length += step) {
        Files.write(folder.resolve(name), Arrays.copyOf(bytes, length));
        damage();
      }
      Files.write(folder.resolve(name), bytes);
    }
    read(PLAN);
  }

  @Test
  void theErrorNamesTheFile() throws IOException {
    Files.write(folder.resolve("state.safetensors"), new byte[3]);
    assertEquals("state.safetensors is not what SHA256SUMS says", damage());
    Files.delete(folder.resolve("weights.safetensors"));
    assertEquals(folder + "/weights.safetensors: file not found", damage());
  }

  @Test
  void anotherVersionIsRefusedAndNotTakenForDamaged() throws IOException {
    rewrite("\"formatVersion\": 1", "\"formatVersion\": 2");
    ModelException e = assertThrows(ModelException.class, () -> read(PLAN));
    assertEquals(
        folder + "/checkpoint.json: formatVersion must be 1, but is 2: a newer Convoy wrote it",
        e.getMessage());
  }

  /** Sums that fit, as no accident makes them. */
  @Test
  void contentThatContradictsItselfIsDamaged() throws IOException {
    rewrite("\"round\": 7,\n", "");
    assertTrue(damage().contains("round is required, but was absent"), damage());
    copyAgain();
    rewrite("\"round\": 7,", "\"round\": 8,");
    assertTrue(damage().contains("round must be as many as are summed, 7, but was 8"), damage());
    copyAgain();
    rewrite("\"testedEpochs\": 3", "\"testedEpochs\": 2000000000");
    assertTrue(damage().contains("testedEpochs must be 0 to the epochs done, 3"), damage());
    copyAgain();
    rewrite("\"weightsSha256\": \"", "\"weightsSha256\": \"0");
    assertEquals("its weights are not those that weightsSha256 says", damage());
  }

  @Test
  void theStateOfAnotherNetworkIsDamaged() throws IOException {
    TrainingPlan other =
        SmallTraining.plan(
            SmallTraining.NETWORK, Adam.of(0.01f), Averaging.GRADIENTS, 20, 2, 4, 1, true);
    DamagedCheckpointException e =
        assertThrows(DamagedCheckpointException.class, () -> read(other));
    assertTrue(e.getMessage().contains("weights.safetensors: "), e.getMessage());
  }

  private void copyAgain() throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    copyGolden();
  }

  /** Changes the description, and its sum with it. */
  private void rewrite(String from, String to) throws IOException {
    Path file = folder.resolve("checkpoint.json");
    String before = Files.readString(file);
    assertTrue(before.contains(from), before);
    String after = before.replace(from, to);
    Files.writeString(file, after);
    Path sums = folder.resolve("SHA256SUMS");
    Files.writeString(sums, Files.readString(sums).replace(Sha256.of(before), Sha256.of(after)));
  }
}
