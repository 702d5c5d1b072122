package dev.convoy.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.launcher.JavaModuleOptions;

/** A JVM with Spark's options and Convoy's, as {@code deploy/convoy} starts one. */
final class SparkJvm {
  private SparkJvm() {}

  /**
   * Runs a main class with so much heap, and returns whether it ended well; an interrupt ends it
   * too.
   */
  static boolean run(Class<?> main, String heap, String... arguments)
      throws IOException, InterruptedException {
    return run(main, heap, List.of(), arguments);
  }

  /** The same with further options of the JVM. */
  static boolean run(Class<?> main, String heap, List<String> options, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().trim().split("\\s+")));
    command.add("--add-modules=jdk.incubator.vector");
    command.addAll(List.of("-XX:+UseParallelGC", "-XX:+UseTransparentHugePages"));
    command.addAll(List.of("-XX:ObjectAlignmentInBytes=64", "-Xmx" + heap));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    // Where local-cluster mode starts its executors from.
    builder
        .environment()
        .putIfAbsent("SPARK_HOME", Path.of("target/spark-home").toAbsolutePath().toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    Process process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return process.waitFor() == 0;
  }
}
