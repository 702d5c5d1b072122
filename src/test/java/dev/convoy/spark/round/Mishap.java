package dev.convoy.spark.round;

import dev.convoy.image.ImageBlock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;

/**
 * What befalls a task on its way to its images, in a real executor: once in all, or in the first
 * attempt of every so manieth.
 *
 * @param kind what happens
 * @param every which tasks meet it: those whose number in all this divides
 * @param once path of a file that is there when it has happened; {@code null} for again and again
 */
record Mishap(Kind kind, int every, String once) implements Function<ImageBlock, ImageBlock> {
  enum Kind {
    /** The task throws. */
    FAILS,

    /** Its executor is killed by SIGKILL. */
    DIES
  }

  @Override
  public ImageBlock call(ImageBlock block) throws Exception {
    TaskContext task = TaskContext.get();
    boolean hit = task.attemptNumber() == 0 && task.taskAttemptId() % every == every - 1;
    if (hit && (once == null || isFirst())) {
      switch (kind) {
        case FAILS -> throw new IllegalStateException("a failure\nof two lines");
        case DIES ->
            new ProcessBuilder("kill", "-9", "" + ProcessHandle.current().pid()).start().waitFor();
      }
    }
    return block;
  }

  private boolean isFirst() {
    try {
      Files.createFile(Path.of(once));
      return true;
    } catch (java.nio.file.FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
