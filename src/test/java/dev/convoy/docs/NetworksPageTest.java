package dev.convoy.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.config.binding.Binder;
import dev.convoy.config.binding.ShortNetwork;
import dev.convoy.config.tree.Tree.Mapping;
import dev.convoy.config.tree.TreeReader;
import dev.convoy.nn.Network;
import dev.convoy.nn.preset.Presets;
import dev.convoy.report.PresetTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds the page's table to the networks, and its examples to what jobs may say. */
class NetworksPageTest {
  private static final Path PAGE = Path.of("src/site/markdown/networks.md");
  private static final String COMMAND =
      "mvn -q test -Dtest=NetworksPageTest -Dconvoy.docs.write=true";
  private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

  /** The table, between marks that a reader does not see. */
  private static final Pattern TABLE =
      Pattern.compile(
          "(?<=<!-- networks -->\n\n).*?(?=\n?<!-- end of networks -->)", Pattern.DOTALL);

  @BeforeAll
  static void writeTheTableIfAsked() throws IOException {
    if (Boolean.getBoolean("convoy.docs.write")) {
      String table = Matcher.quoteReplacement(table() + "\n");
      Files.writeString(PAGE, TABLE.matcher(Files.readString(PAGE)).replaceFirst(table));
    }
  }

  @Test
  void theTableIsWhatTheNetworksSay() throws IOException {
    Matcher found = TABLE.matcher(Files.readString(PAGE));
    assertTrue(found.find(), "no table");
    assertEquals(table().strip(), found.group().strip(), "out of date: run " + COMMAND);
  }

  @Test
  void everyExampleIsANetwork() throws IOException {
    List<String> examples =
        EXAMPLE.matcher(Files.readString(PAGE)).results().map(e -> e.group(1)).toList();
    assertEquals(2, examples.size());
    for (String example : examples) {
      Mapping job = TreeReader.read("data: {classes: [a, b, c]}\n" + example, "page");
      Mapping whole = ShortNetwork.writtenOut(job);
      assertEquals(3, Binder.bind(whole.get("network"), Network.class).output().size());
    }
  }

  private static String table() {
    List<String[]> rows = PresetTable.of(Presets.byName().values()).rows();
    StringBuilder page = new StringBuilder();
    for (int i = 0; i < rows.size(); i++) {
      page.append("| ").append(String.join(" | ", rows.get(i))).append(" |\n");
      if (i == 0) {
        page.append("|---|---|--:|--:|--:|--:|---|\n");
      }
    }
    return page.toString().lines().collect(Collectors.joining("\n", "", "\n"));
  }
}
