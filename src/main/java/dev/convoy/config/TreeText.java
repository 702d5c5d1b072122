package dev.convoy.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import dev.convoy.config.Tree.Mapping;
import dev.convoy.config.Tree.Scalar;
import dev.convoy.config.Tree.Sequence;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
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
  private static final JsonFactory JSON = new JsonFactory();
  private static final ImplicitTuple IMPLICIT = new ImplicitTuple(true, true);

  private TreeText() {}

  /** The tree as JSON, indented by two spaces, with a line feed at the end. */
  public static String json(Tree tree) {
    StringWriter text = new StringWriter();
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    Separators separators =
        Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER);
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter().withSeparators(separators);
    printer.indentObjectsWith(indenter);
    try (JsonGenerator generator = JSON.createGenerator(text)) {
      generator.setPrettyPrinter(printer);
      json(tree, generator);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.append('\n').toString();
  }

  private static void json(Tree tree, JsonGenerator out) throws IOException {
    if (tree instanceof Mapping mapping) {
      out.writeStartObject();
      for (Map.Entry<String, Tree> entry : mapping.entries().entrySet()) {
        out.writeFieldName(entry.getKey());
        json(entry.getValue(), out);
      }
      out.writeEndObject();
    } else if (tree instanceof Sequence sequence) {
      out.writeStartArray();
      for (Tree item : sequence.items()) {
        json(item, out);
      }
      out.writeEndArray();
    } else {
      json((Scalar) tree, out);
    }
  }

  private static void json(Scalar scalar, JsonGenerator out) throws IOException {
    switch (scalar.kind()) {
      case NULL -> out.writeNull();
      case BOOLEAN -> out.writeBoolean(Boolean.parseBoolean(scalar.text()));
      case INTEGER, REAL -> out.writeNumber(scalar.text());
      case TEXT -> out.writeString(scalar.text());
    }
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

  /** What holds scalars alone stands on one line. */
  private static FlowStyle style(Tree tree) {
    Optional<Tree> nested =
        tree instanceof Mapping mapping
            ? mapping.entries().values().stream().filter(t -> !(t instanceof Scalar)).findFirst()
            : ((Sequence) tree).items().stream().filter(t -> !(t instanceof Scalar)).findFirst();
    return nested.isEmpty() ? FlowStyle.FLOW : FlowStyle.BLOCK;
  }
}
