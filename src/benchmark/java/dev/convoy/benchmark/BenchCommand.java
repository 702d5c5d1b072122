package dev.convoy.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What all benchmarks share. */
abstract class BenchCommand implements Callable<Integer> {
  /** Of the time, to other processes: a system at rest takes less. */
  private static final double TOLERATED_LOSS = 0.02;

  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help, and do nothing else.")
  @SuppressWarnings("unused") // picocli reads it.
  private boolean help;

  /** Prints a line. */
  void say(String format, Object... values) {
    say(String.format(Locale.ROOT, format, values));
  }

  /** Prints a line. */
  void say(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }

  /** Says so where the machine was not left to itself. */
  void warnOfLosses(List<ContestantJvm> jvms) {
    for (ContestantJvm jvm : jvms) {
      if (jvm.lostShare() > TOLERATED_LOSS) {
        say(
            "  something else had the core for %.0f%% of the time of %s: run again on a quiet machine",
            100 * jvm.lostShare(), jvm.kind());
      }
    }
  }

  /** Refuses a count below 1. */
  void checkPositive(String option, int value) {
    if (value < 1) {
      throw wrong(option + " must be at least 1, but was " + value);
    }
  }

  /** Refuses a file in a folder that is not there, before minutes of work; null is none. */
  void checkFolder(String option, Path file) {
    if (file == null) {
      return;
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw wrong(option + " needs a folder that exists, but got " + file);
    }
    if (Files.isDirectory(file)) {
      throw wrong(option + " needs a file, but " + file + " is a folder");
    }
  }

  /** The user asked for what can't be. */
  ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
