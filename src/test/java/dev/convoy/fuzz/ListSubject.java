package dev.convoy.fuzz;

import dev.convoy.cli.CommandRun;
import dev.convoy.data.PictureList;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/** A list of pictures. */
final class ListSubject extends Subject {
  ListSubject(Path sound) {
    super(sound);
  }

  @Override
  CommandRun run(Path folder, SplittableRandom random) throws IOException {
    Path list = folder.resolve(random.nextBoolean() ? "list.csv" : "list.jsonl");
    Files.copy(sound.resolve(list.getFileName().toString()), list);
    change(List.of(list), random);
    return call(
        () -> {
          try (InputStream in = new BufferedInputStream(Files.newInputStream(list))) {
            return PictureList.read(in, list.toString(), true);
          }
        });
  }
}
