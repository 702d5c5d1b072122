package dev.convoy.image.webp;

import dev.convoy.image.webp.Planes.Bordered;
import java.util.Arrays;

/**
 * Predicts blocks from pixels above and at the left, and adds what coefficients make. Source: RFC
 * 6386, section 12.
 */
final class Prediction {
  private final Planes planes;

  /** The four pixels above and to the right of a block, which all parts at its right border see. */
  private final byte[] right = new byte[4];

  private final PartPrediction parts = new PartPrediction();

  Prediction(Planes planes) {
    this.planes = planes;
  }

  /** Makes the block in this column and row. */
  void add(Block block, int column, int row) {
    Bordered luma = planes.luma();
    int at = luma.at(16 * column, 16 * row);
    if (block.isInParts) {
      findRight(luma, at, column, row);
      for (int i = 0; i < 16; i++) {
        int part = at + (i / 4) * 4 * luma.stride() + i % 4 * 4;
        parts.predict(block.modes[i], luma, part, i % 4 == 3 ? right : null);
        if (block.hasCoefficients) {
          InverseTransform.add(block.coefficients, 16 * i, luma.values(), part, luma.stride());
        }
      }
    } else {
      predict(block.modes[0], luma, at, 16, column, row);
      if (block.hasCoefficients) {
        addAll(block, 0, 4, luma, at);
      }
    }
    int chroma = planes.blue().at(8 * column, 8 * row);
    predict(block.chromaMode, planes.blue(), chroma, 8, column, row);
    predict(block.chromaMode, planes.red(), chroma, 8, column, row);
    if (block.hasCoefficients) {
      addAll(block, 16, 2, planes.blue(), chroma);
      addAll(block, 20, 2, planes.red(), chroma);
    }
  }

  private static void addAll(Block block, int first, int side, Bordered plane, int at) {
    for (int i = 0; i < side * side; i++) {
      int part = at + i / side * 4 * plane.stride() + i % side * 4;
      InverseTransform.add(
          block.coefficients, 16 * (first + i), plane.values(), part, plane.stride());
    }
  }

  /** Finds the pixels above on the right; the last one above stands for those that lie outside. */
  private void findRight(Bordered luma, int at, int column, int row) {
    boolean isOutside = row > 0 && column == planes.columns() - 1;
    int above = at - luma.stride() + 16;
    for (int i = 0; i < right.length; i++) {
      right[i] = luma.values()[isOutside ? above - 1 : above + i];
    }
  }

  private static void predict(int mode, Bordered plane, int at, int side, int column, int row) {
    byte[] values = plane.values();
    int stride = plane.stride();
    int above = at - stride;
    int mean = mode == BlockModes.MEAN ? mean(plane, at, side, column > 0, row > 0) : 0;
    for (int y = 0; y < side; y++) {
      int first = at + y * stride;
      int left = values[first - 1] & 0xFF;
      switch (mode) {
        case BlockModes.MEAN -> fill(values, first, side, mean);
        case BlockModes.HORIZONTAL -> fill(values, first, side, left);
        case BlockModes.VERTICAL -> System.arraycopy(values, above, values, first, side);
        default -> {
          int change = left - (values[above - 1] & 0xFF);
          for (int x = 0; x < side; x++) {
            values[first + x] = InverseTransform.clamp((values[above + x] & 0xFF) + change);
          }
        }
      }
    }
  }

  private static void fill(byte[] values, int from, int length, int value) {
    Arrays.fill(values, from, from + length, (byte) value);
  }

  /** The mean of those of both sides that there are; 128 if there is none. */
  private static int mean(Bordered plane, int at, int side, boolean hasLeft, boolean hasAbove) {
    int sum = 0;
    int count = 0;
    for (int i = 0; hasAbove && i < side; i++, count++) {
      sum += plane.values()[at - plane.stride() + i] & 0xFF;
    }
    for (int i = 0; hasLeft && i < side; i++, count++) {
      sum += plane.values()[at + i * plane.stride() - 1] & 0xFF;
    }
    return count == 0 ? 128 : (sum + count / 2) / count;
  }
}
