package dev.convoy.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A disk of one mebibyte, in memory, that can be filled up to some bytes. Only root may mount one:
 * where it can't be, a test of it is left out.
 */
public final class FullDisk implements AutoCloseable {
  private static final int BYTES = 1 << 20;

  private final Path folder;

  private FullDisk(Path folder) {
    this.folder = folder;
  }

  /** Mounts a disk in a folder that it makes. */
  public static FullDisk mount(Path folder) throws IOException, InterruptedException {
    Files.createDirectory(folder);
    int status = run("mount", "-t", "tmpfs", "-o", "size=" + BYTES, "none", folder.toString());
    assumeTrue(status == 0, "no disk can be mounted here");
    return new FullDisk(folder);
  }

  /** Returns where it is. */
  public Path folder() {
    return folder;
  }

  /** Fills it, but for so many bytes, in whole pages. */
  public void fill(int left) throws IOException {
    Path filler = folder.resolve(".filler");
    byte[] page = new byte[4096];
    try (OutputStream out = Files.newOutputStream(filler)) {
      while (Files.getFileStore(folder).getUsableSpace() > left) {
        out.write(page);
      }
    }
  }

  /** Makes room again. */
  public void empty() throws IOException {
    Files.delete(folder.resolve(".filler"));
  }

  private static int run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor();
  }

  @Override
  public void close() throws IOException, InterruptedException {
    assertEquals(0, run("umount", "-l", folder.toString()));
  }
}
