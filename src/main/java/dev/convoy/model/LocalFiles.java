package dev.convoy.model;

import dev.convoy.data.FileOpener;
import dev.convoy.image.DataException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Files of this machine, where there is no Hadoop. */
final class LocalFiles implements FileOpener {
  @Override
  public InputStream open(String path) throws IOException {
    try {
      return new BufferedInputStream(Files.newInputStream(Path.of(path)));
    } catch (NoSuchFileException e) {
      throw missing(path, e);
    }
  }

  @Override
  public long length(String path) throws IOException {
    try {
      return Files.size(Path.of(path));
    } catch (NoSuchFileException e) {
      throw missing(path, e);
    }
  }

  private static DataException missing(String path, NoSuchFileException cause) {
    return new DataException(path + ": file not found", cause);
  }
}
