package dev.convoy.config.tree;

/**
 * Says where a value stands.
 *
 * @param source the file's name, or the option that brought the value
 * @param line from 1; 0 where a line means nothing
 * @param path of keys from the top, as in {@code network.layers[2].conv2d}; empty at the top
 */
public record Place(String source, int line, String path) {
  /** Longer keys are cut in errors, which are one line. */
  private static final int SHOWN = 60;

  /** The place of values that no one wrote. */
  public static final Place NOWHERE = new Place("", 0, "");

  /** The top of a file. */
  static Place file(String name) {
    return new Place(name, 1, "");
  }

  /** The top of what an option of the command line brings. */
  public static Place option(String option) {
    return new Place(option.replaceAll("\\p{Cntrl}+", " "), 0, "");
  }

  /** The place of the value that {@code key} names. */
  public Place key(String key, int line) {
    String clean = key.replaceAll("\\p{Cntrl}+", " ");
    String shown = clean.length() > SHOWN ? clean.substring(0, SHOWN) + "..." : clean;
    return new Place(source, line, path.isEmpty() ? shown : path + "." + shown);
  }

  /** The place of a sequence's item, which counts from 0. */
  public Place item(int index, int line) {
    return new Place(source, line, path + "[" + index + "]");
  }

  /** The same, on another line. */
  Place onLine(int line) {
    return new Place(source, line, path);
  }

  /** Writes file and line, as in {@code conf/x.yaml:12}. */
  @Override
  public String toString() {
    return line == 0 ? source : source + ":" + line;
  }
}
