package dev.convoy.benchmark;

/** What is timed, at work in a JVM of its own. */
interface Contestant {
  /** What it runs on, as in {@code vector (16 lanes of 512 bits)}. */
  String description();

  /** Does a task so many times. */
  void run(String task, int times);

  /** Answers a question by a line. */
  default String answer(String question) {
    throw new IllegalArgumentException("no such question: " + question);
  }
}
