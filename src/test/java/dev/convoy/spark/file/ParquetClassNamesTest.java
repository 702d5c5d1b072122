package dev.convoy.spark.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.image.DataException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ParquetClassNamesTest {
  private static final String FEATURES =
      """
      {"info": {"features": {
        "kind": {"_type": "ClassLabel", "names": ["no", "never"]},
        "label": {"_type": "Value", "dtype": "int64"},
        "meta": {"label": {"_type": "ClassLabel", "names": ["a", "b"]}},
        "with.dot": {"_type": "ClassLabel", "names": ["c"]},
        "counted": {"_type": "ClassLabel", "num_classes": 2, "names": null},
        "wrong": {"_type": "ClassLabel", "names": "x"}}}}
      """;

  @Test
  void namesAreThoseOfTheColumnThatIsNamed() {
    assertEquals(List.of("no", "never"), names("kind"));
    assertEquals(List.of("a", "b"), names("meta.label"));
    assertEquals(List.of("c"), names("with.dot"));
  }

  @Test
  void aColumnWithoutNamesHasNone() {
    assertNull(names("label"));
    assertNull(names("counted"));
    assertNull(names("meta"));
    assertNull(names("other"));
  }

  @Test
  void whatIsNoListOfTextsIsRefused() {
    assertThrows(DataException.class, () -> names("wrong"));
    assertThrows(
        DataException.class,
        () -> ParquetClassNames.of("x", Map.of("convoy.classes", "{"), "label"));
  }

  private static @Nullable List<String> names(String column) {
    return ParquetClassNames.of("x", Map.of("huggingface", FEATURES), column);
  }
}
