package dev.convoy.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeaningTest {
  private static final Key RATE = new Key("rate", float.class, false, "0.001", null);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "above 0; 0.001 by default | above 0",
        "above 0; 1e-3 by default; more | above 0; more",
        "above 0; the base by default | above 0; the base by default",
        "above 0; by default the base | above 0; by default the base",
      })
  void aDefaultThatTheTableGivesIsLeftOut(String javadoc, String meaning) {
    assertEquals(meaning, Meaning.of(RATE, javadoc));
  }

  @Test
  void javadocWithAnotherDefaultThanTheCodeIsRefused() {
    Exception e =
        assertThrows(
            IllegalArgumentException.class, () -> Meaning.of(RATE, "above 0; 0.01 by default"));
    assertEquals(
        "says of rate '0.01 by default', but the job reader's default is 0.001", e.getMessage());
  }
}
