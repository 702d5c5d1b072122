package dev.convoy.spark.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.apache.hadoop.fs.FSError;

/** Why a file can't be written, in one form for all file systems: its path, and the reason. */
final class WriteFailure {
  private WriteFailure() {}

  /** Returns the exception of a file that the user calls so. */
  static IOException of(String path, Throwable cause) {
    return new IOException(path + ": can't be written: " + reason(cause), cause);
  }

  /** Returns why, without the path. */
  static String reason(Throwable cause) {
    if (cause instanceof FSError && cause.getCause() != null) {
      return reason(cause.getCause());
    } else if (cause instanceof AccessDeniedException) {
      return "Permission denied";
    } else if (cause instanceof NoSuchFileException) {
      return "No such file or folder";
    } else if (cause instanceof FileAlreadyExistsException) {
      return "Something else has its name";
    } else if (cause instanceof FileSystemException system && system.getReason() != null) {
      return system.getReason();
    }
    String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    // From HDFS, the message carries the server's stack trace.
    return message.lines().findFirst().orElse(message).strip();
  }
}
