package dev.convoy.image.webp;

import dev.convoy.image.webp.Planes.Bordered;
import java.io.EOFException;
import java.io.IOException;

/**
 * Decodes a key frame of VP8 into brightness and colour, as exactly as all decoders do: predicts
 * each block from its neighbours, adds what its coefficients make, and smooths borders of blocks at
 * last. Source: RFC 6386.
 */
final class LossyDecoder {
  private static final int HEADER = 10;
  private static final int MOST_PROFILE = 3;

  private final LossyHeader header;
  private final BoolDecoder modesIn;
  private final BoolDecoder[] partitions;
  private final Planes planes;

  /** Which strength of the filter each block has, and whether it is smoothed inside. */
  private final byte[] filters;

  private LossyDecoder(Chunk chunk, int width, int height) throws IOException {
    int tag = chunk.number(0, 3);
    // A key frame has 0, and a frame that is to be shown 1.
    if ((tag & 1) != 0 || (tag >> 1 & 7) > MOST_PROFILE || (tag >> 4 & 1) != 1) {
      throw new IOException("its lossy frame is of an unknown kind");
    }
    int from = chunk.start() + HEADER;
    int first = tag >> 5;
    if (first > chunk.end() - from) {
      throw new EOFException("its lossy frame is cut off");
    }
    modesIn = new BoolDecoder(chunk.file(), from, from + first);
    header = LossyHeader.read(modesIn);
    partitions = partitions(chunk, from + first, 1 << header.logPartitions);
    planes = Planes.of(width + 15 >> 4, height + 15 >> 4);
    filters = new byte[planes.columns() * planes.rows()];
  }

  /** Parts of the stream, which hold coefficients of every so many rows of blocks. */
  private static BoolDecoder[] partitions(Chunk chunk, int sizes, int count) throws EOFException {
    int at = sizes + 3 * (count - 1);
    if (at > chunk.end()) {
      throw new EOFException("its lossy frame is cut off");
    }
    BoolDecoder[] partitions = new BoolDecoder[count];
    for (int i = 0; i < count; i++) {
      int left = chunk.end() - at;
      int size =
          i == count - 1
              ? left
              : Math.min(left, (int) Chunk.number(chunk.file(), sizes + 3 * i, 3));
      partitions[i] = new BoolDecoder(chunk.file(), at, at + size);
      at += size;
    }
    return partitions;
  }

  static Planes decode(Chunk chunk, int width, int height) throws IOException {
    return new LossyDecoder(chunk, width, height).decode();
  }

  private Planes decode() throws EOFException {
    int columns = planes.columns();
    BlockModes modes = new BlockModes(modesIn, header, columns);
    Coefficients coefficients = new Coefficients(header, columns);
    Prediction prediction = new Prediction(planes);
    Block block = new Block();
    for (int y = 0; y < planes.rows(); y++) {
      BoolDecoder in = partitions[y & partitions.length - 1];
      coefficients.beginRow();
      for (int x = 0; x < columns; x++) {
        modes.read(block, x);
        coefficients.read(block, in, header.quantizers[block.segment], x);
        prediction.add(block, x, y);
        boolean isSmoothedInside = block.isInParts || block.hasCoefficients;
        filters[y * columns + x] =
            (byte) (block.segment << 2 | (block.isInParts ? 2 : 0) | (isSmoothedInside ? 1 : 0));
      }
    }
    if (header.hasFilter) {
      smooth();
    }
    return planes;
  }

  private void smooth() {
    for (int y = 0; y < planes.rows(); y++) {
      for (int x = 0; x < planes.columns(); x++) {
        int filter = filters[y * planes.columns() + x];
        FilterStrength strength = header.strengths[filter >> 2][filter >> 1 & 1];
        if (strength.limit() > 0) {
          boolean inside = (filter & 1) != 0;
          smooth(planes.luma(), x, y, 16, strength, inside);
          if (!header.hasSimpleFilter) {
            smooth(planes.blue(), x, y, 8, strength, inside);
            smooth(planes.red(), x, y, 8, strength, inside);
          }
        }
      }
    }
  }

  /** Smooths a block's left borders, those inside, its upper ones, and those inside, in order. */
  private void smooth(
      Bordered plane, int x, int y, int side, FilterStrength strength, boolean inside) {
    LoopFilter filter = new LoopFilter(plane.values(), strength, header.hasSimpleFilter);
    int at = plane.at(side * x, side * y);
    int stride = plane.stride();
    if (x > 0) {
      filter.border(at, stride, 1, side);
    }
    for (int i = 4; inside && i < side; i += 4) {
      filter.inside(at + i, stride, 1, side);
    }
    if (y > 0) {
      filter.border(at, 1, stride, side);
    }
    for (int i = 4; inside && i < side; i += 4) {
      filter.inside(at + i * stride, 1, stride, side);
    }
  }
}
