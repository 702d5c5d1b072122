package dev.convoy.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The generated pictures of all formats; {@code src/test/python} holds what made them. */
public final class ReferencePictures {
  private static final Path PICTURES = Path.of("src/test/resources/pictures/reference.zip");

  private ReferencePictures() {}

  /** The bytes of a file. */
  public static byte[] bytes(String name) {
    try (ZipFile zip = new ZipFile(PICTURES.toFile())) {
      ZipEntry entry = zip.getEntry(name);
      if (entry == null) {
        throw new IllegalArgumentException(PICTURES + " has no " + name);
      }
      return zip.getInputStream(entry).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names of all pictures of one size in a folder. */
  public static List<String> names(String folder, String size) {
    try (ZipFile zip = new ZipFile(PICTURES.toFile())) {
      return zip.stream()
          .map(ZipEntry::getName)
          .filter(name -> name.startsWith(folder + "/") && name.contains(size + "."))
          .filter(name -> !name.endsWith(".pixels"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
