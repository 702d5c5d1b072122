package dev.convoy.train.fault;

import dev.convoy.api.PublicApi;
import org.jspecify.annotations.Nullable;

/**
 * Something that went wrong while workers ran, or was done about it. Training goes on, and no bit
 * of its result depends on it.
 *
 * @param kind what happened
 * @param executor where; absent where it was at no single one
 * @param host of the executor; absent where that is not known
 * @param stage number of Spark's stage; absent where it was in none
 * @param task number in its stage, from 0; absent where it was not one task
 * @param attempt of the task or the stage, from 1; absent where there is none
 * @param block of images; absent where it was about none
 * @param reason why, in a line; absent where none was given
 */
@PublicApi
public record Fault(
    Kind kind,
    @Nullable String executor,
    @Nullable String host,
    @Nullable Integer stage,
    @Nullable Integer task,
    @Nullable Integer attempt,
    @Nullable String block,
    @Nullable String reason) {

  /** What can happen. */
  public enum Kind {
    /** An executor is gone, with all that it held. */
    EXECUTOR_LOST("executorLost"),

    /** An attempt at a task failed. */
    TASK_FAILED("taskFailed"),

    /** A task that failed, or whose result was lost, is done again. */
    TASK_RETRIED("taskRetried"),

    /** The result of a task that was done is lost. */
    RESULT_LOST("resultLost"),

    /** A task that takes long is done by another executor as well. */
    SPECULATIVE_ATTEMPT("speculativeAttempt"),

    /** A stage is done again, as some of its results are lost. */
    STAGE_RESUBMITTED("stageResubmitted"),

    /** A block of images that was lost from the cache is read again. */
    BLOCK_READ_AGAIN("blockReadAgain");

    private final String key;

    Kind(String key) {
      this.key = key;
    }

    /** Returns the name that logs have for it. */
    public String key() {
      return key;
    }
  }

  /** Returns the loss of an executor. */
  public static Fault executorLost(
      String executor, @Nullable String host, @Nullable String reason) {
    return new Fault(Kind.EXECUTOR_LOST, executor, host, null, null, null, null, reason);
  }

  /** Returns what happened to an attempt at a task. */
  public static Fault ofTask(
      Kind kind,
      @Nullable String executor,
      @Nullable String host,
      int stage,
      int task,
      int attempt,
      @Nullable String reason) {
    return new Fault(kind, executor, host, stage, task, attempt, null, reason);
  }

  /** A further attempt at a stage. */
  public static Fault stageResubmitted(int stage, int attempt) {
    return new Fault(Kind.STAGE_RESUBMITTED, null, null, stage, null, attempt, null, null);
  }

  /** A block that an executor has read again. */
  public static Fault blockReadAgain(String executor, @Nullable String host, String block) {
    return new Fault(Kind.BLOCK_READ_AGAIN, executor, host, null, null, null, block, null);
  }
}
