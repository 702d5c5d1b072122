package dev.convoy.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Opens files by the path that the user gave, wherever they lie. */
@FunctionalInterface
public interface FileOpener {
  /** The file's bytes, from the first on. The caller closes the stream. */
  InputStream open(String path) throws IOException;

  /** Returns how many bytes a file has, which are counted where nothing else tells. */
  default long length(String path) throws IOException {
    try (InputStream in = open(path)) {
      return in.transferTo(OutputStream.nullOutputStream());
    }
  }
}
