package dev.convoy.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.convoy.cli.CommandRun;
import dev.convoy.config.Job;
import dev.convoy.config.JobReader;
import dev.convoy.model.CheckpointDescription;
import dev.convoy.model.CheckpointFolder;
import dev.convoy.model.DamagedCheckpointException;
import dev.convoy.run.TrainingInput;
import dev.convoy.run.WrongInputException;
import dev.convoy.testing.LocalFiles;
import dev.convoy.testing.Sha256;
import dev.convoy.train.Checkpoint;
import dev.convoy.train.round.TrainingPlan;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/** A checkpoint's folder, whose checksums fit half of the time. */
final class CheckpointSubject extends Subject {
  private static final List<String> FILES =
      List.of("weights.safetensors", "state.safetensors", "checkpoint.json");

  private final int examples;

  CheckpointSubject(Path sound, int examples) {
    super(sound);
    this.examples = examples;
  }

  @Override
  CommandRun run(Path folder, SplittableRandom random) throws IOException {
    Path checkpoint = folder.resolve("checkpoint");
    copy(sound.resolve("checkpoint"), checkpoint);
    change(FILES.stream().map(checkpoint::resolve).toList(), random);
    if (random.nextBoolean()) {
      StringBuilder sums = new StringBuilder();
      for (String name : FILES) {
        String sum = Sha256.of(Files.readAllBytes(checkpoint.resolve(name)));
        sums.append(sum).append("  ").append(name).append('\n');
      }
      Files.write(checkpoint.resolve("SHA256SUMS"), sums.toString().getBytes(UTF_8));
    }
    return call(() -> read(checkpoint.toString()));
  }

  private Checkpoint read(String checkpoint) throws IOException {
    Path file = sound.resolve("job.yaml");
    LocalFiles files = new LocalFiles();
    try (InputStream in = Files.newInputStream(file)) {
      Job job = JobReader.read(in, file.toString(), List.of());
      TrainingPlan plan =
          TrainingInput.plan(file.toString(), job, examples, job.network().input().size());
      CheckpointDescription description = CheckpointFolder.describe(files, checkpoint);
      return CheckpointFolder.read(files, checkpoint, description, plan);
    } catch (DamagedCheckpointException e) {
      // A run that is resumed takes the checkpoint before it, and says so.
      throw new WrongInputException(checkpoint + " is damaged: " + e.getMessage());
    }
  }
}
