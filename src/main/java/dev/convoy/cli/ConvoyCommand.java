package dev.convoy.cli;

import dev.convoy.spark.SparkSettings;
import dev.convoy.spark.file.HadoopFiles;
import java.util.concurrent.Callable;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What all commands share. */
@Command(
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    sortOptions = false,
    usageHelpAutoWidth = true)
abstract class ConvoyCommand implements Callable<Integer> {
  /**
   * The variable by which a standalone worker tells a driver the secret, and Spark tells executors.
   */
  private static final String SECRET = "_SPARK_AUTH_SECRET";

  /** The option that shows stack traces. */
  static final String DEBUG = "--debug";

  @SuppressWarnings(
      "UnusedVariable") // looked for in the words of the command line, which may be wrong
  @Option(names = DEBUG, description = "Show the stack trace of an error.")
  private boolean debug;

  /** The settings that spark-submit passed; all cores of this machine where it named no master. */
  static SparkConf configuration() {
    SparkConf submitted = new SparkConf();
    if (System.getenv(SECRET) != null) {
      // Spark's context looks for it here alone.
      submitted.setIfMissing("spark.authenticate.secret", System.getenv(SECRET));
    }
    return SparkSettings.apply(submitted)
        .setIfMissing("spark.master", "local[*]")
        .set("spark.ui.showConsoleProgress", "false");
  }

  /** Files as Spark will see them, before there is a Spark. */
  static HadoopFiles files(SparkConf configuration) {
    return new HadoopFiles(SparkHadoopUtil.get().newConfiguration(configuration));
  }
}
