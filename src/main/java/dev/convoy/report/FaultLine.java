package dev.convoy.report;

import dev.convoy.train.fault.Fault;

/** A fault in a line for a person. */
final class FaultLine {
  private FaultLine() {}

  /**
   * Tells of a fault, as in {@code Round 30: executor 0 on node7 was lost (exit code 137); training
   * goes on}.
   */
  static String of(int round, Fault fault) {
    String reason = fault.reason() == null ? "" : " (" + fault.reason() + ")";
    return "Round "
        + round
        + ": "
        + switch (fault.kind()) {
          case EXECUTOR_LOST -> place(fault) + " was lost" + reason + "; training goes on";
          case TASK_FAILED -> task(fault) + " failed on " + place(fault) + reason;
          case TASK_RETRIED ->
              task(fault) + " is done again on " + place(fault) + ", attempt " + fault.attempt();
          case RESULT_LOST -> "the result of " + task(fault) + " was lost" + reason;
          case SPECULATIVE_ATTEMPT ->
              task(fault) + " takes long, and is done on " + place(fault) + " as well";
          case STAGE_RESUBMITTED ->
              "stage " + fault.stage() + " is done again, attempt " + fault.attempt();
          case BLOCK_READ_AGAIN ->
              "block " + fault.block() + " was lost, and is read again on " + place(fault);
        };
  }

  private static String task(Fault fault) {
    return "task " + fault.task() + " of stage " + fault.stage();
  }

  private static String place(Fault fault) {
    return "executor " + fault.executor() + (fault.host() == null ? "" : " on " + fault.host());
  }
}
