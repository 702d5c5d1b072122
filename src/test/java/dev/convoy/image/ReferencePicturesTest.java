package dev.convoy.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Compares the pixels of generated pictures in all formats and options with those that reference
 * decoders make. {@code src/test/python/reference_pictures.py} makes both.
 */
class ReferencePicturesTest {
  private static final Path PICTURES = Path.of("src/test/resources/pictures/reference.zip");

  /** Decoders of JPEG may differ by the rounding of their transform. */
  private static final int MOST_OFF = 2;

  @ParameterizedTest
  @CsvSource({"png, 156", "gif, 78", "bmp, 42", "webp, 153"})
  void everyPixelIsThatOfTheReferenceDecoder(String format, int count) throws IOException {
    List<String> wrong = new ArrayList<>();
    List<String[]> listed = listed(format);
    try (ZipFile pictures = new ZipFile(PICTURES.toFile())) {
      for (String[] expected : listed) {
        Picture picture = decode(bytes(pictures, expected[0]), expected[0]);
        if (!sha256(channelsLast(picture, Integer.parseInt(expected[3]))).equals(expected[4])
            || picture.shape().width() != Integer.parseInt(expected[1])) {
          wrong.add(expected[0]);
        }
      }
    }
    assertEquals(List.of(), wrong);
    assertEquals(count, listed.size());
  }

  @Test
  void noSampleOfAJpegIsOffByMoreThanTwo() throws IOException {
    List<String> wrong = new ArrayList<>();
    List<String[]> listed = listed("jpeg");
    try (ZipFile pictures = new ZipFile(PICTURES.toFile())) {
      for (String[] expected : listed) {
        Picture picture = decode(bytes(pictures, expected[0]), expected[0]);
        byte[] found = channelsLast(picture, Integer.parseInt(expected[3]));
        byte[] reference = bytes(pictures, expected[0] + ".pixels");
        assertEquals(expected[4], sha256(reference));
        assertEquals(reference.length, found.length, expected[0]);
        int worst = 0;
        for (int i = 0; i < found.length; i++) {
          worst = Math.max(worst, Math.abs((found[i] & 0xFF) - (reference[i] & 0xFF)));
        }
        if (worst > MOST_OFF) {
          wrong.add(expected[0] + " by " + worst);
        }
      }
    }
    assertEquals(List.of(), wrong);
    assertTrue(listed.size() >= 100, listed.size() + " pictures");
  }

  private static List<String[]> listed(String format) throws IOException {
    try (ZipFile pictures = new ZipFile(PICTURES.toFile())) {
      return new String(bytes(pictures, "list.csv"), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.startsWith(format + "/"))
          .map(line -> line.split(","))
          .toList();
    }
  }

  private static byte[] bytes(ZipFile zip, String name) throws IOException {
    return zip.getInputStream(zip.getEntry(name)).readAllBytes();
  }

  private static Picture decode(byte[] file, String name) throws IOException {
    return ImageDecoder.decodePicture(new ByteArrayInputStream(file), name);
  }

  /** Pixels row by row; grey may be told as colour. */
  private static byte[] channelsLast(Picture picture, int channels) {
    int size = picture.shape().height() * picture.shape().width();
    byte[] pixels = new byte[size * channels];
    for (int i = 0; i < pixels.length; i++) {
      int c = i % channels;
      pixels[i] = picture.pixels()[(c < picture.shape().channels() ? c : 0) * size + i / channels];
    }
    return pixels;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
