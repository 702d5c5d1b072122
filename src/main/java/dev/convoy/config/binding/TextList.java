package dev.convoy.config.binding;

import dev.convoy.config.tree.ConfigException;
import dev.convoy.config.tree.Place;
import dev.convoy.config.tree.Tree;
import dev.convoy.config.tree.Tree.Sequence;
import java.util.ArrayList;
import java.util.List;

/** Texts of which one stands alone, and several in a list. */
final class TextList {
  private TextList() {}

  /**
   * The texts that a tree stands for.
   *
   * @param what one is, for errors: a path, say
   * @throws ConfigException if there is none, or one is blank
   */
  static List<String> read(Tree tree, Binder binder, String what) {
    List<Tree> items = tree instanceof Sequence list ? list.items() : List.of(tree);
    List<String> texts = new ArrayList<>();
    for (Tree item : items) {
      String text = (String) binder.value(item, String.class);
      if (text.isBlank()) {
        throw ConfigException.at(item.place(), "must be a " + what + ", but was blank");
      }
      texts.add(text);
    }
    if (texts.isEmpty()) {
      throw ConfigException.at(
          tree.place(), "needs one " + what + " at least, but was an empty list");
    }
    return texts;
  }

  /** The tree that stands for texts. */
  static Tree write(List<String> texts) {
    return texts.size() == 1
        ? TreeWriter.text(texts.get(0))
        : new Sequence(Place.NOWHERE, texts.stream().map(t -> (Tree) TreeWriter.text(t)).toList());
  }
}
