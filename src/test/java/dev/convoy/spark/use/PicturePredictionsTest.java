package dev.convoy.spark.use;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.data.EncodedExample;
import dev.convoy.data.PixelExample;
import dev.convoy.data.PixelOrder;
import dev.convoy.data.RawExample;
import dev.convoy.image.ImageBlock;
import dev.convoy.image.ImageDecoder;
import dev.convoy.image.Target;
import dev.convoy.kernel.Kernels;
import dev.convoy.model.Model;
import dev.convoy.model.ModelFolder;
import dev.convoy.spark.use.PicturePredictions.Item;
import dev.convoy.spark.use.PicturePredictions.Outcome;
import dev.convoy.testing.LocalFiles;
import dev.convoy.testing.PictureBytes;
import dev.convoy.testing.SampleImages;
import dev.convoy.train.score.Evaluator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PicturePredictionsTest {
  private static final int COUNT = 300;
  private final Model model = read();
  private final ImageBlock images = SampleImages.random(COUNT, model.network().input(), 3, 5);
  private final ModelAtWork atWork = ModelAtWork.of(model);
  private final float[][] expected =
      new Evaluator(model.network(), model.weights(), model.normalization(), Kernels.scalar())
          .predictions(images, model.loss().activation());

  private static Model read() {
    try {
      return ModelFolder.read(new LocalFiles(), "src/test/resources/golden/model-v1");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Item<Integer> picture(int position) {
    byte[] png = PictureBytes.png(images, position);
    return new Item<>(
        position,
        new EncodedExample(
            "picture " + position, null, name -> png, new ImageDecoder(atWork.preparation())));
  }

  private Item<Integer> pixels(int position) {
    return new Item<>(
        position,
        new PixelExample(
            "pixels " + position,
            null,
            PictureBytes.pixels(images, position),
            images.shape(),
            PixelOrder.CHANNELS_FIRST,
            atWork.preparation()));
  }

  private Item<Integer> bad(int position) {
    return new Item<>(
        position,
        new EncodedExample(
            "bad " + position,
            null,
            name -> new byte[] {1, 2, 3},
            new ImageDecoder(atWork.preparation())));
  }

  private static <K> List<Outcome<K>> all(Iterator<Outcome<K>> outcomes) {
    List<Outcome<K>> all = new ArrayList<>();
    outcomes.forEachRemaining(all::add);
    return all;
  }

  private void assertGood(Outcome<Integer> outcome) {
    assertNull(outcome.problem());
    assertArrayEquals(expected[outcome.key()], outcome.values());
  }

  @Test
  void whatIsInABatchWithAPictureChangesNoBitOfItsPrediction() {
    List<Integer> order = new ArrayList<>(IntStream.range(0, COUNT).boxed().toList());
    Random random = new Random(3);
    for (int size : new int[] {1, 15, 16, 17, 63, 64, 65, COUNT}) {
      Collections.shuffle(order, random);
      for (int from = 0; from < COUNT; from += size) {
        List<Integer> some = order.subList(from, Math.min(COUNT, from + size));
        Iterator<Item<Integer>> items =
            some.stream().map(i -> i % 2 == 0 ? picture(i) : pixels(i)).iterator();
        List<Outcome<Integer>> outcomes = all(atWork.predict(items));
        assertEquals(some, outcomes.stream().map(Outcome::key).toList());
        outcomes.forEach(this::assertGood);
      }
    }
  }

  @Test
  void badPicturesAreToldInTheirPlaceAndTakeNoneInTheBatch() {
    List<Outcome<Integer>> outcomes =
        all(
            atWork.predict(
                IntStream.range(0, COUNT)
                    .mapToObj(i -> i % 3 == 0 || i > 200 && i < 280 ? bad(i) : picture(i))
                    .iterator()));
    assertEquals(COUNT, outcomes.size());
    for (int i = 0; i < COUNT; i++) {
      Outcome<Integer> outcome = outcomes.get(i);
      assertEquals(i, outcome.key());
      if (i % 3 == 0 || i > 200 && i < 280) {
        assertNull(outcome.values());
        assertTrue(String.valueOf(outcome.problem()).startsWith("bad " + i + ": must be a "));
      } else {
        assertGood(outcome);
      }
    }
    List<Outcome<Integer>> none =
        all(atWork.predict(IntStream.range(0, 2000).mapToObj(this::bad).iterator()));
    assertEquals(2000, none.stream().filter(outcome -> outcome.problem() != null).count());
  }

  @Test
  void pixelsOfAnotherNumberAreAProblemOfTheirs() {
    RawExample small =
        new RawExample() {
          @Override
          public String name() {
            return "small";
          }

          @Override
          public Target target() {
            throw new AssertionError("labels are not looked at");
          }

          @Override
          public byte[] pixels() {
            return new byte[7];
          }
        };
    List<Outcome<Integer>> outcomes =
        all(atWork.predict(List.of(new Item<>(0, small), pixels(1)).iterator()));
    assertEquals(
        "small: must have 63 pixel values, as the network takes [1, 9, 7], but has 7",
        outcomes.get(0).problem());
    assertGood(outcomes.get(1));
  }

  @Test
  void picturesAreReadAsOutcomesAreAskedFor() {
    AtomicInteger read = new AtomicInteger();
    Iterator<Outcome<Integer>> outcomes =
        atWork.predict(
            IntStream.range(0, COUNT)
                .peek(i -> read.incrementAndGet())
                .mapToObj(this::pixels)
                .iterator());
    assertEquals(0, read.get());
    for (int i = 0; i < Evaluator.BATCH; i++) {
      assertGood(outcomes.next());
      assertEquals(Evaluator.BATCH, read.get());
    }
    read.set(0);
    atWork
        .predict(
            IntStream.range(0, COUNT)
                .peek(i -> read.incrementAndGet())
                .mapToObj(i -> i % 2 == 0 ? bad(i) : pixels(i))
                .iterator())
        .next();
    assertEquals(2 * Evaluator.BATCH, read.get(), "until a batch is full of good ones");
    Iterator<Outcome<Integer>> none = atWork.predict(Collections.emptyIterator());
    assertFalse(none.hasNext());
    assertThrows(NoSuchElementException.class, none::next);
  }

  @Test
  void anEvaluatorIsUsedAgainAndDoesNotTravel() throws IOException, ClassNotFoundException {
    for (int i = 0; i < 3; i++) {
      all(atWork.predict(List.of(pixels(i)).iterator())).forEach(this::assertGood);
      assertEquals(1, atWork.idle());
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(atWork);
    }
    ModelAtWork other;
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      other = (ModelAtWork) in.readObject();
    }
    assertEquals(0, other.idle());
    all(other.predict(List.of(picture(2)).iterator())).forEach(this::assertGood);
  }
}
