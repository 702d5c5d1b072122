package dev.convoy.model;

import dev.convoy.data.FileOpener;
import dev.convoy.image.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The SHA-256 of each file of a folder, in a file that {@code sha256sum -c} reads as well: a line a
 * file with 64 hexadecimal digits, two blanks and the name. It is written last, so that a folder
 * that has one is whole.
 */
final class Checksums {
  /** The name of the file. */
  static final String NAME = "SHA256SUMS";

  /** A few lines. */
  private static final int MAX_BYTES = 4096;

  private static final int PIECE_BYTES = 1 << 16;

  private final FileSaver files;
  private final String folder;
  private final Map<String, String> sums = new LinkedHashMap<>();

  /** Begins the checksums of what is to be saved in this folder. */
  Checksums(FileSaver files, String folder) {
    this.files = files;
    this.folder = folder;
  }

  /** Saves a file. */
  void save(String name, FileSaver.Content content) throws IOException {
    MessageDigest digest = sha256();
    files.save(
        folder + "/" + name,
        out -> {
          OutputStream hashing = new DigestOutputStream(out, digest);
          content.writeTo(hashing);
          hashing.flush();
        });
    sums.put(name, HexFormat.of().formatHex(digest.digest()));
  }

  /** Saves the sums of what was saved. */
  void save() throws IOException {
    byte[] text = text(sums).getBytes(StandardCharsets.UTF_8);
    files.save(folder + "/" + NAME, out -> out.write(text));
  }

  private static String text(Map<String, String> sums) {
    StringBuilder text = new StringBuilder();
    sums.forEach((name, sum) -> text.append(sum).append("  ").append(name).append('\n'));
    return text.toString();
  }

  /**
   * Reads all files of a folder and compares.
   *
   * @param names of the files, in the order of saving
   * @throws DamagedCheckpointException if one is missing, or not what was saved
   */
  static void check(FileOpener files, String folder, List<String> names) throws IOException {
    String found;
    try (InputStream in = open(files, folder, NAME)) {
      found = new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
    }
    Map<String, String> sums = new LinkedHashMap<>();
    for (String name : names) {
      sums.put(name, sum(files, folder, name));
    }
    if (found.equals(text(sums))) {
      return;
    }
    List<String> lines = found.lines().toList();
    for (String name : names) {
      if (!lines.contains(sums.get(name) + "  " + name)) {
        throw new DamagedCheckpointException(name + " is not what " + NAME + " says");
      }
    }
    throw new DamagedCheckpointException(NAME + " has other lines than were written");
  }

  private static String sum(FileOpener files, String folder, String name) throws IOException {
    MessageDigest digest = sha256();
    byte[] piece = new byte[PIECE_BYTES];
    try (InputStream in = open(files, folder, name)) {
      for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
        digest.update(piece, 0, count);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static InputStream open(FileOpener files, String folder, String name) throws IOException {
    try {
      return files.open(folder + "/" + name);
    } catch (DataException e) {
      throw new DamagedCheckpointException(e.getMessage(), e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
