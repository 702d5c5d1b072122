package dev.convoy.cli;

import dev.convoy.testing.LoggedProcess;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A command in a process of its own, with a Spark of its own and the log that its script sets, so
 * that signals can be sent to it.
 */
final class ConvoyProcess {
  private ConvoyProcess() {}

  /** Starts a command line, all of whose output goes to a file. */
  static LoggedProcess start(Path log, String... arguments) throws IOException {
    return LoggedProcess.start(log, Map.of(), command(arguments));
  }

  /**
   * Starts a command line by a script of the shell, in which it is {@code "$@"}; what else is
   * printed goes to a file.
   */
  static LoggedProcess start(Path log, String script, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("bash", "-c", script, "bash"));
    command.addAll(command(arguments.toArray(String[]::new)));
    return LoggedProcess.start(log, Map.of(), command);
  }

  /** Returns the command that runs a command line. */
  static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("--add-") || option.startsWith("-XX:+IgnoreUnrec"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-Dspark.master=local[2]",
            "-Dspark.ui.enabled=false",
            "-Dlog4j2.configurationFile=" + Path.of("conf/log4j2.properties").toUri(),
            "-cp",
            classPath()));
    command.add(Convoy.class.getName());
    command.addAll(List.of(arguments));
    return command;
  }

  /** Of this JVM; under Maven it stands in a jar's manifest, and in a property in full. */
  private static String classPath() {
    String inFull = System.getProperty("surefire.test.class.path");
    return inFull == null ? System.getProperty("java.class.path") : inFull + File.pathSeparator;
  }
}
