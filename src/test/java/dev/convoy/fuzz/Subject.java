package dev.convoy.fuzz;

import dev.convoy.cli.CommandRun;
import dev.convoy.cli.Failure;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;

/** Something that is read, and what reads it. */
abstract class Subject {
  /** Sound files of all subjects. */
  protected final Path sound;

  private boolean changing;

  Subject(Path sound) {
    this.sound = sound;
  }

  /**
   * Changes a sound one, and has it read.
   *
   * @param folder empty, for the case alone
   * @return status and lines
   */
  abstract CommandRun run(Path folder, SplittableRandom random) throws IOException;

  /** Runs what answers by exceptions, as the command line does. */
  static CommandRun call(Callable<?> action) {
    try {
      action.call();
      return new CommandRun(0, List.of(), List.of());
    } catch (Exception e) {
      return new CommandRun(Failure.status(e), List.of(), List.of(Failure.message(e)));
    }
  }

  /** A copy of a folder. */
  static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes unused)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(folder).toString()));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes unused)
              throws IOException {
            Files.copy(file, to.resolve(from.relativize(file).toString()));
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** From now on, files are changed; until then, all is read as it is. */
  final void beginToChange() {
    changing = true;
  }

  /** Changes one of these files. */
  final void change(List<Path> files, SplittableRandom random) throws IOException {
    Path file = files.get(random.nextInt(files.size()));
    if (!changing) {
      return;
    }
    byte[] bytes = Files.readAllBytes(file);
    boolean text = file.toString().matches(".*\\.(json|jsonl|yaml|csv|txt)|.*SHA256SUMS");
    Files.write(file, text ? TextMutations.of(bytes, random) : ByteMutations.of(bytes, random));
  }
}
