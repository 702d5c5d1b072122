package dev.convoy.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.config.JobSyntax;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JavadocsTest {
  private static final Path SOURCES = Path.of("src/main/java");

  /**
   * Scales (a * b, as in {@code y = s * x}): more of it. The rest of {@link #s}, &le; 1.
   *
   * <p>A second paragraph of {@link JobSyntax kinds}:
   *
   * <ul>
   *   <li>one
   *   <li>two
   * </ul>
   *
   * @param s a factor; 1 by default
   */
  record Sample(float s) {}

  /**
   *
   *
   * <pre>no form</pre>
   */
  record Refused() {}

  @Test
  void commentsBecomeMarkdown() throws IOException {
    Javadoc doc =
        Javadocs.below(Path.of("src/test/java/dev/convoy/docs"), Page::code).of(Sample.class);
    assertEquals("Scales (a \\* b, as in `y = s * x`): more of it.", doc.sentence());
    assertEquals("Scales (a \\* b, as in `y = s * x`).", doc.summary());
    assertEquals(
        List.of("The rest of `s`, &le; 1.", "A second paragraph of kinds:\n\n- one\n- two"),
        doc.paragraphs());
    assertEquals(Map.of("s", "a factor; 1 by default"), doc.parameters());
  }

  @Test
  void markupThatWouldBeLostIsRefused() throws IOException {
    Javadocs docs = Javadocs.below(Path.of("src/test/java/dev/convoy/docs"), Page::code);
    Exception e = assertThrows(IllegalArgumentException.class, () -> docs.of(Refused.class));
    assertTrue(e.getMessage().contains("JavadocsTest.Refused has markup"), e.getMessage());
  }

  @Test
  void everyComponentOfEveryPublicRecordIsExplained() throws Exception {
    Javadocs docs = Javadocs.below(SOURCES, Page::code);
    List<String> missing = new ArrayList<>();
    int records = 0;
    for (Class<?> type : publicRecords()) {
      Javadoc doc = docs.of(type);
      for (RecordComponent component : type.getRecordComponents()) {
        if (!doc.parameters().containsKey(component.getName())) {
          missing.add(type.getCanonicalName() + "." + component.getName());
        }
      }
      records++;
    }
    assertTrue(records > 20, records + " records");
    assertEquals(List.of(), missing);
  }

  private static List<Class<?>> publicRecords() throws Exception {
    List<Class<?>> records = new ArrayList<>();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
        String path = SOURCES.relativize(file).toString().replaceFirst("\\.java$", "");
        String name = path.replace(file.getFileSystem().getSeparator(), ".");
        if (!name.endsWith("package-info")) {
          add(Class.forName(name, false, JavadocsTest.class.getClassLoader()), records);
        }
      }
    }
    return records;
  }

  private static void add(Class<?> type, List<Class<?>> records) {
    if (type.isRecord() && Modifier.isPublic(type.getModifiers())) {
      records.add(type);
    }
    if (Modifier.isPublic(type.getModifiers())) {
      for (Class<?> inner : type.getDeclaredClasses()) {
        add(inner, records);
      }
    }
  }
}
