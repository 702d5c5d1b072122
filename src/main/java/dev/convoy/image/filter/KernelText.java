package dev.convoy.image.filter;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.convoy.image.DataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A kernel as text: JSON, as in {@code [[0,-1,0],[-1,5,-1],[0,-1,0]]}, or a row of numbers a line,
 * with blanks or commas between them. The first sign tells which.
 */
public final class KernelText {
  private static final JsonFactory JSON = new JsonFactory();
  private static final Pattern BETWEEN = Pattern.compile("\\s*,\\s*|\\s+");
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?");

  /** Longer words are cut in errors, which are one line. */
  private static final int SHOWN = 40;

  private KernelText() {}

  /**
   * Reads a kernel.
   *
   * @param name of the file or option, for errors
   * @throws DataException if it is no rectangle of numbers
   */
  public static FilterKernel parse(String text, String name) {
    List<double[]> rows = text.strip().startsWith("[") ? json(text, name) : plain(text, name);
    if (rows.isEmpty()) {
      throw new DataException(name + ": a kernel must have at least one row, but has none");
    }
    int width = rows.get(0).length;
    for (int y = 0; y < rows.size(); y++) {
      if (rows.get(y).length != width) {
        throw new DataException(
            String.format(
                "%s: the rows of a kernel must be of the same length, but row 1 has %d numbers and"
                    + " row %d has %d",
                name, width, y + 1, rows.get(y).length));
      }
    }
    if (width == 0) {
      throw new DataException(name + ": a kernel must have at least one column, but has none");
    }
    return FilterKernel.of(rows.toArray(double[][]::new));
  }

  private static List<double[]> json(String text, String name) {
    try (JsonParser parser = JSON.createParser(text)) {
      parser.nextToken(); // the bracket that parse() saw
      List<double[]> rows = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
          throw noMatrix(name, "row " + (rows.size() + 1) + " is " + shown(parser.getText()));
        }
        rows.add(jsonRow(parser, rows.size() + 1, name));
      }
      if (parser.nextToken() != null) {
        throw noMatrix(name, "goes on after it with " + shown(parser.getText()));
      }
      return rows;
    } catch (JsonProcessingException e) {
      String problem = e.getOriginalMessage().lines().findFirst().orElse("");
      throw new DataException(name + ": a kernel must be valid JSON, but: " + problem, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double[] jsonRow(JsonParser parser, int row, String name) throws IOException {
    List<Double> numbers = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (!parser.currentToken().isNumeric()) {
        throw noMatrix(name, "in row " + row + " there is " + shown(parser.getText()));
      }
      numbers.add(number(parser.getText(), row, name));
    }
    return array(numbers);
  }

  private static List<double[]> plain(String text, String name) {
    List<double[]> rows = new ArrayList<>();
    for (String line : text.lines().map(String::strip).filter(l -> !l.isEmpty()).toList()) {
      int row = rows.size() + 1;
      List<Double> numbers = new ArrayList<>();
      for (String word : BETWEEN.split(line, -1)) {
        if (!NUMBER.matcher(word).matches()) {
          throw noMatrix(name, "in row " + row + " there is " + shown(word));
        }
        numbers.add(number(word, row, name));
      }
      rows.add(array(numbers));
    }
    return rows;
  }

  private static double number(String text, int row, String name) {
    double value = Double.parseDouble(text);
    if (!(Math.abs(value) <= Float.MAX_VALUE)) {
      throw new DataException(
          String.format(
              "%s: a kernel's numbers must be in the range of a 32-bit float, but in row %d there"
                  + " is %s",
              name, row, shown(text)));
    }
    return value;
  }

  private static double[] array(List<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static DataException noMatrix(String name, String problem) {
    return new DataException(
        name
            + ": a kernel must be rows of numbers, as in [[0,-1,0],[-1,5,-1],[0,-1,0]], but "
            + problem);
  }

  private static String shown(String word) {
    String line = word.replaceAll("\\p{Cntrl}+", " ");
    return "'" + (line.length() > SHOWN ? line.substring(0, SHOWN) + "..." : line) + "'";
  }
}
