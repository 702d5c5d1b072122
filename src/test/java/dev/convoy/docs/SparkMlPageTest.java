package dev.convoy.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.ml.python.PythonStage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.ml.param.Param;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Holds the page about Spark ML to the params, and its programs to files that are compiled and run.
 */
class SparkMlPageTest {
  private static final Path PAGE = Path.of("src/site/markdown/spark-ml.md");
  private static final String COMMAND =
      "mvn -q test -Dtest=SparkMlPageTest -Dconvoy.docs.write=true";
  private static final Pattern PROGRAM =
      Pattern.compile("```(java|scala|python)\n(.*?)```", Pattern.DOTALL);

  /** The table, between marks that a reader does not see. */
  private static final Pattern TABLE =
      Pattern.compile("(?<=<!-- params -->\n\n).*?(?=\n<!-- end of params -->)", Pattern.DOTALL);

  @BeforeAll
  static void writeTheTableIfAsked() throws IOException {
    if (Boolean.getBoolean("convoy.docs.write")) {
      Files.writeString(
          PAGE, TABLE.matcher(page()).replaceFirst(Matcher.quoteReplacement(table())));
    }
  }

  private static String page() throws IOException {
    return Files.readString(PAGE);
  }

  @Test
  void theTableIsWhatTheParamsSay() throws IOException {
    Matcher found = TABLE.matcher(page());
    assertTrue(found.find(), "no table");
    assertEquals(table(), found.group(), "out of date: run " + COMMAND);
  }

  @Test
  void everyProgramIsAFileOfTheTests() throws IOException {
    List<String> shown =
        PROGRAM.matcher(page()).results().map(program -> program.group(2)).sorted().toList();
    List<String> files = new ArrayList<>();
    try (Stream<Path> all = Files.list(Path.of("src/test/java/dev/convoy/pipeline"))) {
      for (Path file : all.toList()) {
        if (Files.readString(file).contains(" void main(String[] args)")) {
          files.add(withoutPackage(file));
        }
      }
    }
    files.add(withoutPackage(Path.of("src/test/scala/dev/convoy/pipeline/TrainInScala.scala")));
    files.add(Files.readString(Path.of("src/test/python/train_pipeline.py")));
    assertEquals(String.join("\n", files.stream().sorted().toList()), String.join("\n", shown));
  }

  private static String withoutPackage(Path file) throws IOException {
    String text = Files.readString(file);
    return text.substring(text.indexOf("\n\n") + 2);
  }

  /** A row of the table. */
  private record Row(String name, String standard, String meaning) {}

  private static String table() {
    Map<String, Map<Row, List<String>>> rows = new TreeMap<>();
    for (PythonStage stage : PythonStage.all()) {
      for (Param<?> param : stage.params()) {
        String standard =
            stage.standard(param).map(value -> Page.code(value.toString())).orElse("none");
        rows.computeIfAbsent(param.name(), name -> new LinkedHashMap<>())
            .computeIfAbsent(new Row(param.name(), standard, param.doc()), row -> new ArrayList<>())
            .add(Page.code(stage.name()));
      }
    }
    Page page = new Page();
    page.tableHead("param", "default", "what", "params of");
    rows.values().stream()
        .flatMap(same -> same.entrySet().stream())
        .forEach(
            row ->
                page.row(
                    Page.code(row.getKey().name()),
                    row.getKey().standard(),
                    row.getKey().meaning(),
                    String.join(", ", row.getValue())));
    return page.toString();
  }
}
