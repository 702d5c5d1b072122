package dev.convoy.config.tree;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.convoy.config.tree.Tree.Mapping;
import dev.convoy.config.tree.Tree.Scalar;
import dev.convoy.config.tree.Tree.Scalar.Kind;
import dev.convoy.config.tree.Tree.Sequence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON, token by token. */
final class JsonTree {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final JsonParser parser;

  private JsonTree(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * The tree of a text.
   *
   * @throws ConfigException if it is not JSON
   */
  static Tree of(String text, Place top) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      JsonTree reader = new JsonTree(parser);
      parser.nextToken();
      Tree tree = reader.value(top, 1);
      if (parser.nextToken() != null) {
        throw ConfigException.at(top.onLine(reader.line()), "must end after one JSON value");
      }
      return tree;
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      String problem = e.getOriginalMessage().lines().findFirst().orElse("");
      throw new ConfigException(top.onLine(line) + ": not valid JSON: " + problem, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Tree value(Place place, int depth) throws IOException {
    TreeReader.checkDepth(depth, place);
    JsonToken token = parser.currentToken();
    if (token == null) {
      return new Scalar(place, Kind.NULL, "");
    }
    return switch (token) {
      case START_OBJECT -> mapping(place, depth);
      case START_ARRAY -> sequence(place, depth);
      case VALUE_NULL -> scalar(place, Kind.NULL);
      case VALUE_TRUE, VALUE_FALSE -> scalar(place, Kind.BOOLEAN);
      case VALUE_NUMBER_INT -> scalar(place, Kind.INTEGER);
      case VALUE_NUMBER_FLOAT -> scalar(place, Kind.REAL);
      default -> scalar(place, Kind.TEXT);
    };
  }

  private Scalar scalar(Place place, Kind kind) throws IOException {
    return new Scalar(place, kind, parser.getText());
  }

  private Mapping mapping(Place place, int depth) throws IOException {
    Map<String, Tree> entries = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      Place at = place.key(key, line());
      TreeReader.checkNew(entries, key, at);
      parser.nextToken();
      entries.put(key, value(at, depth + 1));
    }
    return new Mapping(place, entries);
  }

  private Sequence sequence(Place place, int depth) throws IOException {
    List<Tree> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(place.item(items.size(), line()), depth + 1));
    }
    return new Sequence(place, items);
  }

  private int line() {
    return parser.currentTokenLocation().getLineNr();
  }
}
