package dev.convoy.docs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes what there is to say of one kind. */
final class KindSection {
  private final Page page;
  private final Javadocs docs;
  private final Examples examples;
  private final Keys keys;
  private final KeyTable table;

  KindSection(Page page, Javadocs docs, Examples examples, KeyTable table) {
    this.page = page;
    this.docs = docs;
    this.examples = examples;
    this.table = table;
    keys = new Keys(examples);
  }

  void write(Group group, Form form) {
    Javadoc doc = docs.of(form.record());
    List<Key> all = keys.of(form);
    page.block("### " + form.kind());
    page.block(doc.sentence());
    example(group, form, shownKeys(form, all));
    try {
      table.write(doc, all);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "The Javadoc of " + form.record().getSimpleName() + " " + e.getMessage(), e);
    }
    family(group, form);
    page.rest(doc);
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

  private void example(Group group, Form form, Map<String, String> shown) {
    LayerExample layer = group.isLayers() ? LayerExample.of(form, shown) : null;
    Map<String, String> written = layer == null ? shown : layer.keys();
    page.codeBlock("yaml", group.shown(form.line(written)));
    if (layer != null) {
      page.block(layer.shapes());
    }
  }

  /** What is true of a family of kinds inside the group, as of layers with several inputs. */
  private void family(Group group, Form form) {
    for (Class<?> family : form.record().getInterfaces()) {
      if (family.isSealed() && family != group.type()) {
        page.block(docs.of(family).sentence());
      }
    }
  }
}
