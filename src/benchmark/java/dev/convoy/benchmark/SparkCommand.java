package dev.convoy.benchmark;

import dev.convoy.spark.LenetBenchmark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.launcher.JavaModuleOptions;
import picocli.CommandLine.Command;

/** Convoy with and without Spark. */
@Command(
    name = "spark",
    description =
        "Times LeNet-5's training by one worker without Spark, and by two under local[2]; two"
            + " minutes are enough.")
final class SparkCommand extends BenchCommand {
  @Override
  public Integer call() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().trim().split("\\s+")));
    command.add("--add-modules=jdk.incubator.vector");
    command.addAll(List.of("-XX:+UseParallelGC", "-Xmx2g"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(LenetBenchmark.class.getName());
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    Process process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return process.waitFor() == 0 ? 0 : 1;
  }
}
