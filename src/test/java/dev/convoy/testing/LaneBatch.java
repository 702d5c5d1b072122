package dev.convoy.testing;

import dev.convoy.kernel.lane.Lanes;

/**
 * Turns batches one image after the other, {@code [N, values]}, into {@code [blocks][values][16]}
 * and back.
 */
public final class LaneBatch {
  private LaneBatch() {}

  /** Lays images side by side; unused lanes are 0. */
  public static float[] toLanes(float[] images, int count) {
    int size = images.length / count;
    float[] lanes = new float[Lanes.blocks(count) * size * Lanes.WIDTH];
    for (int image = 0; image < count; image++) {
      for (int i = 0; i < size; i++) {
        lanes[index(image, i, size)] = images[image * size + i];
      }
    }
    return lanes;
  }

  /** Lays images of so many values one after the other, leaving unused lanes out. */
  public static float[] fromLanes(float[] lanes, int count, int size) {
    float[] images = new float[count * size];
    for (int image = 0; image < count; image++) {
      for (int i = 0; i < size; i++) {
        images[image * size + i] = lanes[index(image, i, size)];
      }
    }
    return images;
  }

  /** Where value {@code i} of an image lies. */
  public static int index(int image, int i, int size) {
    return (image / Lanes.WIDTH * size + i) * Lanes.WIDTH + image % Lanes.WIDTH;
  }
}
