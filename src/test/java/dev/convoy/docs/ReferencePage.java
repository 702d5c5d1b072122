package dev.convoy.docs;

import dev.convoy.config.JobSyntax;
import dev.convoy.nn.NamedLayer;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.List;

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

  private static final String INTRODUCTION =
      """
      # Reference: what a job may name

      This page tells of every kind of layer, loss, optimizer and so on that a job may name, with its keys, defaults, shapes and
      formula. [The job file](job-file.md) says how a job is written and what its other keys are. A kind stands with its keys,
      `conv2d: {filters: 8, kernel: 3}`, or alone where no key is required: `relu`. A default of "none" means that the key has no
      value unless a job gives one.

      This page is made from the code and its Javadoc, and a test holds it to them. To make it anew:

          COMMAND
      """;

  private final Javadocs docs;
  private final List<Group> groups = Group.all();
  private final ValueTypes types = new ValueTypes(groups);
  private final Page page = new Page();
  private final Examples examples;

  private ReferencePage(Javadocs docs) {
    this.docs = docs;
    examples = new Examples(docs);
  }

  /** The page as the code now has it. */
  static String make() throws IOException {
    ReferencePage reference = new ReferencePage(Javadocs.below(SOURCES, ReferencePage::reference));
    reference.write();
    return reference.page.toString();
  }

  /** A class as a comment refers to it: kinds by their own names, with a link. */
  private static String reference(String name) {
    return Group.all().stream()
        .flatMap(group -> group.forms().stream())
        .filter(form -> form.record().getSimpleName().equals(name))
        .findFirst()
        .map(form -> Page.link(form.kind()))
        .orElse(Page.code(name));
  }

  private void write() {
    page.block(INTRODUCTION.strip().replace("COMMAND", COMMAND));
    page.block("## Index");
    groups.forEach(this::index);
    KeyTable table = new KeyTable(page, types);
    KindSection section = new KindSection(page, docs, examples, table);
    for (Group group : groups) {
      page.block("## " + group.title());
      page.block(docs.of(group.type()).summary() + " Written at " + group.shownPlaces() + ".");
      if (group.isLayers()) {
        everyLayer();
      }
      if (group.forms().isEmpty()) {
        choices(group);
      }
      group.forms().forEach(form -> section.write(group, form));
    }
    page.block("## How values are written");
    new ValueSections(page, docs, examples, table).write(types);
  }

  private void index(Group group) {
    page.block("**" + Page.link(group.title()) + "**, at " + group.shownPlaces() + ":");
    page.tableHead("kind", "what it does");
    for (Form form : group.forms()) {
      page.row(Page.link(form.kind()), docs.of(form.record()).summary());
    }
    if (group.forms().isEmpty()) {
      for (String example : examples.ofSyntax(group.type())) {
        page.row(Page.code(example), meant(group, example).summary());
      }
    }
    page.block();
  }

  /** The kinds of a group that a job does not name, but writes in a way of its own. */
  private void choices(Group group) {
    page.block(docs.of(JobSyntax.syntax(group.type())).sentence());
    for (String example : examples.ofSyntax(group.type())) {
      Javadoc doc = meant(group, example);
      page.block(Page.code(example) + ": " + doc.sentence());
      page.rest(doc);
    }
  }

  private Javadoc meant(Group group, String example) {
    return docs.of(Form.read(example, group.type()).getClass());
  }

  /** The keys that stand beside a layer's own. */
  private void everyLayer() {
    Javadoc doc = docs.of(NamedLayer.class);
    page.block("Each may have these keys as well:");
    page.tableHead("key", "type", "meaning");
    for (RecordComponent component : NamedLayer.class.getRecordComponents()) {
      if (!Group.isGroup(component.getType())) {
        String name = component.getName();
        String type = types.describe(component.getGenericType());
        page.row(Page.code(name), type, doc.parameter(name));
      }
    }
    page.block();
  }
}
