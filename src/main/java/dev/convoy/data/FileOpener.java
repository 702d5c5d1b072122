package dev.convoy.data;

import java.io.IOException;
import java.io.InputStream;

/** Opens files by the path that the user gave, wherever they lie. */
@FunctionalInterface
public interface FileOpener {
  /** The file's bytes, from the first on. The caller closes the stream. */
  InputStream open(String path) throws IOException;
}
