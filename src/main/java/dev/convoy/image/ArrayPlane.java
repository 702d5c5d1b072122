package dev.convoy.image;

/** Values in memory. */
record ArrayPlane(int height, int width, double[] values) implements Plane {
  @Override
  public double[] values() {
    return values.clone();
  }

  @Override
  public void row(int y, double[] target, int offset) {
    System.arraycopy(values, y * width, target, offset, width);
  }
}
