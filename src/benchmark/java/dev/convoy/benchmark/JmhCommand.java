package dev.convoy.benchmark;

import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Single kernels, by JMH. */
@Command(name = "jmh", description = "Times single kernels by JMH: GFLOP/s of one thread.")
final class JmhCommand extends BenchCommand {
  @Parameters(
      arity = "0..1",
      paramLabel = "REGEX",
      defaultValue = ".*",
      description = "Benchmarks whose name has this, as in product. Default: all.")
  private String regex;

  @Override
  public Integer call() throws RunnerException {
    try {
      new Runner(new OptionsBuilder().include(regex).shouldFailOnError(true).build()).run();
    } catch (NoBenchmarksException e) {
      throw wrong("no benchmark's name has '" + regex + "'");
    }
    return 0;
  }
}
