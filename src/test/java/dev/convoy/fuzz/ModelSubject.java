package dev.convoy.fuzz;

import dev.convoy.cli.CommandRun;
import dev.convoy.model.ModelFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/** A model's folder, inspected and used. */
final class ModelSubject extends Subject {
  ModelSubject(Path sound) {
    super(sound);
  }

  @Override
  CommandRun run(Path folder, SplittableRandom random) throws IOException {
    Path model = folder.resolve("model");
    copy(sound.resolve("model"), model);
    Path description = model.resolve(ModelFolder.DESCRIPTION);
    change(List.of(description, description, model.resolve(ModelFolder.WEIGHTS)), random);
    CommandRun inspected = CommandRun.of("inspect", model.toString());
    if (inspected.status() != 0) {
      return inspected;
    }
    return CommandRun.of(
        "explain",
        model.toString(),
        sound.resolve("pictures/grey.png").toString(),
        "--output",
        folder.resolve("page.html").toString());
  }
}
