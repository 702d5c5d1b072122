package dev.convoy.report.explain;

/**
 * A part of a plane.
 *
 * @param top its first row
 * @param left its first column
 * @param height rows
 * @param width columns
 */
record Rectangle(int top, int left, int height, int width) {
  int size() {
    return height * width;
  }

  /** This part of each of the first planes of {@code [planes, planeHeight, planeWidth]}. */
  float[] cut(float[] values, int planes, int planeHeight, int planeWidth) {
    float[] part = new float[planes * size()];
    for (int plane = 0; plane < planes; plane++) {
      for (int row = 0; row < height; row++) {
        int from = (plane * planeHeight + top + row) * planeWidth + left;
        System.arraycopy(values, from, part, (plane * height + row) * width, width);
      }
    }
    return part;
  }
}
