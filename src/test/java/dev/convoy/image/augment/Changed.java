package dev.convoy.image.augment;

import dev.convoy.random.Purpose;
import dev.convoy.random.SeededRandom;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What an augmentation makes of one image, again and again. */
final class Changed {
  private Changed() {}

  /** Bytes of numbers from 0 to 255. */
  static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  /** What comes out under the first keys, each as text; the image lies off the array's start. */
  static List<String> results(
      PictureAugmentation augmentation, Shape shape, byte[] ground, byte[] image, int keys) {
    PicturePass pass = augmentation.bind(shape, ground);
    byte[] from = new byte[image.length + 5];
    System.arraycopy(image, 0, from, 3, image.length);
    List<String> results = new ArrayList<>();
    for (int key = 0; key < keys; key++) {
      byte[] to = new byte[image.length + 9];
      Arrays.fill(to, (byte) 77);
      pass.apply(from, 3, to, 4, SeededRandom.of(5, Purpose.AUGMENTATION, key));
      byte[] before = Arrays.copyOfRange(to, 0, 4);
      byte[] after = Arrays.copyOfRange(to, 4 + image.length, to.length);
      if (!Arrays.equals(before, bytes(77, 77, 77, 77))
          || !Arrays.equals(after, bytes(77, 77, 77, 77, 77))) {
        throw new AssertionError(augmentation + " writes outside its image");
      }
      results.add(text(Arrays.copyOfRange(to, 4, 4 + image.length)));
    }
    return results;
  }

  /** Unsigned, with blanks between. */
  static String text(byte[] image) {
    StringBuilder text = new StringBuilder();
    for (byte value : image) {
      text.append(text.isEmpty() ? "" : " ").append(value & 0xFF);
    }
    return text.toString();
  }
}
