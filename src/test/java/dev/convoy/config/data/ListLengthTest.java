package dev.convoy.config.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.image.Preprocessing;
import dev.convoy.image.Resize;
import dev.convoy.image.augment.Augmentation;
import dev.convoy.image.augment.HorizontalFlip;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/** Each item of these lists is work for every picture: a file of a megabyte could hold 30,000. */
class ListLengthTest {
  private static JobDataBuilder data() {
    return JobData.builder(Images.of("pictures"));
  }

  private static Preprocessing[] steps(int count) {
    return Collections.nCopies(count, Resize.shorterSide(8)).toArray(Preprocessing[]::new);
  }

  @Test
  void aHundredStepsAreEnough() {
    assertEquals(100, data().preprocess(steps(100)).build().preprocess().size());
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> data().preprocess(steps(101)).build());
    assertEquals("JobData.preprocess must have at most 100 items, but has 101", e.getMessage());
  }

  @Test
  void aHundredAugmentationsAreEnough() {
    Augmentation[] changes =
        Collections.nCopies(101, new HorizontalFlip(0.5)).toArray(Augmentation[]::new);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> data().augment(changes).build());
    assertEquals("JobData.augment must have at most 100 items, but has 101", e.getMessage());
  }
}
