package dev.convoy.testing;

import dev.convoy.image.ImageBlock;
import dev.convoy.image.Targets;
import dev.convoy.random.Purpose;
import dev.convoy.random.SeededRandom;
import dev.convoy.tensor.Shape;
import java.util.stream.IntStream;

/** Images and labels that are a function of a seed, for tests that compare bytes. */
public final class SampleImages {
  private SampleImages() {}

  /** So many images with random pixels and labels, their ids from 0. */
  public static ImageBlock random(int count, Shape shape, int classes, long seed) {
    SeededRandom random = SeededRandom.of(seed, Purpose.DEAL);
    int[] labels = new int[count];
    byte[] pixels = new byte[count * shape.size()];
    for (int i = 0; i < count; i++) {
      labels[i] = random.nextInt(classes);
    }
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) random.nextLong();
    }
    return new ImageBlock(shape, IntStream.range(0, count).toArray(), labels, pixels);
  }

  /** The images with these ids, from a block whose ids count from 0. */
  public static ImageBlock choose(ImageBlock all, int... ids) {
    int size = all.shape().size();
    Targets targets = all.targets().room(ids.length);
    byte[] pixels = new byte[ids.length * size];
    for (int i = 0; i < ids.length; i++) {
      targets.put(i, all.targets(), ids[i]);
      System.arraycopy(all.pixels(), ids[i] * size, pixels, i * size, size);
    }
    return new ImageBlock(all.shape(), ids, targets, pixels);
  }
}
