package dev.convoy.docs;

import java.util.List;

/** Writes the keys of a record with type, default and meaning. */
final class KeyTable {
  private final Page page;
  private final ValueTypes types;

  KeyTable(Page page, ValueTypes types) {
    this.page = page;
    this.types = types;
  }

  void write(Javadoc doc, List<Key> keys) {
    if (keys.isEmpty()) {
      page.block("No keys of its own.");
      return;
    }
    page.tableHead("key", "type", "default", "meaning");
    for (Key key : keys) {
      String meaning = Meaning.of(key, doc.parameter(key.name()));
      page.row(Page.code(key.name()), types.describe(key.type()), standard(key), meaning);
    }
    page.block();
  }

  private static String standard(Key key) {
    if (key.required()) {
      return "**required**";
    } else if (key.rule() != null) {
      return key.rule();
    }
    return key.standard() == null ? "none" : Page.code(key.standard());
  }
}
