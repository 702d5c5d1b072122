package dev.convoy.spark.portion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.holdenkarau.spark.testing.SharedJavaSparkContext;
import dev.convoy.data.DataFingerprint;
import dev.convoy.data.PixelExample;
import dev.convoy.data.PixelOrder;
import dev.convoy.image.ImageBlock;
import dev.convoy.image.Preparation;
import dev.convoy.image.Target;
import dev.convoy.loss.SoftmaxCrossEntropy;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.SampleImages;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A survey fetches what examples add part after part, and finds the same however much at a time.
 */
class SurveyIT extends SharedJavaSparkContext {
  private static final int COUNT = 230;
  private static final int PARTS = 9;
  private static final Shape SHAPE = Shape.of(1, 2, 2);
  private static final SurveyIT LAST = new SurveyIT();

  @BeforeEach
  void startSpark() {
    runBefore();
  }

  @AfterAll
  static void stopSpark() {
    LAST.runAfterClass();
  }

  @Test
  void noMoreThanSomePartsAreFetchedAtATimeAndAllInTheirOrder() {
    ImageBlock images = SampleImages.random(COUNT, SHAPE, 3, 4);
    DataFingerprint expected = new DataFingerprint(SHAPE);
    for (int part = 0; part < PARTS; part++) {
      for (int i = part; i < COUNT; i += PARTS) {
        expected.add(DataFingerprint.digests(at(images, i)));
      }
    }
    String fingerprint = expected.value(); // once: it begins anew then
    for (int most : new int[] {1, 60, COUNT - 1, COUNT, 1 << 20}) {
      List<Integer> fetched = new ArrayList<>();
      try (FoundPortions found = new FoundPortions(portions(images), most)) {
        found.facts();
        found.forEachPart(part -> fetched.add(part.get(0).part()));
      }
      assertEquals(IntStream.range(0, PARTS).boxed().toList(), fetched);
      try (FoundPortions found = new FoundPortions(portions(images), most)) {
        Survey survey = Survey.of(found, SHAPE, 3, new SoftmaxCrossEntropy());
        assertEquals(fingerprint, survey.summary().fingerprint());
        assertEquals(COUNT, survey.records());
        assertEquals(
            IntStream.range(0, 3)
                .mapToObj(
                    c -> Math.toIntExact(IntStream.of(images.labels()).filter(l -> l == c).count()))
                .toList(),
            survey.summary().perClass());
        assertEquals(26, survey.numbering().id(1, 0));
      }
    }
    assertTrue(jsc().getPersistentRDDs().isEmpty());
  }

  private static ImageBlock at(ImageBlock images, int i) {
    ImageBlock one = SampleImages.choose(images, i);
    return new ImageBlock(SHAPE, new int[] {0}, one.targets(), one.pixels());
  }

  /** Portions of parts whose records lie in partitions that do not follow them. */
  private JavaRDD<Portion> portions(ImageBlock images) {
    Preparation preparation = new Preparation(SHAPE, List.of());
    return jsc()
        .parallelize(List.of(7, 3, 0, 8, 5, 1, 6, 2, 4), 4)
        .mapPartitions(
            parts -> {
              List<Portions.Located> records = new ArrayList<>();
              parts.forEachRemaining(
                  part -> {
                    for (int i = part; i < COUNT; i += PARTS) {
                      records.add(record(images, preparation, part, i));
                    }
                  });
              Iterator<Portion> portions = new Portions(records.iterator(), preparation, false);
              return portions;
            });
  }

  private static Portions.Located record(
      ImageBlock images, Preparation preparation, int part, int i) {
    byte[] pixels = SampleImages.choose(images, i).pixels();
    Target target = Target.ofClass(images.labels()[i]);
    return new Portions.Located(
        part,
        i / PARTS,
        new PixelExample(
            "image " + i, () -> target, pixels, SHAPE, PixelOrder.CHANNELS_FIRST, preparation));
  }
}
