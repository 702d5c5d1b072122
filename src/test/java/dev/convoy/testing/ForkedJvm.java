package dev.convoy.testing;

import dev.convoy.kernel.Kernels;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Runs a main class of the tests in a JVM of its own, which sees Convoy and the tests alone. */
public final class ForkedJvm {
  public static final String WITH_VECTORS = "--add-modules=jdk.incubator.vector";

  private static final long TIMEOUT_SECONDS = 120;

  private ForkedJvm() {}

  /** What it left. */
  public record Result(int status, String output, String errors) {}

  /** Runs it to its end with these options of the JVM. */
  public static Result run(Class<?> main, List<String> jvmOptions, String... arguments)
      throws IOException, InterruptedException {
    return run(List.of(place(Kernels.class), place(main)), main, jvmOptions, arguments);
  }

  /** The same with this class path. */
  public static Result run(
      List<Path> classPath, Class<?> main, List<String> jvmOptions, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.add("-cp");
    command.add(
        classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile("convoy-forked", ".out");
    Path errors = Files.createTempFile("convoy-forked", ".err");
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().remove("JAVA_TOOL_OPTIONS");
      builder.environment().remove("JDK_JAVA_OPTIONS");
      Process process =
          builder.redirectOutput(output.toFile()).redirectError(errors.toFile()).start();
      if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("not done after " + TIMEOUT_SECONDS + " s: " + command);
      }
      return new Result(process.exitValue(), read(output), read(errors));
    } finally {
      Files.delete(output);
      Files.delete(errors);
    }
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8).strip();
  }

  private static Path place(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
