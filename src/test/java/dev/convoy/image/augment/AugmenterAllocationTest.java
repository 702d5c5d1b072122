package dev.convoy.image.augment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.convoy.image.ImageBlock;
import dev.convoy.image.Normalization;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.ForkedJvm;
import dev.convoy.testing.ForkedJvm.Result;
import dev.convoy.testing.SampleImages;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Batches of changed images are filled without allocation once everything is warm. {@link
 * StrictMath} of newer JDKs, which is written in Java, makes a short-lived array for each sine and
 * cosine; nothing but these is let pass.
 */
class AugmenterAllocationTest {
  /** Sines and cosines of an image at most: its rotation, its hue, and the shares of mixtures. */
  private static final int MOST_ANGLES = 16;

  /**
   * Fills batches until it allocates nothing any more, and prints what it allocated at last for an
   * image, and what a cosine does.
   */
  static final class Probe {
    private static final int BATCH = 20;
    private static final int FILLS = 20;

    private Probe() {}

    /** Bytes of a warm call. */
    private static long cosine(ThreadMXBean threads, long thread) {
      double sum = 0;
      long allocated = 0;
      for (int round = 0; round < 100; round++) {
        long before = threads.getThreadAllocatedBytes(thread);
        for (int i = 0; i < 1000; i++) {
          sum += StrictMath.cos(i);
        }
        allocated = (threads.getThreadAllocatedBytes(thread) - before) / 1000;
      }
      return Double.isNaN(sum) ? -1 : allocated;
    }

    public static void main(String[] args) {
      Shape shape = Shape.of(3, 16, 16);
      ImageBlock block = SampleImages.random(BATCH, shape, 10, 1);
      List<Augmentation> augmentations =
          List.of(
              new RandomCrop(2),
              new HorizontalFlip(null),
              new VerticalFlip(null),
              new Rotate(15),
              new RandomResizedCrop(null, null),
              new ColorJitter(0.2, 0.2, 0.2, 0.1),
              new Cutout(4, null),
              new Mixup(null, null),
              new Cutmix(null, null));
      BatchAugmenter augmenter =
          new BatchAugmenter(shape, Normalization.none(3), augmentations, BATCH);
      int[] positions = IntStream.range(0, BATCH).toArray();
      float[] target = new float[32 * shape.size()];
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long thread = Thread.currentThread().getId();
      threads.getThreadAllocatedBytes(thread);
      long allocated = -1;
      int quiet = 0;
      for (int round = 0; round < 300 && quiet < 3; round++) {
        long before = threads.getThreadAllocatedBytes(thread);
        for (int i = 0; i < FILLS; i++) {
          augmenter.fill(block, positions, 0, BATCH, target, 0, round * FILLS + i);
        }
        allocated = threads.getThreadAllocatedBytes(thread) - before;
        quiet = allocated == 0 ? quiet + 1 : 0;
      }
      double image = allocated / (double) (FILLS * BATCH);
      System.out.println(image + " " + cosine(threads, thread));
    }
  }

  @Test
  void warmBatchesAllocateNothing() throws Exception {
    Result result = ForkedJvm.run(Probe.class, List.of(ForkedJvm.WITH_VECTORS, "-Xbatch"));
    assertEquals(0, result.status(), result.errors());
    String[] bytes = result.output().split(" ");
    double image = Double.parseDouble(bytes[0]);
    long cosine = Long.parseLong(bytes[1]);
    assertTrue(cosine >= 0 && image <= MOST_ANGLES * cosine, image + " bytes, cosine " + cosine);
  }
}
