package dev.convoy.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipFile;

/**
 * Makes damaged pictures: each is a function of its number. One of a format's pictures gets some
 * bits turned, bytes replaced by telling ones, parts cut, doubled, moved or taken from another
 * picture.
 */
public final class PictureMutations {
  private static final Path PICTURES = Path.of("src/test/resources/pictures/reference.zip");

  private static final List<String> NAMES =
      List.of(
          "png/rgb-8-33x40.png",
          "png/palettealpha-4-interlaced-17x23.png",
          "png/rgba-16-17x23.png",
          "jpeg/420-q75-33x40.jpg",
          "jpeg/422-q75-progressive-33x40.jpg",
          "jpeg/restart-2B-64x48.jpg",
          "jpeg/ycck-q60-17x23.jpg",
          "gif/16-frames-33x40.gif",
          "gif/256-transparent-interlaced-17x23.gif",
          "bmp/24-33x40.bmp",
          "bmp/runs-8-64x48.bmp",
          "bmp/565-17x23.bmp",
          "webp/lossy-q50-33x40.webp",
          "webp/lossy-alpha-q60-100-33x40.webp",
          "webp/lossless-rgb-33x40.webp",
          "webp/lossless-16-64x48.webp",
          "webp/frames-17x23.webp");

  /** Values at which lengths and sizes go wrong. */
  private static final int[] TELLING = {0, 1, 0x7F, 0x80, 0xFE, 0xFF};

  private static final int KINDS = 6;
  private static final int MOST_CHANGES = 6;

  private final List<byte[]> pictures;

  private PictureMutations(List<byte[]> pictures) {
    this.pictures = pictures;
  }

  /** Reads the pictures that are damaged, from the test resources. */
  public static PictureMutations ofReferencePictures() {
    try (ZipFile zip = new ZipFile(PICTURES.toFile())) {
      return new PictureMutations(NAMES.stream().map(name -> bytes(zip, name)).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(ZipFile zip, String name) {
    try {
      return zip.getInputStream(zip.getEntry(name)).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the file of this number; formats take turns. */
  public byte[] file(long number) {
    Random random = new Random(number * 0x9E3779B97F4A7C15L + 17);
    byte[] file = pictures.get((int) Math.floorMod(number, (long) pictures.size())).clone();
    for (int change = random.nextInt(MOST_CHANGES); change >= 0 && file.length > 0; change--) {
      file = changed(file, random);
    }
    return file;
  }

  private byte[] changed(byte[] file, Random random) {
    int at = position(file, random);
    int length = random.nextInt(Math.min(64, file.length - at) + 1);
    byte[] other = pictures.get(random.nextInt(pictures.size()));
    switch (random.nextInt(KINDS)) {
      case 0 -> {
        file[at] ^= (byte) (1 << random.nextInt(8));
        return file;
      }
      case 1 -> {
        byte value = (byte) TELLING[random.nextInt(TELLING.length)];
        Arrays.fill(file, at, at + Math.min(length, random.nextInt(4) + 1), value);
        return file;
      }
      case 2 -> {
        return Arrays.copyOf(file, at);
      }
      case 3 -> {
        // A part is left out, or stands twice.
        return random.nextBoolean()
            ? joined(file, at, file, at + length)
            : joined(file, at + length, file, at);
      }
      case 4 -> {
        return joined(file, at, other, random.nextInt(other.length));
      }
      default -> {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        System.arraycopy(noise, 0, file, at, length);
        return file;
      }
    }
  }

  /** Half of the changes strike the first bytes, where sizes and lengths stand. */
  private static int position(byte[] file, Random random) {
    return random.nextInt(random.nextBoolean() ? Math.min(64, file.length) : file.length);
  }

  private static byte[] joined(byte[] first, int end, byte[] second, int start) {
    byte[] all = Arrays.copyOf(first, end + second.length - start);
    System.arraycopy(second, start, all, end, second.length - start);
    return all;
  }
}
