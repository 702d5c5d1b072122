package dev.convoy.config.tree;

import dev.convoy.config.tree.Tree.Mapping;
import dev.convoy.config.tree.Tree.Scalar;
import dev.convoy.config.tree.Tree.Scalar.Kind;
import dev.convoy.config.tree.Tree.Sequence;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingEndEvent;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceEndEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.events.StreamEndEvent;

/**
 * Reads YAML from the parser's events: one document, without aliases and tags, so that a text can't
 * grow when it is read. Plain scalars mean what the core schema of YAML 1.2 says: {@code yes} and
 * {@code on} are texts.
 */
public final class YamlTree {
  private static final Pattern NULL = Pattern.compile("|~|null|Null|NULL");
  private static final Pattern BOOLEAN = Pattern.compile("true|True|TRUE|false|False|FALSE");
  private static final Pattern INTEGER = Pattern.compile("[-+]?(0|[1-9][0-9]*)");
  private static final Pattern REAL =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");

  private final Iterator<Event> events;
  private final Place top;

  private YamlTree(Iterator<Event> events, Place top) {
    this.events = events;
    this.top = top;
  }

  /**
   * The tree of a text.
   *
   * @throws ConfigException if it is not YAML, or uses what is left out here
   */
  public static Tree of(String text, Place top) {
    try {
      Iterator<Event> events = new Yaml().parse(new StringReader(text)).iterator();
      return new YamlTree(events, top).document();
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      throw new ConfigException(
          top.onLine(lineIn(top, line)) + ": not valid YAML: " + e.getProblem(), e);
    } catch (YAMLException e) {
      throw new ConfigException(
          top + ": not valid YAML: " + oneLine(String.valueOf(e.getMessage())), e);
    }
  }

  /** Tells what a plain scalar stands for. */
  public static Kind kindOf(String text) {
    if (NULL.matcher(text).matches()) {
      return Kind.NULL;
    } else if (BOOLEAN.matcher(text).matches()) {
      return Kind.BOOLEAN;
    } else if (INTEGER.matcher(text).matches()) {
      return Kind.INTEGER;
    }
    // A leading zero is an octal number to some and a decimal one to others: it stays a text.
    boolean real = REAL.matcher(text).matches() && !text.matches("[-+]?0[0-9]+");
    return real ? Kind.REAL : Kind.TEXT;
  }

  private Tree document() {
    events.next(); // the stream's start
    if (!(events.next() instanceof DocumentStartEvent)) {
      return new Scalar(top, Kind.NULL, "");
    }
    Tree tree = value(events.next(), top, 1);
    events.next(); // the document's end
    Event end = events.next();
    if (!(end instanceof StreamEndEvent)) {
      throw ConfigException.at(
          top.onLine(line(end)), "needs one YAML document, but a second starts");
    }
    return tree;
  }

  private Tree value(Event event, Place place, int depth) {
    TreeReader.checkDepth(depth, place);
    if (event instanceof ScalarEvent scalar) {
      refuseTag(scalar.getTag(), place);
      boolean plain = scalar.getScalarStyle() == ScalarStyle.PLAIN;
      Kind kind = plain ? kindOf(scalar.getValue()) : Kind.TEXT;
      return new Scalar(place, kind, scalar.getValue());
    } else if (event instanceof MappingStartEvent mapping) {
      refuseTag(mapping.getTag(), place);
      return mapping(place, depth);
    } else if (event instanceof SequenceStartEvent sequence) {
      refuseTag(sequence.getTag(), place);
      return sequence(place, depth);
    }
    String name = event instanceof AliasEvent alias ? " (*" + alias.getAnchor() + ")" : "";
    throw ConfigException.at(place, "must be written out: aliases" + name + " are not supported");
  }

  private Mapping mapping(Place place, int depth) {
    Map<String, Tree> entries = new LinkedHashMap<>();
    for (Event event = events.next(); !(event instanceof MappingEndEvent); event = events.next()) {
      if (!(event instanceof ScalarEvent key)) {
        throw ConfigException.at(
            place.onLine(line(event)), "needs keys that are plain words, but has another");
      }
      Place at = place.key(key.getValue(), line(key));
      TreeReader.checkNew(entries, key.getValue(), at);
      entries.put(key.getValue(), value(events.next(), at, depth + 1));
    }
    return new Mapping(place, entries);
  }

  private Sequence sequence(Place place, int depth) {
    List<Tree> items = new ArrayList<>();
    for (Event event = events.next(); !(event instanceof SequenceEndEvent); event = events.next()) {
      items.add(value(event, place.item(items.size(), line(event)), depth + 1));
    }
    return new Sequence(place, items);
  }

  private static void refuseTag(String tag, Place place) {
    if (tag != null) {
      throw ConfigException.at(place, "must have no tag, but has " + oneLine(tag));
    }
  }

  private int line(Event event) {
    return lineIn(top, event.getStartMark().getLine() + 1);
  }

  /** The lines of an option's value say nothing. */
  private static int lineIn(Place top, int line) {
    return top.line() == 0 ? 0 : line;
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }
}
