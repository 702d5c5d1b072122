package dev.convoy.image.augment;

import static org.junit.jupiter.api.Assertions.assertEquals;

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

/** Batches of changed images are filled without allocation once everything is warm. */
class AugmenterAllocationTest {
  /** Fills batches until it allocates nothing any more, and prints what it allocated at last. */
  static final class Probe {
    private static final int BATCH = 20;
    private static final int FILLS = 20;

    private Probe() {}

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
      System.out.println(allocated + " bytes");
    }
  }

  @Test
  void warmBatchesAllocateNothing() throws Exception {
    Result result = ForkedJvm.run(Probe.class, List.of(ForkedJvm.WITH_VECTORS, "-Xbatch"));
    assertEquals(0, result.status(), result.errors());
    assertEquals("0 bytes", result.output());
  }
}
