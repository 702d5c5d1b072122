package dev.convoy.fuzz;

import dev.convoy.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/** A job file, whose network is shown. */
final class JobSubject extends Subject {
  JobSubject(Path sound) {
    super(sound);
  }

  @Override
  CommandRun run(Path folder, SplittableRandom random) throws IOException {
    Path job = folder.resolve("job.yaml");
    Files.copy(sound.resolve("job.yaml"), job);
    change(List.of(job), random);
    return CommandRun.of("inspect", job.toString());
  }
}
