package dev.convoy.spark.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;

/** What a task opens. */
public final class TaskFiles {
  private TaskFiles() {}

  /** Has it closed when the task ends, however it ends. */
  public static <T extends Closeable> T closing(T file) {
    TaskCompletionListener close =
        task -> {
          try {
            file.close();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        };
    TaskContext.get().addTaskCompletionListener(close);
    return file;
  }
}
