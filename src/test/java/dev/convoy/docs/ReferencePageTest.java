package dev.convoy.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.config.binding.Binder;
import dev.convoy.config.tree.ConfigException;
import dev.convoy.config.tree.Tree;
import dev.convoy.config.tree.TreeReader;
import dev.convoy.nn.NamedLayer;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the page to the code, and then what a reader sees on it to the job reader. */
class ReferencePageTest {
  private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*)\n```");
  private static final Pattern LINK = Pattern.compile("]\\(#([^)]*)\\)");

  @BeforeAll
  static void writeThePageIfAsked() throws IOException {
    if (Boolean.getBoolean("convoy.docs.write")) {
      Files.writeString(ReferencePage.FILE, ReferencePage.make());
    }
  }

  @Test
  void thePageIsWhatTheCodeSays() throws IOException {
    assertEquals(ReferencePage.make(), committed(), "out of date: run " + ReferencePage.COMMAND);
  }

  @Test
  void everyLinkHasItsHeading() throws IOException {
    List<String> anchors = Anchors.all(committed());
    assertEquals(anchors.size(), new HashSet<>(anchors).size(), "two headings are one: " + anchors);
    List<String> links =
        LINK.matcher(committed()).results().map(link -> link.group(1)).distinct().toList();
    assertTrue(anchors.containsAll(links), links + " of " + anchors);
  }

  /** Every kind with its group. */
  static Stream<Arguments> kinds() {
    return Group.all().stream()
        .flatMap(
            group -> group.forms().stream().map(form -> Arguments.of(form.kind(), group, form)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kinds")
  void everyKindHasOneSectionWithAllItsKeys(String kind, Group group, Form form)
      throws IOException {
    String heading = "### " + kind;
    assertEquals(1, committed().lines().filter(heading::equals).count());
    String ofGroup = committed().split("\n## " + group.title() + "\n")[1].split("\n## ")[0];
    assertTrue(ofGroup.contains("\n" + heading + "\n"));
    List<String> keys =
        Arrays.stream(form.record().getRecordComponents()).map(RecordComponent::getName).toList();
    assertEquals(keys, List.copyOf(standards(kind).keySet()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kinds")
  void theJobReaderTakesEveryExample(String kind, Group group, Form form) throws IOException {
    assertEquals(form.record(), example(kind, group).getClass());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kinds")
  void requiredKeysAndDefaultsAreTheJobReaders(String kind, Group group, Form form)
      throws IOException {
    Map<String, String> standards = standards(kind);
    Map<String, String> example = Form.written(example(kind, group));
    Map<String, String> required = new LinkedHashMap<>(example);
    required.keySet().removeIf(key -> !standards.get(key).contains("required"));
    Map<String, String> made = Form.written(form.bind(required));
    standards.forEach(
        (key, standard) -> {
          if (standard.contains("required") && required.containsKey(key)) {
            Map<String, String> without = new LinkedHashMap<>(required);
            without.remove(key);
            assertThrows(ConfigException.class, () -> form.bind(without), key);
          } else if (standard.equals("none") || standard.contains("required")) {
            assertNull(made.get(key), key);
          } else if (standard.startsWith("as ")) {
            assertEquals(made.get(code(standard.substring(3))), made.get(key), key);
          } else if (standard.startsWith("`")) {
            assertEquals(code(standard), made.get(key), key);
            Map<String, String> writtenOut = new LinkedHashMap<>(required);
            writtenOut.put(key, code(standard));
            assertEquals(made, Form.written(form.bind(writtenOut)), key);
          }
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"README.md", "src/site/markdown/job-file.md", "src/site/markdown/architecture.md"})
  void linksFromOtherPagesArrive(String file) throws IOException {
    List<String> anchors = Anchors.all(committed());
    List<String> links =
        Pattern.compile("reference\\.md(?:#([^)]*))?\\)")
            .matcher(Files.readString(Path.of(file)))
            .results()
            .map(link -> link.group(1))
            .toList();
    assertFalse(links.isEmpty(), "no link");
    links.stream()
        .filter(Objects::nonNull)
        .forEach(link -> assertTrue(anchors.contains(link), link + " of " + anchors));
  }

  private static String committed() throws IOException {
    return Files.readString(ReferencePage.FILE);
  }

  private static String section(String kind) throws IOException {
    String start = "\n### " + kind + "\n";
    assertTrue(committed().contains(start), "no section; run " + ReferencePage.COMMAND);
    String rest = committed().substring(committed().indexOf(start) + start.length());
    return rest.split("\n##", 2)[0];
  }

  /** The layer, loss, ... that the job reader makes of the section's example. */
  private static Record example(String kind, Group group) throws IOException {
    Matcher example = EXAMPLE.matcher(section(kind));
    assertTrue(example.find(), "no example");
    String line = example.group(1);
    Tree tree = TreeReader.read("top:\n  " + line, "page").entries().get("top");
    if (tree instanceof Tree.Sequence layers) {
      return (Record) Binder.bind(layers.items().get(0), NamedLayer.class).layer();
    }
    Tree value = ((Tree.Mapping) tree).entries().values().iterator().next();
    value = value instanceof Tree.Sequence list ? list.items().get(0) : value;
    return (Record) Binder.bind(value, group.type());
  }

  /** What the section's table says of each key's default. */
  private static Map<String, String> standards(String kind) throws IOException {
    Map<String, String> standards = new LinkedHashMap<>();
    for (String line : section(kind).lines().filter(row -> row.startsWith("| `")).toList()) {
      String[] cells = line.split(" \\| ");
      standards.put(code(cells[0].substring(2)), cells[2]);
    }
    return standards;
  }

  private static String code(String cell) {
    return cell.replace("`", "");
  }
}
