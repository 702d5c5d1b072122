package dev.convoy.model;

import java.io.IOException;
import java.io.OutputStream;

/** Saves files by the path that the user gave, wherever they lie. */
@FunctionalInterface
public interface FileSaver {
  /** Writes what a file is to hold. */
  @FunctionalInterface
  interface Content {
    /** Writes all of it. */
    void writeTo(OutputStream out) throws IOException;
  }

  /** Saves a file: under its name there is either all of it, or what was there before. */
  void save(String path, Content content) throws IOException;
}
