package dev.convoy.spark.job;

import org.apache.spark.TaskContext;

/** The attempt at a task that runs here, told apart from all others of the same stage. */
public final class TaskAttempt {
  private TaskAttempt() {}

  /**
   * A name in letters and digits: Spark may run a task twice at once, and two must not write into
   * one file.
   */
  public static String name() {
    TaskContext task = TaskContext.get();
    return "s" + task.stageAttemptNumber() + "a" + task.taskAttemptId();
  }
}
