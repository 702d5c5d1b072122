package dev.convoy.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program that runs beside the tests, all of whose output goes to a file. */
public final class LoggedProcess implements AutoCloseable {
  private static final long TIMEOUT_SECONDS = 600;

  private final Process process;
  private final Path logFile;

  private LoggedProcess(Process process, Path logFile) {
    this.process = process;
    this.logFile = logFile;
  }

  /**
   * Starts a command.
   *
   * @param environment beside that of this JVM; an empty value takes a variable away
   */
  public static LoggedProcess start(Path log, Map<String, String> environment, List<String> command)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      if (variable.getValue().isEmpty()) {
        builder.environment().remove(variable.getKey());
      } else {
        builder.environment().put(variable.getKey(), variable.getValue());
      }
    }
    return new LoggedProcess(
        builder.redirectErrorStream(true).redirectOutput(log.toFile()).start(), log);
  }

  /**
   * Waits until something holds that shows in the folder of the log, or in one below it; fails
   * where the process ends before, or nothing comes of it.
   */
  public void await(Callable<Boolean> condition) throws Exception {
    try (FolderWatch watch = new FolderWatch(logFile.toAbsolutePath().getParent())) {
      process.onExit().thenRun(watch::close);
      assertTrue(watch.await(condition, TIMEOUT_SECONDS), this::log);
    }
  }

  /** Its end, however long it takes, with its status. */
  public CompletableFuture<Integer> onExit() {
    return process.onExit().thenApply(Process::exitValue);
  }

  /** Waits for its end. */
  public int exitStatus() throws InterruptedException {
    assertTrue(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS), this::log);
    return process.exitValue();
  }

  /** Processes that it started, and those that they did, whose command line has this word. */
  public List<ProcessHandle> descendants(String word) {
    try (Stream<ProcessHandle> all = process.descendants()) {
      return all.filter(p -> p.info().commandLine().orElse("").contains(word)).toList();
    }
  }

  /** SIGTERM. */
  public void interrupt() {
    process.destroy();
  }

  /** SIGKILL. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    exitStatus();
  }

  /** What it wrote so far. */
  public String log() {
    try {
      return Files.readString(logFile);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** SIGKILL for it and all that it started. */
  @Override
  public void close() {
    List<ProcessHandle> started = descendants("");
    process.destroyForcibly();
    started.forEach(ProcessHandle::destroyForcibly);
  }
}
