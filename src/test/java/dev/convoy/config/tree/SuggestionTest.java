package dev.convoy.config.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {
  @ParameterizedTest
  @CsvSource({
    "batchSize, batchSize, 0",
    "batchSise, batchSize, 1",
    "batchsize, batchSize, 0",
    "bacthSize, batchSize, 1",
    "batchSiz, batchSize, 1",
    "abc, '', 3",
    "kitten, sitting, 3"
  })
  void distanceCountsEdits(String one, String two, int edits) {
    assertEquals(edits, Suggestion.distance(one, two));
    assertEquals(edits, Suggestion.distance(two, one));
  }

  @Test
  void theNearestIsSuggested() {
    assertEquals("; did you mean kernel?", Suggestion.of("kernl", List.of("groups", "kernel")));
  }

  @Test
  void nothingIsSuggestedWhereNothingIsNear() {
    assertEquals("", Suggestion.of("zebra", List.of("groups", "kernel")));
    assertEquals("", Suggestion.of("x", List.of("ab")));
    assertEquals("", Suggestion.of("x", List.of()));
  }
}
