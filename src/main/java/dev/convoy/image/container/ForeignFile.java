package dev.convoy.image.container;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Tells what a file is that is no picture of a format that is read. */
public final class ForeignFile {
  /** So much of a file may be looked at; what a page says of itself stands near its beginning. */
  private static final int LOOKED_AT = 512;

  /** A beginning, and what begins so. */
  private record Kind(String beginning, String what) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind("II*\0", "a TIFF picture"),
          new Kind("MM\0*", "a TIFF picture"),
          new Kind("8BPS", "a Photoshop picture"),
          new Kind("\0\0\0\fjP  ", "a JPEG 2000 picture"),
          new Kind("\0\0\0\fJXL ", "a JPEG XL picture"),
          new Kind("\u00FF\n", "a JPEG XL picture"),
          new Kind("\0\0\u0001\0", "an icon"),
          new Kind("%PDF", "a PDF document"),
          new Kind("PK\u0003\u0004", "a ZIP archive"),
          new Kind("\u001F\u008B", "a gzip file"),
          new Kind("PAR1", "a Parquet file"),
          new Kind("SEQ", "a sequence file"),
          new Kind("RIFF", "a RIFF file other than WebP"),
          new Kind(
              "version https://git-lfs.github.com/spec/",
              "a Git LFS pointer: `git lfs pull` fetches the picture"));

  private ForeignFile() {}

  /**
   * What a file is, to follow "but is"; absent where nothing tells.
   *
   * @param file its bytes
   */
  public static Optional<String> what(byte[] file) {
    if (file.length == 0) {
      return Optional.of("empty");
    }
    String start = new String(file, 0, Math.min(file.length, LOOKED_AT), ISO_8859_1);
    Optional<String> known =
        KINDS.stream()
            .filter(kind -> start.startsWith(kind.beginning()))
            .map(Kind::what)
            .findFirst();
    return known.or(() -> media(start)).or(() -> markup(start));
  }

  /** A file of the ISO base media format, whose brand stands after its first name. */
  private static Optional<String> media(String start) {
    if (!start.startsWith("ftyp", 4) || start.length() < 12) {
      return Optional.empty();
    }
    return Optional.of(
        switch (start.substring(8, 12)) {
          case "heic", "heix", "hevc", "hevx", "heim", "heis", "mif1", "msf1" -> "a HEIC picture";
          case "avif", "avis" -> "an AVIF picture";
          default -> "a video";
        });
  }

  private static Optional<String> markup(String start) {
    String text = start.replace("\u00EF\u00BB\u00BF", "").strip().toLowerCase(Locale.ROOT);
    if (text.startsWith("<!doctype html") || text.startsWith("<html")) {
      return Optional.of("an HTML page");
    }
    if (text.startsWith("<svg") || text.startsWith("<?xml") && text.contains("<svg")) {
      return Optional.of("an SVG picture");
    }
    return text.startsWith("<?xml") ? Optional.of("an XML document") : Optional.empty();
  }
}
