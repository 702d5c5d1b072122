package dev.convoy.cli;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Option;

/** What the commands that run on Spark share. */
abstract class SparkCommand extends ConvoyCommand {
  @Option(names = "--verbose", description = "Show Spark's own log as well.")
  private boolean verbose;

  /** Starts Spark. */
  JavaSparkContext start(SparkConf configuration, String name) {
    JavaSparkContext spark = new JavaSparkContext(configuration.setAppName("convoy: " + name));
    if (verbose) {
      spark.setLogLevel("INFO");
    }
    ExecutorWatch.on(spark, System.err);
    return spark;
  }
}
