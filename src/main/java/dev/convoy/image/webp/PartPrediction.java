package dev.convoy.image.webp;

import dev.convoy.image.webp.Planes.Bordered;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Predicts a part of 4 by 4 pixels from the thirteen pixels around it. Source: RFC 6386, section
 * 12.3.
 */
final class PartPrediction {
  private static final int CORNER = 4;

  /**
   * The pixel at the left of the lowest row, those above it, the corner, and the eight of the row
   * above.
   */
  private final int[] edge = new int[13];

  private byte[] values = new byte[0];
  private int at;
  private int stride;

  /**
   * Predicts a part.
   *
   * @param right the four pixels above and to the right, where the row above does not hold them
   */
  void predict(int mode, Bordered plane, int part, byte @Nullable [] right) {
    values = plane.values();
    stride = plane.stride();
    at = part;
    for (int i = 0; i < 4; i++) {
      edge[i] = values[at + (3 - i) * stride - 1] & 0xFF;
      edge[CORNER + 1 + i] = values[at - stride + i] & 0xFF;
      edge[CORNER + 5 + i] = (right == null ? values[at - stride + 4 + i] : right[i]) & 0xFF;
    }
    edge[CORNER] = values[at - stride - 1] & 0xFF;
    switch (mode) {
      case BlockModes.MEAN -> mean();
      case BlockModes.TRUE_MOTION -> trueMotion();
      case BlockModes.VERTICAL -> vertical();
      case BlockModes.HORIZONTAL -> horizontal();
      case BlockModes.RIGHT_DOWN -> rightDown();
      case BlockModes.LEFT_DOWN -> leftDown();
      case BlockModes.VERTICAL_RIGHT -> verticalRight();
      case BlockModes.VERTICAL_LEFT -> verticalLeft();
      case BlockModes.HORIZONTAL_DOWN -> horizontalDown();
      default -> horizontalUp();
    }
  }

  private void put(int x, int y, int value) {
    values[at + y * stride + x] = (byte) value;
  }

  /** The mean of an edge's pixel and the next. */
  private int two(int i) {
    return edge[i] + edge[i + 1] + 1 >> 1;
  }

  /** The weighted mean of an edge's pixel and those beside it. */
  private int three(int i) {
    return three(edge[i - 1], edge[i], edge[i + 1]);
  }

  private static int three(int a, int b, int c) {
    return a + 2 * b + c + 2 >> 2;
  }

  private void mean() {
    int sum = 4;
    for (int i = 0; i < 4; i++) {
      sum += edge[i] + edge[CORNER + 1 + i];
    }
    for (int y = 0; y < 4; y++) {
      Arrays.fill(values, at + y * stride, at + y * stride + 4, (byte) (sum >> 3));
    }
  }

  private void trueMotion() {
    for (int y = 0; y < 4; y++) {
      for (int x = 0; x < 4; x++) {
        put(x, y, InverseTransform.clamp(edge[3 - y] + edge[CORNER + 1 + x] - edge[CORNER]));
      }
    }
  }

  private void vertical() {
    for (int x = 0; x < 4; x++) {
      int value = three(CORNER + 1 + x);
      for (int y = 0; y < 4; y++) {
        put(x, y, value);
      }
    }
  }

  private void horizontal() {
    for (int y = 0; y < 4; y++) {
      int value = y < 3 ? three(3 - y) : three(edge[1], edge[0], edge[0]);
      for (int x = 0; x < 4; x++) {
        put(x, y, value);
      }
    }
  }

  private void rightDown() {
    for (int y = 0; y < 4; y++) {
      for (int x = 0; x < 4; x++) {
        put(x, y, three(CORNER - y + x));
      }
    }
  }

  private void leftDown() {
    for (int y = 0; y < 4; y++) {
      for (int x = 0; x < 4; x++) {
        int i = CORNER + 2 + x + y;
        put(x, y, i < 12 ? three(i) : three(edge[11], edge[12], edge[12]));
      }
    }
  }

  private void verticalRight() {
    for (int y = 0; y < 4; y++) {
      for (int x = 0; x < 4; x++) {
        // Each second row goes on with the one two above, moved by a pixel.
        int column = x - y / 2;
        int value;
        if (column >= 0) {
          value = y % 2 == 0 ? two(CORNER + column) : three(CORNER + column);
        } else {
          value = three(y == 3 ? 2 : 3);
        }
        put(x, y, value);
      }
    }
  }

  private void verticalLeft() {
    for (int y = 0; y < 4; y++) {
      for (int x = 0; x < 4; x++) {
        int i = CORNER + 1 + x + y / 2;
        put(x, y, y % 2 == 0 ? two(i) : three(i + 1));
      }
    }
    // The last column goes on with smooth pixels.
    put(3, 2, three(CORNER + 6));
    put(3, 3, three(CORNER + 7));
  }

  private void horizontalDown() {
    for (int y = 0; y < 4; y++) {
      for (int x = 0; x < 4; x++) {
        int row = y - x / 2;
        int value;
        if (row >= 0) {
          value = x % 2 == 0 ? two(3 - row) : three(CORNER - row);
        } else {
          value = three(x == 3 ? 6 : 5);
        }
        put(x, y, value);
      }
    }
  }

  private void horizontalUp() {
    for (int y = 0; y < 4; y++) {
      for (int x = 0; x < 4; x++) {
        int row = y + x / 2;
        int value = edge[0];
        if (row <= 2 && x % 2 == 0) {
          value = two(2 - row);
        } else if (row <= 2) {
          value = row < 2 ? three(2 - row) : three(edge[1], edge[0], edge[0]);
        }
        put(x, y, value);
      }
    }
  }
}
