package dev.convoy.benchmark;

import dev.convoy.nn.Network;
import dev.convoy.random.Purpose;
import dev.convoy.random.SeededRandom;

/**
 * A batch of noise, the same for every engine.
 *
 * @param images normal values of mean 0 and deviation 1, {@code [N, C, H, W]}
 * @param labels a class of each image
 */
record SyntheticBatch(float[] images, int[] labels) {
  private static final long SEED = 7;

  static SyntheticBatch of(Network network, int size) {
    SeededRandom random = SeededRandom.of(SEED, Purpose.DEAL);
    float[] images = new float[size * network.input().size()];
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) random.nextGaussian();
    }
    int[] labels = new int[size];
    for (int i = 0; i < size; i++) {
      labels[i] = random.nextInt(network.output().size());
    }
    return new SyntheticBatch(images, labels);
  }

  int size() {
    return labels.length;
  }
}
