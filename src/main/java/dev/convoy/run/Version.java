package dev.convoy.run;

import org.apache.spark.package$;

/** The versions of what runs here. */
public final class Version {
  private Version() {}

  /** Returns Convoy's, from its jar; {@code development} where it runs from classes. */
  public static String convoy() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  /** Returns Spark's. */
  public static String spark() {
    return package$.MODULE$.SPARK_VERSION();
  }
}
