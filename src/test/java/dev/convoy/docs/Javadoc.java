package dev.convoy.docs;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.doctree.StartElementTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a doc comment says, in Markdown.
 *
 * @param sentence the first
 * @param paragraphs all after the first sentence; where it stands alone in its paragraph, those
 *     from the second on
 * @param parameters the text of each {@code @param}, by name
 */
record Javadoc(String sentence, List<String> paragraphs, Map<String, String> parameters) {
  private static final Pattern CUT = Pattern.compile(": |, `[^`]* = ");

  /**
   * Reads a comment.
   *
   * @param reference the Markdown of a link's target
   * @throws IllegalArgumentException if it has markup that is not known here
   */
  static Javadoc of(DocCommentTree comment, UnaryOperator<String> reference) {
    MarkdownWriter writer = new MarkdownWriter(reference);
    String sentence = writer.write(comment.getFirstSentence());
    List<String> paragraphs = new ArrayList<>();
    for (List<DocTree> paragraph : paragraphs(comment.getFullBody())) {
      paragraphs.add(writer.write(paragraph));
    }
    if (!paragraphs.isEmpty()) {
      String rest = paragraphs.remove(0).substring(sentence.length()).strip();
      if (!rest.isEmpty()) {
        paragraphs.add(0, rest);
      }
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    for (DocTree tag : comment.getBlockTags()) {
      if (tag instanceof ParamTree parameter && !parameter.isTypeParameter()) {
        parameters.put(parameter.getName().toString(), writer.write(parameter.getDescription()));
      }
    }
    return new Javadoc(sentence, List.copyOf(paragraphs), parameters);
  }

  private static List<List<DocTree>> paragraphs(List<? extends DocTree> body) {
    List<List<DocTree>> paragraphs = new ArrayList<>();
    List<DocTree> current = new ArrayList<>();
    for (DocTree tree : body) {
      if (tree instanceof StartElementTree start && start.getName().contentEquals("p")) {
        paragraphs.add(current);
        current = new ArrayList<>();
      } else {
        current.add(tree);
      }
    }
    paragraphs.add(current);
    return paragraphs;
  }

  /** The first sentence up to a formula, or to what a colon brings. */
  String summary() {
    Matcher cut = CUT.matcher(sentence);
    while (cut.find()) {
      String head = sentence.substring(0, cut.start());
      if (head.chars().filter(c -> c == '(').count()
          == head.chars().filter(c -> c == ')').count()) {
        return head + ".";
      }
    }
    return sentence;
  }

  /** What a {@code @param} says of a record's component. */
  String parameter(String name) {
    String text = parameters.get(name);
    if (text == null || text.isBlank()) {
      throw new IllegalArgumentException("has no @param " + name);
    }
    return text;
  }
}
