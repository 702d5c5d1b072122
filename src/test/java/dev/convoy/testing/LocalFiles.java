package dev.convoy.testing;

import dev.convoy.data.FileOpener;
import dev.convoy.image.DataException;
import dev.convoy.model.FileSaver;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Files of this machine, without Hadoop. */
public final class LocalFiles implements FileOpener, FileSaver {
  @Override
  public InputStream open(String path) throws IOException {
    try {
      return Files.newInputStream(Path.of(path));
    } catch (NoSuchFileException e) {
      throw new DataException(path + ": file not found", e);
    }
  }

  @Override
  public long length(String path) throws IOException {
    return Files.size(Path.of(path));
  }

  @Override
  public void save(String path, Content content) throws IOException {
    try (OutputStream out = Files.newOutputStream(Path.of(path))) {
      content.writeTo(out);
    }
  }
}
