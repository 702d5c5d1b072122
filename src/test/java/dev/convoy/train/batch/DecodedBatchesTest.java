package dev.convoy.train.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.image.DataException;
import dev.convoy.image.EncodedPictures;
import dev.convoy.image.ImageBlock;
import dev.convoy.image.Normalization;
import dev.convoy.image.Preparation;
import dev.convoy.kernel.Kernels;
import dev.convoy.loss.SoftmaxCrossEntropy;
import dev.convoy.nn.Network;
import dev.convoy.nn.layer.Dense;
import dev.convoy.nn.layer.Flatten;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.PictureBytes;
import dev.convoy.testing.SampleImages;
import dev.convoy.train.score.Evaluation;
import dev.convoy.train.score.Evaluator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DecodedBatchesTest {
  private static final Shape SHAPE = Shape.of(3, 6, 5);
  private static final ImageBlock PIXELS = SampleImages.random(150, SHAPE, 3, 5);

  @AfterEach
  void noThreadIsLeft() {
    assertTrue(
        Thread.getAllStackTraces().keySet().stream()
            .noneMatch(thread -> thread.getName().equals(DecodedBatches.THREAD)));
  }

  @Test
  void batchesComeInTheirOrderWithTheirPixelsIdsAndLabels() {
    int[][] batches = {{7, 3}, {149}, {0, 1, 2}, {3}, {4}, {5, 5}};
    try (BatchSource source = BatchSource.of(encoded(), batches)) {
      for (int[] batch : batches) {
        BatchSource.Batch found = source.next();
        assertEquals(batch.length, found.size());
        for (int i = 0; i < batch.length; i++) {
          int at = found.positions()[i];
          assertArrayEquals(
              PictureBytes.pixels(PIXELS, batch[i]), PictureBytes.pixels(found.block(), at));
          assertEquals(PIXELS.ids()[batch[i]], found.block().ids()[at]);
          assertEquals(PIXELS.labels()[batch[i]], found.block().labels()[at]);
        }
      }
    }
  }

  @Test
  void theThreadEndsThoughNobodyTakesItsBatches() {
    int[][] many = IntStream.range(0, 100).mapToObj(i -> new int[] {i}).toArray(int[][]::new);
    try (BatchSource source = BatchSource.of(encoded(), many)) {
      source.next();
    }
  }

  @Test
  void whatIsWrongWithAPictureIsThrownInItsTurn() {
    byte[][] files = files();
    files[2] = new byte[] {1, 2, 3};
    ImageBlock spoilt = block(files);
    try (BatchSource source = BatchSource.of(spoilt, new int[][] {{0}, {1}, {2}, {3}})) {
      source.next();
      source.next();
      DataException e = assertThrows(DataException.class, source::next);
      assertEquals(
          "image "
              + PIXELS.ids()[2]
              + " (counted from 0): must be a PNG, JPEG, GIF, BMP or WebP"
              + " picture, but is not",
          e.getMessage());
    }
  }

  @Test
  void anInterruptedTaskEndsAndStaysInterrupted() {
    try (BatchSource source = BatchSource.of(encoded(), new int[][] {{0}, {1}})) {
      Thread.currentThread().interrupt();
      assertThrows(IllegalStateException.class, source::next);
    }
    assertTrue(Thread.interrupted());
  }

  @Test
  void encodedBlocksAreEvaluatedAndPredictedLikeTheirPixels() {
    Network network = Network.of(SHAPE, new Flatten(), Dense.of(3));
    Evaluator evaluator =
        new Evaluator(network, network.initialWeights(1), Normalization.none(3), Kernels.chosen());
    Evaluation ofPixels = evaluator.evaluate(PIXELS, new SoftmaxCrossEntropy());
    Evaluation ofFiles = evaluator.evaluate(encoded(), new SoftmaxCrossEntropy());
    assertEquals(ofPixels.lossSum(), ofFiles.lossSum());
    assertArrayEquals(ofPixels.predictions(), ofFiles.predictions());
    assertArrayEquals(evaluator.probabilities(PIXELS), evaluator.probabilities(encoded()));
    assertFalse(ofFiles.lossSum() == 0);
  }

  private static byte[][] files() {
    return IntStream.range(0, PIXELS.size())
        .mapToObj(i -> PictureBytes.png(PIXELS, i))
        .toArray(byte[][]::new);
  }

  private static ImageBlock encoded() {
    return block(files());
  }

  private static ImageBlock block(byte[][] files) {
    EncodedPictures pictures = new EncodedPictures(new Preparation(SHAPE, List.of()), files);
    return new ImageBlock(SHAPE, PIXELS.ids(), PIXELS.targets(), pictures);
  }
}
