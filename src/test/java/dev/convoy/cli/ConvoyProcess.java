package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * A command in a process of its own, with a Spark of its own, so that signals can be sent to it.
 */
final class ConvoyProcess implements AutoCloseable {
  private static final long TIMEOUT_SECONDS = 120;
  private static final long LOOK_MILLIS = 5;

  private final Process process;
  private final Path logFile;

  private ConvoyProcess(Process process, Path logFile) {
    this.process = process;
    this.logFile = logFile;
  }

  /** Starts a command line, all of whose output goes to a file. */
  static ConvoyProcess start(Path log, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("--add-") || option.startsWith("-XX:+IgnoreUnrec"))
        .forEach(command::add);
    command.addAll(
        List.of("-Dspark.master=local[2]", "-Dspark.ui.enabled=false", "-cp", classPath()));
    command.add(Convoy.class.getName());
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    return new ConvoyProcess(process, log);
  }

  /** Looks until something holds; fails where the process ends before, or nothing comes of it. */
  void await(Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
    while (!condition.call()) {
      assertTrue(process.isAlive() && System.nanoTime() < deadline, this::log);
      Thread.sleep(LOOK_MILLIS);
    }
  }

  /** SIGTERM. */
  void interrupt() {
    process.destroy();
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    exitStatus();
  }

  int exitStatus() throws InterruptedException {
    assertTrue(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS), this::log);
    return process.exitValue();
  }

  String log() {
    try {
      return Files.readString(logFile);
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** Of this JVM; under Maven it stands in a jar's manifest, and in a property in full. */
  private static String classPath() {
    String inFull = System.getProperty("surefire.test.class.path");
    return inFull == null ? System.getProperty("java.class.path") : inFull + File.pathSeparator;
  }
}
