package dev.convoy.spark.file;

import dev.convoy.image.DataException;
import java.io.IOException;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.util.VersionInfo;
import org.jspecify.annotations.Nullable;

/** What Hadoop needs besides itself to reach a file system. */
final class Connector {
  /** Modules of Hadoop that Spark does not bring along, by their schemes. */
  private static final Map<String, String> MODULES =
      Map.of(
          "s3a", "hadoop-aws",
          "abfs", "hadoop-azure",
          "abfss", "hadoop-azure",
          "wasb", "hadoop-azure",
          "wasbs", "hadoop-azure");

  private Connector() {}

  /**
   * Refuses paths whose file system Hadoop knows and has no class for.
   *
   * @throws org.apache.hadoop.fs.UnsupportedFileSystemException if Hadoop does not know it
   */
  static void check(String scheme, Configuration configuration) throws IOException {
    try {
      FileSystem.getFileSystemClass(scheme, configuration);
    } catch (RuntimeException e) {
      String missing = missingClass(e);
      if (missing == null) {
        throw e;
      }
      String module = MODULES.get(scheme);
      throw new DataException(
          scheme
              + ":// needs Hadoop's connector, but its class "
              + missing
              + " is not there; add "
              + (module == null
                  ? "the jar that has it by --jars or --packages"
                  : "--packages org.apache.hadoop:" + module + ":" + VersionInfo.getVersion()),
          e);
    }
  }

  private static @Nullable String missingClass(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof ClassNotFoundException missing) {
        return String.valueOf(missing.getMessage()).replaceFirst("^Class (\\S+) not found$", "$1");
      }
    }
    return null;
  }
}
