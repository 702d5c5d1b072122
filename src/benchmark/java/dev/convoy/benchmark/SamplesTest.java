package dev.convoy.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class SamplesTest {
  @Test
  void theMedianIsTheMiddleOne() {
    assertEquals(3, new Samples(List.of(9.0, 1.0, 3.0)).median());
  }

  @Test
  void theMedianOfAnEvenNumberIsTheMeanOfTheTwoInTheMiddle() {
    assertEquals(3.5, new Samples(List.of(9.0, 1.0, 4.0, 3.0)).median());
  }

  @Test
  void ratiosAreOfTheSameRepetition() {
    Samples ratios = new Samples(List.of(10.0, 4.0)).over(new Samples(List.of(5.0, 2.0)));
    assertEquals(List.of(2.0, 2.0), ratios.values());
  }
}
