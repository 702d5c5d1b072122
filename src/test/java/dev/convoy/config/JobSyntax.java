package dev.convoy.config;

import dev.convoy.config.binding.Scalars;
import dev.convoy.config.binding.Syntax;
import dev.convoy.config.binding.Syntaxes;
import dev.convoy.config.binding.TreeWriter;
import dev.convoy.config.tree.Names;
import dev.convoy.config.tree.Tagged;
import dev.convoy.config.tree.Tree;
import dev.convoy.config.tree.Tree.Mapping;
import dev.convoy.config.tree.Tree.Scalar;
import dev.convoy.config.tree.Tree.Sequence;
import dev.convoy.config.tree.YamlTree;
import java.util.Map;
import java.util.stream.Collectors;

/** What the job reader knows of types, for the tests of other packages. */
public final class JobSyntax {
  private JobSyntax() {}

  /** As in {@code maxPool2d} for {@code MaxPool2d}. */
  public static String kind(Class<?> type) {
    return Names.kind(type);
  }

  /** The records that a job may write for a sealed interface, by kind, in alphabetical order. */
  public static Map<String, Class<?>> kinds(Class<?> sealed) {
    return Names.kinds(sealed);
  }

  /** The key beside the others that names the kind, or {@code null} where the kind holds them. */
  public static String tag(Class<?> sealed) {
    Tagged tagged = sealed.getAnnotation(Tagged.class);
    return tagged == null ? null : tagged.value();
  }

  /** The constants of an enum by their names in a job, in their order. */
  public static Map<String, Object> constants(Class<?> type) {
    return Names.constants(type);
  }

  /** As in {@code a whole number}; {@code null} if the type is not written as a single value. */
  public static String scalar(Class<?> type) {
    return Scalars.has(type) ? Scalars.describe(type) : null;
  }

  /** The class that reads and writes a type in a way of its own, or {@code null}. */
  public static Class<?> syntax(Class<?> type) {
    Syntax<?> syntax = Syntaxes.of(type);
    return syntax == null ? null : syntax.getClass();
  }

  /** A tree as YAML on one line, its numbers as short as a person writes them. */
  public static String line(Tree tree) {
    if (tree instanceof Mapping mapping) {
      return mapping.entries().entrySet().stream()
          .map(entry -> line(TreeWriter.text(entry.getKey())) + ": " + line(entry.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    } else if (tree instanceof Sequence sequence) {
      return sequence.items().stream()
          .map(JobSyntax::line)
          .collect(Collectors.joining(", ", "[", "]"));
    }
    return line((Scalar) tree);
  }

  private static String line(Scalar scalar) {
    String text = scalar.text();
    if (scalar.kind() == Scalar.Kind.REAL) {
      return text.replaceFirst("\\.0(?=E|$)", "").replace('E', 'e');
    }
    boolean plain = YamlTree.kindOf(text) == scalar.kind() && text.matches("[\\w./+-]+");
    return plain ? text : "'" + text.replace("'", "''") + "'";
  }
}
