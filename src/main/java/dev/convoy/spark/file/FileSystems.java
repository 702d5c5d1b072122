package dev.convoy.spark.file;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.util.VersionInfo;

/** Finds the file system of an address: this machine's by one of our own, others by Hadoop's. */
final class FileSystems {
  private static final URI LOCAL = URI.create("file:///");

  private FileSystems() {}

  /** Returns the file system that this names, or else the default one. */
  static FileSystem of(URI uri, Configuration configuration) throws IOException {
    String scheme =
        uri.getScheme() == null
            ? FileSystem.getDefaultUri(configuration).getScheme()
            : uri.getScheme();
    if (!"file".equals(scheme) || configuration.get("fs.file.impl") != null) {
      Connector.check(scheme, configuration);
      return remote(uri, configuration);
    }
    FileSystem local = new PlainLocalFileSystem();
    local.initialize(LOCAL, configuration);
    return local;
  }

  private static FileSystem remote(URI uri, Configuration configuration) throws IOException {
    try {
      return FileSystem.get(uri, configuration);
    } catch (UnsupportedOperationException e) {
      throw new IOException(
          uri
              + ": can't be reached by Hadoop "
              + VersionInfo.getVersion()
              + " on Java "
              + Runtime.version().feature()
              + "; use Java 17 or 21",
          e);
    }
  }
}
