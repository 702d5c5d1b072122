package dev.convoy.fuzz;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Changes bytes as damage and malice do. */
final class ByteMutations {
  private static final byte[] TELLING = {0, 1, 0x7F, (byte) 0x80, (byte) 0xFE, (byte) 0xFF};
  private static final int MOST_CHANGES = 6;

  private ByteMutations() {}

  /** Returns a changed copy; the bytes are at least one. */
  static byte[] of(byte[] bytes, SplittableRandom random) {
    byte[] changed = bytes.clone();
    int changes = 1 + random.nextInt(MOST_CHANGES);
    for (int i = 0; i < changes && changed.length > 1; i++) {
      changed = once(changed, random);
    }
    return changed;
  }

  private static byte[] once(byte[] bytes, SplittableRandom random) {
    // Headers decide most: half of all changes are among the first bytes.
    int reach = random.nextBoolean() ? Math.min(64, bytes.length) : bytes.length;
    int at = random.nextInt(reach);
    switch (random.nextInt(7)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[at] = (byte) random.nextInt(256);
      case 2 -> bytes[at] = TELLING[random.nextInt(TELLING.length)];
      case 3 ->
          Arrays.fill(
              bytes, at, Math.min(bytes.length, at + 4), TELLING[random.nextInt(TELLING.length)]);
      case 4 -> {
        return Arrays.copyOf(bytes, at + 1);
      }
      case 5 -> {
        return cut(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(32)));
      }
      default -> {
        return repeat(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(256)));
      }
    }
    return bytes;
  }

  private static byte[] cut(byte[] bytes, int from, int to) {
    byte[] rest = Arrays.copyOf(bytes, bytes.length - (to - from));
    System.arraycopy(bytes, to, rest, from, bytes.length - to);
    return rest;
  }

  private static byte[] repeat(byte[] bytes, int from, int to) {
    byte[] longer = Arrays.copyOf(bytes, bytes.length + to - from);
    System.arraycopy(bytes, from, longer, to, bytes.length - from);
    return longer;
  }
}
