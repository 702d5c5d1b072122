package dev.convoy.config.tree;

import dev.convoy.config.tree.Tree.Mapping;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/** Reads trees from files, within bounds: of size, of depth, and every key once. */
public final class TreeReader {
  /** No job is near it: the longest known ResNet's takes 100 KiB. */
  private static final int MAX_BYTES = 1 << 20;

  /** A job nests eight deep. */
  private static final int MAX_DEPTH = 32;

  private TreeReader() {}

  /**
   * The mapping in a file: JSON if its name ends in {@code .json}, else YAML, in UTF-8.
   *
   * @param in its bytes, from the first on
   * @param name of the file, for errors
   * @throws ConfigException if the file is neither, or too large
   * @throws IOException if it can't be read
   */
  public static Mapping read(InputStream in, String name) throws IOException {
    byte[] bytes = in.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw new ConfigException(name + ": must have at most " + MAX_BYTES + " bytes, but has more");
    }
    return read(decode(bytes, name), name);
  }

  /** The mapping that a text holds; {@code name} says what it is called, as in {@link #read}. */
  public static Mapping read(String text, String name) {
    Place top = Place.file(name);
    boolean json = name.toLowerCase(Locale.ROOT).endsWith(".json");
    Tree tree = json ? JsonTree.of(text, top) : YamlTree.of(text, top);
    if (tree instanceof Mapping mapping) {
      return mapping;
    }
    String found = tree.isNull() ? "is empty" : "has " + tree.shown();
    throw new ConfigException(name + ": must have keys and values, but " + found);
  }

  static void checkDepth(int depth, Place place) {
    if (depth > MAX_DEPTH) {
      // The path is as long as it is deep.
      throw new ConfigException(place + ": must nest at most " + MAX_DEPTH + " deep, but nests on");
    }
  }

  static void checkNew(Map<String, Tree> entries, String key, Place place) {
    Tree earlier = entries.get(key);
    if (earlier != null) {
      String where = earlier.place().line() == 0 ? "" : " (line " + earlier.place().line() + ")";
      throw ConfigException.at(place, "must stand once, but stands above already" + where);
    }
  }

  private static String decode(byte[] bytes, String name) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new ConfigException(name + ": must be UTF-8 text, but is not", e);
    }
  }
}
