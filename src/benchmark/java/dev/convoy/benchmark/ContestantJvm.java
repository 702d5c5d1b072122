package dev.convoy.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A contestant in a JVM of its own, commanded from here; it waits while it has nothing to do. It
 * ends with {@link #close}, and with this JVM.
 */
final class ContestantJvm implements AutoCloseable {
  /** All libraries that might take more threads than one are told to take one. */
  private static final List<String> THREADS =
      List.of("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS");

  /** Where DJL unpacks PyTorch, unless the environment says. */
  private static final String LIBRARIES = "target/benchmark/djl";

  private static final int SHOWN_ERRORS = 2000;

  private final ContestantKind kind;
  private final Process process;
  private final Thread hook;
  private final BufferedReader answers;
  private final Writer commands;
  private final StringBuffer errors = new StringBuffer();
  private final String description;
  private long elapsed;
  private long cpuTime;

  private ContestantJvm(ContestantKind kind, String argument) throws IOException {
    this.kind = kind;
    process = builder(kind, argument).start();
    hook = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(hook);
    answers = process.inputReader(StandardCharsets.UTF_8);
    commands = process.outputWriter(StandardCharsets.UTF_8);
    Thread collector = new Thread(() -> collect(process.getErrorStream()));
    collector.setDaemon(true);
    collector.start();
    description = read();
  }

  /** Starts one, which is ready when this returns. */
  static ContestantJvm start(ContestantKind kind, String argument) {
    try {
      return new ContestantJvm(kind, argument);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ProcessBuilder builder(ContestantKind kind, String argument) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--add-modules=jdk.incubator.vector");
    command.add("-XX:+UseParallelGC");
    command.add("-XX:+UseTransparentHugePages");
    command.add("-XX:ObjectAlignmentInBytes=64");
    command.addAll(kind.heap());
    command.add("-Dai.djl.offline=true");
    command.add("-Dai.djl.pytorch.num_threads=1");
    command.add("-Dai.djl.pytorch.num_interop_threads=1");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(ContestantMain.class.getName(), kind.name(), argument));
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    THREADS.forEach(name -> environment.put(name, "1"));
    environment.putIfAbsent("DJL_CACHE_DIR", Path.of(LIBRARIES).toAbsolutePath().toString());
    environment.put("OPT_OUT_TRACKING", "true");
    return builder;
  }

  /** Keeps what it says beside its answers, to be shown if it fails. */
  private void collect(InputStream stream) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        errors.append(line).append('\n');
      }
    } catch (IOException e) {
      errors.append(e).append('\n');
    }
  }

  private String read() throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new IOException(kind + " ended: " + lastErrors());
    }
    return line;
  }

  private String lastErrors() {
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    String all = errors.toString();
    return all.substring(Math.max(0, all.length() - SHOWN_ERRORS)).strip();
  }

  private String command(String line) {
    try {
      commands.write(line + "\n");
      commands.flush();
      return read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ContestantKind kind() {
    return kind;
  }

  /** What it runs on. */
  String description() {
    return description;
  }

  /** Has it do a task until it gets no faster; its times a second then. */
  double warm(String task) {
    return Double.parseDouble(command("warm " + task));
  }

  /** Has it do a task so many times; its times a second. */
  double time(String task, int times) {
    String[] answer = command("time " + task + " " + times).split(" ");
    long nanoseconds = Long.parseLong(answer[0]);
    elapsed += nanoseconds;
    cpuTime += Long.parseLong(answer[1]);
    return times * 1e9 / nanoseconds;
  }

  /** The share of the time of all {@link #time} in which something else had its core. */
  double lostShare() {
    return elapsed == 0 ? 0 : Math.max(0, 1 - (double) cpuTime / elapsed);
  }

  /** What it answers to a question. */
  String ask(String question) {
    return command("ask " + question);
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().removeShutdownHook(hook);
  }
}
