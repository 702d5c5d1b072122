package dev.convoy.cli;

import org.apache.spark.package$;
import picocli.CommandLine.IVersionProvider;

/** What runs here: Convoy's version, Spark's and Java's. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      "convoy " + convoy() + " (Spark " + spark() + ", Java " + Runtime.version() + ")"
    };
  }

  /** Convoy's, from its jar; {@code development} where it runs from classes. */
  static String convoy() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  static String spark() {
    return package$.MODULE$.SPARK_VERSION();
  }
}
