package dev.convoy.config.binding;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.convoy.config.tree.Tree;
import dev.convoy.config.tree.Tree.Mapping;
import dev.convoy.config.tree.Tree.Scalar;
import dev.convoy.config.tree.Tree.Sequence;
import dev.convoy.config.tree.YamlTree;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.emitter.Emitter;
import org.yaml.snakeyaml.events.DocumentEndEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.ImplicitTuple;
import org.yaml.snakeyaml.events.MappingEndEvent;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceEndEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.events.StreamEndEvent;
import org.yaml.snakeyaml.events.StreamStartEvent;

/** Writes trees as text. */
public final class TreeText {
  private static final ImplicitTuple IMPLICIT = new ImplicitTuple(true, true);

  private TreeText() {}

  /** The tree as JSON, indented by two spaces; what holds scalars alone stands on one line. */
  public static String json(Tree tree) {
    StringBuilder text = new StringBuilder();
    json(tree, "\n", text);
    return text.append('\n').toString();
  }

  /** {@code newLine} is a line feed with the indentation of the line that the tree starts on. */
  private static void json(Tree tree, String newLine, StringBuilder out) {
    if (tree instanceof Scalar scalar) {
      boolean text = scalar.kind() == Scalar.Kind.TEXT;
      out.append(
          text
              ? quoted(scalar.text())
              : scalar.kind() == Scalar.Kind.NULL ? "null" : scalar.text());
      return;
    }
    boolean mapping = tree instanceof Mapping;
    boolean flat = children(tree).stream().allMatch(Scalar.class::isInstance);
    String inner = flat ? "" : newLine + "  ";
    String separator = flat ? ", " : "," + inner;
    out.append(mapping ? '{' : '[').append(inner);
    String before = "";
    if (tree instanceof Mapping entries) {
      for (Map.Entry<String, Tree> entry : entries.entries().entrySet()) {
        out.append(before).append(quoted(entry.getKey())).append(": ");
        json(entry.getValue(), newLine + "  ", out);
        before = separator;
      }
    } else {
      for (Tree item : children(tree)) {
        out.append(before);
        json(item, newLine + "  ", out);
        before = separator;
      }
    }
    out.append(flat ? "" : newLine).append(mapping ? '}' : ']');
  }

  private static String quoted(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }

  private static Collection<Tree> children(Tree tree) {
    return tree instanceof Mapping mapping ? mapping.entries().values() : ((Sequence) tree).items();
  }

  /** The tree as YAML, in blocks. */
  public static String yaml(Tree tree) {
    StringWriter text = new StringWriter();
    DumperOptions options = new DumperOptions();
    options.setWidth(120);
    Emitter emitter = new Emitter(text, options);
    try {
      emitter.emit(new StreamStartEvent(null, null));
      emitter.emit(new DocumentStartEvent(null, null, false, null, Map.of()));
      yaml(tree, emitter);
      emitter.emit(new DocumentEndEvent(null, null, false));
      emitter.emit(new StreamEndEvent(null, null));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void yaml(Tree tree, Emitter out) throws IOException {
    if (tree instanceof Mapping mapping) {
      out.emit(new MappingStartEvent(null, null, true, null, null, style(tree)));
      for (Map.Entry<String, Tree> entry : mapping.entries().entrySet()) {
        yaml(TreeWriter.text(entry.getKey()), out);
        yaml(entry.getValue(), out);
      }
      out.emit(new MappingEndEvent(null, null));
    } else if (tree instanceof Sequence sequence) {
      out.emit(new SequenceStartEvent(null, null, true, null, null, style(tree)));
      for (Tree item : sequence.items()) {
        yaml(item, out);
      }
      out.emit(new SequenceEndEvent(null, null));
    } else {
      yaml((Scalar) tree, out);
    }
  }

  private static void yaml(Scalar scalar, Emitter out) throws IOException {
    boolean plain = YamlTree.kindOf(scalar.text()) == scalar.kind();
    ScalarStyle style = plain ? ScalarStyle.PLAIN : ScalarStyle.SINGLE_QUOTED;
    out.emit(new ScalarEvent(null, null, IMPLICIT, scalar.text(), null, null, style));
  }

  /** Puts what holds scalars alone on one line. */
  private static FlowStyle style(Tree tree) {
    boolean flat = children(tree).stream().allMatch(Scalar.class::isInstance);
    return flat ? FlowStyle.FLOW : FlowStyle.BLOCK;
  }
}
