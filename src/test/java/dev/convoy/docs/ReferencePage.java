package dev.convoy.docs;

import dev.convoy.config.JobSyntax;
import dev.convoy.nn.NamedLayer;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The page that tells of every kind that a job may name, made from the records themselves: their
 * keys by reflection, required ones and defaults by asking the job reader, all words from the
 * Javadoc.
 */
final class ReferencePage {
  /** Where the page is, from the project's root. */
  static final Path FILE = Path.of("src/site/markdown/reference.md");

  /** What writes it. */
  static final String COMMAND = "mvn -q test -Dtest=ReferencePageTest -Dconvoy.docs.write=true";

  private static final Path SOURCES = Path.of("src/main/java");

  private final Javadocs docs;
  private final List<Group> groups = Group.all();
  private final ValueTypes types = new ValueTypes(groups);
  private final Examples examples;
  private final Keys keys;
  private final StringBuilder page = new StringBuilder();

  private ReferencePage(Javadocs docs) {
    this.docs = docs;
    examples = new Examples(docs);
    keys = new Keys(examples);
  }

  /** The page as the code now has it. */
  static String make() throws IOException {
    ReferencePage reference = new ReferencePage(Javadocs.below(SOURCES));
    reference.head();
    reference.index();
    reference.groups.forEach(reference::group);
    reference.values();
    return reference.page.toString();
  }

  private void head() {
    line("# Reference: what a job may name");
    line("");
    line(
        "Every kind of layer, loss, optimizer and so on, with its keys. [The job file](job-file.md)");
    line("says how a job is written and what its other keys are. A kind stands with its keys,");
    line(
        "`conv2d: {filters: 8, kernel: 3}`, or alone where no key is required: `relu`. A default of");
    line("\"none\" means that the key has no value unless a job gives one.");
    line("");
    line(
        "This page is made from the code and its Javadoc, and a test holds it to them. To make it anew:");
    line("");
    line("    " + COMMAND);
    line("");
  }

  private void index() {
    line("## Index");
    line("");
    for (Group group : groups) {
      line("**" + link(group.title()) + "**, at `" + String.join("`, `", group.places()) + "`:");
      line("");
      line("| kind | what it does |");
      line("|---|---|");
      for (Form form : group.forms()) {
        line(cells(link(form.kind()), docs.of(form.record()).summary()));
      }
      line("");
    }
  }

  private void group(Group group) {
    line("## " + group.title());
    line("");
    String places = String.join("`, `", group.places());
    line(docs.of(group.type()).summary() + " Written at `" + places + "`.");
    line("");
    if (group.places().contains(Group.LAYERS)) {
      everyLayer();
    }
    group.forms().forEach(form -> kind(group, form));
  }

  /** The keys that stand beside a layer's own. */
  private void everyLayer() {
    Javadoc doc = docs.of(NamedLayer.class);
    line("Each may have these keys as well:");
    line("");
    line("| key | type | meaning |");
    line("|---|---|---|");
    for (RecordComponent component : NamedLayer.class.getRecordComponents()) {
      if (!component.getType().isSealed()) {
        String name = component.getName();
        String type = types.describe(component.getGenericType());
        line(cells("`" + name + "`", type, doc.parameter(name)));
      }
    }
    line("");
  }

  private void kind(Group group, Form form) {
    try {
      describe(group, form);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "The Javadoc of " + form.record().getSimpleName() + " " + e.getMessage(), e);
    }
  }

  private void describe(Group group, Form form) {
    Javadoc doc = docs.of(form.record());
    List<Key> all = keys.of(form);
    Map<String, String> shown = shownKeys(form, all);
    boolean isLayer = group.places().contains(Group.LAYERS);
    LayerExample layer = isLayer ? LayerExample.of(form, shown) : null;
    line("### " + form.kind());
    line("");
    line(doc.sentence());
    line("");
    line("```yaml");
    line(group.shown(form.line(layer == null ? shown : layer.keys())));
    line("```");
    line("");
    if (layer != null) {
      line(layer.shapes());
      line("");
    }
    keyTable(doc, all);
    familyOf(form, group);
    rest(doc);
  }

  /** The required keys, or the first of the others where none is required. */
  private Map<String, String> shownKeys(Form form, List<Key> all) {
    Map<String, String> shown = new LinkedHashMap<>(examples.fewest(form, 0));
    if (shown.isEmpty()) {
      all.stream()
          .filter(key -> key.standard() != null)
          .findFirst()
          .ifPresent(key -> shown.put(key.name(), key.standard()));
    }
    return shown;
  }

  private void keyTable(Javadoc doc, List<Key> all) {
    if (all.isEmpty()) {
      line("No keys of its own.");
      line("");
      return;
    }
    line("| key | type | default | meaning |");
    line("|---|---|---|---|");
    for (Key key : all) {
      String meaning = Meaning.of(key, doc.parameter(key.name()));
      line(cells("`" + key.name() + "`", types.describe(key.type()), standard(key), meaning));
    }
    line("");
  }

  private static String standard(Key key) {
    if (key.required()) {
      return "**required**";
    } else if (key.rule() != null) {
      return key.rule();
    }
    return key.standard() == null ? "none" : "`" + key.standard() + "`";
  }

  /** What is true of all kinds of a family inside the group, as of layers with several inputs. */
  private void familyOf(Form form, Group group) {
    for (Class<?> family : form.record().getInterfaces()) {
      if (family.isSealed() && family != group.type()) {
        line(docs.of(family).sentence());
        line("");
      }
    }
  }

  private void rest(Javadoc doc) {
    for (String paragraph : doc.paragraphs()) {
      // The source of a formula is a paragraph of its own.
      for (String part : paragraph.split("(?<=^|\\. )(?=Sources?: )")) {
        line(part.strip());
        line("");
      }
    }
  }

  private void values() {
    line("## How values are written");
    line("");
    List<Class<?>> done = new ArrayList<>();
    // A section may name further types.
    while (done.size() < types.explained().size()) {
      Class<?> next =
          types.explained().stream().filter(type -> !done.contains(type)).findFirst().orElseThrow();
      done.add(next);
      value(next);
    }
  }

  private void value(Class<?> type) {
    line("### " + ValueTypes.name(type));
    line("");
    Javadoc doc = docs.of(type);
    Class<?> syntax = JobSyntax.syntax(type);
    line(syntax == null ? doc.sentence() : docs.of(syntax).sentence());
    line("");
    if (type.isEnum()) {
      constants(type);
    } else if (syntax == null) {
      keyTable(doc, keys.of(Form.of(type)));
    }
    rest(syntax == null ? doc : new Javadoc("", laterParagraphs(doc), Map.of()));
  }

  private void constants(Class<?> type) {
    line("| value | meaning |");
    line("|---|---|");
    JobSyntax.constants(type)
        .forEach(
            (name, constant) -> {
              String meaning = docs.of((Enum<?>) constant).sentence();
              line(cells("`" + name + "`", meaning));
            });
    line("");
  }

  /** The first paragraph of a type with a syntax says what the syntax says. */
  private static List<String> laterParagraphs(Javadoc doc) {
    return doc.paragraphs().stream().skip(1).toList();
  }

  private static String cells(String... cells) {
    return Arrays.stream(cells)
        .map(ReferencePage::cell)
        .collect(Collectors.joining(" | ", "| ", " |"));
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace('\n', ' ');
  }

  private static String link(String heading) {
    return "[" + heading + "](#" + Anchors.of(heading) + ")";
  }

  private void line(String text) {
    page.append(text).append('\n');
  }
}
