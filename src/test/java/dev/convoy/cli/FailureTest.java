package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.image.DataException;
import java.io.IOException;
import java.io.NotSerializableException;
import java.util.concurrent.ExecutionException;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;

class FailureTest {
  private static void assertTold(int status, String line, Throwable e) {
    assertEquals(line, Failure.message(e));
    assertEquals(status, Failure.status(e));
  }

  @Test
  void whatIsWrongInATaskIsToldByItself() {
    assertTold(
        2,
        "a.png: is cut off",
        new SparkException(
            "Job aborted due to stage failure", new DataException("a.png: is cut off")));
    assertTold(
        1,
        "out/a: can't be written: No space left on device",
        new SparkException(
            "Job aborted", new IOException("out/a: can't be written: No space left on device")));
    assertTold(
        1,
        "SparkException: Task not serializable",
        new SparkException("Task not serializable", new NotSerializableException("a.B")));
  }

  @Test
  void usedUpMemoryIsALineThatNamesTheOption() {
    long mib = Runtime.getRuntime().maxMemory() >> 20;
    OutOfMemoryError e = new OutOfMemoryError("Java heap space");
    e.setStackTrace(
        new StackTraceElement[] {
          new StackTraceElement("java.util.Arrays", "copyOf", "Arrays.java", 1),
          new StackTraceElement("dev.convoy.image.Resize", "apply", "Resize.java", 2)
        });
    String line =
        "memory is used up (Java heap space) in Resize.apply: the driver may take "
            + mib
            + " MiB; --driver-memory gives it more";
    assertTold(1, line, e);
    assertTold(1, line, new SparkException("Job aborted due to stage failure: x", e));
    assertTold(1, line, new IllegalStateException("by another thread", new ExecutionException(e)));
  }

  @Test
  void executorsThatMemoryEndedAreALineThatNamesTheOption() {
    String lost =
        "Job aborted due to stage failure: Task 0 in stage 3.0 failed 4 times, most recent failure:"
            + " Lost task 0.3 in stage 3.0 (TID 9) (10.0.0.7 executor 3): ExecutorLostFailure"
            + " (executor 3 exited caused by one of the running tasks) Reason: ";
    String heap =
        "the memory of executors is used up, time and again (they ended with status 52);"
            + " --executor-memory (spark.executor.memory) gives them more";
    assertTold(
        1, heap, new SparkException(lost + "Command exited with code 52\nDriver stacktrace:"));
    assertTold(
        1, heap, new SparkException(lost + "Container from a bad node: x. Exit status: 52. y"));
    assertTrue(
        Failure.message(new SparkException(lost + "Command exited with code 137"))
            .contains("spark.executor.memoryOverhead"));
    assertTrue(
        Failure.message(new SparkException(lost + "Command exited with code 1"))
            .startsWith("SparkException: Job aborted due to stage failure: "));
  }

  @Test
  void otherErrorsOfJavaAreLinesToo() {
    StackOverflowError overflow = new StackOverflowError();
    overflow.setStackTrace(
        new StackTraceElement[] {
          new StackTraceElement("dev.convoy.config.tree.YamlTree", "read", "YamlTree.java", 1)
        });
    assertTold(
        1, "the stack is used up in YamlTree.read: what is read is nested too deep", overflow);
    String linkage = Failure.message(new NoSuchMethodError("'void a.B.c()'"));
    assertTrue(
        linkage.startsWith("a class does not fit: NoSuchMethodError: 'void a.B.c()'"), linkage);
    assertTrue(linkage.contains("; this is Convoy development with Spark "), linkage);
    assertTrue(
        Failure.message(new OutOfMemoryError("unable to create native thread: x"))
            .startsWith("no more threads can be started (unable to create native thread: x): "));
  }

  @Test
  void aLineShowsWhatCommandsATerminal() {
    assertTold(
        2,
        "a\\u001b[31m\\u000a\\u009b\\u202e.png: is cut off",
        new DataException("a\u001b[31m\n\u009b\u202e.png: is cut off"));
  }
}
