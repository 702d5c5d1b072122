package dev.convoy.docs;

import dev.convoy.config.JobSyntax;
import java.util.ArrayList;
import java.util.List;

/** Writes how the values are written that are no plain numbers, truth values or texts. */
final class ValueSections {
  private final Page page;
  private final Javadocs docs;
  private final Keys keys;
  private final KeyTable table;

  ValueSections(Page page, Javadocs docs, Examples examples, KeyTable table) {
    this.page = page;
    this.docs = docs;
    this.table = table;
    keys = new Keys(examples);
  }

  /** A section for each type that the tables name, those that the sections name included. */
  void write(ValueTypes types) {
    List<Class<?>> done = new ArrayList<>();
    while (done.size() < types.explained().size()) {
      Class<?> next =
          types.explained().stream().filter(type -> !done.contains(type)).findFirst().orElseThrow();
      done.add(next);
      page.block("### " + ValueTypes.name(next));
      section(next);
    }
  }

  private void section(Class<?> type) {
    Javadoc doc = docs.of(type);
    Class<?> syntax = JobSyntax.syntax(type);
    if (syntax != null) {
      // The first paragraph of the type's own comment may say the same.
      page.block(docs.of(syntax).sentence());
      doc.paragraphs().stream().skip(1).forEach(page::block);
      return;
    }
    page.block(doc.sentence());
    if (type.isEnum()) {
      constants(type);
    } else {
      table.write(doc, keys.of(Form.of(type)));
    }
    page.rest(doc);
  }

  private void constants(Class<?> type) {
    page.tableHead("value", "meaning");
    JobSyntax.constants(type)
        .forEach(
            (name, constant) -> page.row(Page.code(name), docs.of((Enum<?>) constant).sentence()));
    page.block();
  }
}
