package dev.convoy.fuzz;

import dev.convoy.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** A picture of any format, explained. */
final class PictureSubject extends Subject {
  private final List<Path> pictures;

  PictureSubject(Path sound) throws IOException {
    super(sound);
    try (Stream<Path> all = Files.list(sound.resolve("pictures"))) {
      pictures = all.sorted().toList();
    }
  }

  @Override
  CommandRun run(Path folder, SplittableRandom random) throws IOException {
    Path from = pictures.get(random.nextInt(pictures.size()));
    Path picture = folder.resolve(from.getFileName().toString());
    Files.copy(from, picture);
    change(List.of(picture), random);
    return CommandRun.of(
        "explain",
        sound.resolve("model").toString(),
        picture.toString(),
        "--output",
        folder.resolve("page.html").toString());
  }
}
