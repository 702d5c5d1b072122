package dev.convoy.config.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.config.JobText;
import dev.convoy.config.tree.Tree.Mapping;
import dev.convoy.config.tree.Tree.Scalar;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TreeReaderTest {
  @ParameterizedTest
  @CsvSource({
    "5, INTEGER",
    "-5, INTEGER",
    "0, INTEGER",
    "010, TEXT",
    "1_000, TEXT",
    "0.5, REAL",
    ".5, REAL",
    "5., REAL",
    "1e-3, REAL",
    "1E5, REAL",
    ".inf, TEXT",
    "true, BOOLEAN",
    "yes, TEXT",
    "off, TEXT",
    "'~', NULL",
    "null, NULL",
    "'\"5\"', TEXT",
    "relu, TEXT"
  })
  void plainScalarsMeanWhatTheCoreSchemaSays(String text, Scalar.Kind kind) {
    assertEquals(kind, ((Scalar) TreeReader.read("a: " + text, "x").entries().get("a")).kind());
  }

  @ParameterizedTest
  @ValueSource(strings = {"x.yaml", "x.json"})
  void keysKnowTheirLines(String name) {
    Mapping tree = TreeReader.read("{\"a\": 1,\n\"b\":\n {\"c\": [1,\n2]}}", name);
    assertEquals(1, tree.get("a").place().line());
    Mapping b = (Mapping) tree.get("b");
    assertEquals(2, b.place().line());
    Tree.Sequence c = (Tree.Sequence) b.get("c");
    assertEquals(3, c.place().line());
    assertEquals(4, c.items().get(1).place().line());
    assertEquals("b.c[1]", c.items().get(1).place().path());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          x.yaml | a: 1\\na: 2 | x.yaml:2: a must stand once, but stands above already (line 1)
          x.json | {"a": {"b": 1, "b": 2}} | x.json:1: a.b must stand once, but stands above already (line 1)
          x.yaml | a: &n 1\\nb: *n | x.yaml:2: b must be written out: aliases (*n) are not supported
          x.yaml | a: !!java.net.URL [x] | x.yaml:1: a must have no tag, but has tag:yaml.org,2002:java.net.URL
          x.yaml | a: 1\\n---\\nb: 2 | x.yaml:2: needs one YAML document, but a second starts
          x.yaml | ? [a]\\n: 1 | x.yaml:1: needs keys that are plain words, but has another
          x.yaml | a: [1, 2 | x.yaml:1: not valid YAML: expected ',' or ']', but got <stream end>
          x.yaml | "a: b: c" | x.yaml:1: not valid YAML: mapping values are not allowed here
          x.yaml | "- a" | x.yaml: must have keys and values, but has a list of 1
          x.yaml | "" | x.yaml: must have keys and values, but is empty
          x.json | "" | x.json: must have keys and values, but is empty
          x.json | {"a": 1} {} | x.json:1: must end after one JSON value
          x.json | {"a": | x.json:1: not valid JSON: Unexpected end-of-input within/between Object entries
          x.json | {"a": NaN} | x.json:1: not valid JSON: Non-standard token 'NaN': enable `JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS` to allow
          """)
  void whatIsNoTreeIsRefused(String name, String text, String message) {
    String lines = text == null ? "" : text.replace("\\n", "\n");
    ConfigException e = assertThrows(ConfigException.class, () -> TreeReader.read(lines, name));
    assertEquals(message, e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"x.yaml", "x.json"})
  void deepNestingIsRefusedAndNotFollowed(String name) {
    String deep = "{\"a\": " + "[".repeat(400_000);
    ConfigException e =
        Assertions.assertTimeoutPreemptively(
            Duration.ofSeconds(10),
            () -> assertThrows(ConfigException.class, () -> TreeReader.read(deep, name)));
    assertEquals(name + ":1: must nest at most 32 deep, but nests on", e.getMessage());
  }

  @Test
  void aliasesCannotMakeATextGrow() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 60; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]%n".formatted(i, i, i - 1, i - 1));
    }
    assertThrows(ConfigException.class, () -> TreeReader.read(bomb.toString(), "x.yaml"));
  }

  @Test
  void largeFilesAreNotReadToTheirEnd() throws IOException {
    CountingStream stream = new CountingStream();
    ConfigException e =
        assertThrows(ConfigException.class, () -> TreeReader.read(stream, "x.yaml"));
    assertEquals("x.yaml: must have at most 1048576 bytes, but has more", e.getMessage());
    assertTrue(stream.count < 3_000_000, "read " + stream.count);
  }

  @Test
  void bytesThatAreNoUtf8AreRefused() {
    byte[] bytes = {'a', ':', ' ', (byte) 0xC3, (byte) 0x28};
    ConfigException e =
        assertThrows(
            ConfigException.class,
            () -> TreeReader.read(new ByteArrayInputStream(bytes), "x.yaml"));
    assertEquals("x.yaml: must be UTF-8 text, but is not", e.getMessage());
  }

  @Test
  void aByteOrderMarkIsPassedOver() throws IOException {
    byte[] bytes = "\uFEFFa: ä".getBytes(StandardCharsets.UTF_8);
    Mapping tree = TreeReader.read(new ByteArrayInputStream(bytes), "x.yaml");
    assertEquals("ä", ((Scalar) tree.get("a")).text());
  }

  @Test
  void longAndMultilineValuesAreCutInErrors() {
    String text = JobText.LENET.replace("epochs: 5", "epochs: \"" + "x\\n".repeat(5000) + "\"");
    ConfigException e = assertThrows(ConfigException.class, () -> JobText.readText(text));
    assertTrue(e.getMessage().length() < 200, e.getMessage());
    assertFalse(e.getMessage().contains("\n"));
  }

  /** An endless file that counts what is taken from it. */
  private static final class CountingStream extends java.io.InputStream {
    long count;

    @Override
    public int read() {
      count++;
      return 'a';
    }
  }
}
