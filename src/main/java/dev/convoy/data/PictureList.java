package dev.convoy.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.RuntimeJsonMappingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.convoy.image.DataException;
import dev.convoy.tensor.Check;
import java.io.ByteArrayInputStream;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A list of pictures: CSV with a heading that names the columns {@code path} and {@code label},
 * parted by commas, semicolons or tabs, or an object a line with these keys where the list's name
 * ends in {@code .jsonl} or {@code .json}. {@link ListColumns} has other names that will do.
 * Columns and keys that are not wanted are passed over. A label is a text, a whole number, or
 * {@code true} or {@code false}; what other columns hold is checked where it is used.
 */
public final class PictureList {
  /** A heading is found in so many bytes, or not at all. */
  private static final int HEADING_BYTES = 1 << 16;

  /** Labels below this are numbers of classes, where all labels are numbers. */
  private static final int MOST_NUMBERS = 1 << 16;

  private static final char[] SEPARATORS = {',', ';', '\t'};

  /** Whole numbers up to here have a {@code double} of their own. */
  private static final double LARGEST_WHOLE = 0x1p53;

  private PictureList() {}

  /**
   * Reads a list.
   *
   * @param in from its first byte on, in UTF-8
   * @param name of the list, for errors
   * @param labelled whether each picture must have a label
   * @return in the order of the list
   * @throws DataException if a line is not what it must be, or leads out of the folder
   */
  public static List<PictureEntry> read(InputStream in, String name, boolean labelled)
      throws IOException {
    return read(in, name, labelled ? TargetColumns.CLASSES : null);
  }

  /**
   * Reads a list.
   *
   * @param in from its first byte on, in UTF-8
   * @param name of the list, for errors
   * @param wanted what must be known of each picture; absent where nothing need be
   * @return in the order of the list
   * @throws DataException if a line is not what it must be, or leads out of the folder
   */
  public static List<PictureEntry> read(InputStream in, String name, @Nullable TargetColumns wanted)
      throws IOException {
    boolean json = name.endsWith(".jsonl") || name.endsWith(".json");
    List<PictureEntry> entries = new ArrayList<>();
    try {
      byte[] head = json ? new byte[0] : in.readNBytes(HEADING_BYTES);
      ObjectReader reader = json ? json() : csv(name, head, wanted);
      InputStream all = new SequenceInputStream(new ByteArrayInputStream(head), in);
      try (MappingIterator<JsonNode> rows = reader.readValues(all)) {
        while (rows.hasNextValue()) {
          int line = rows.getCurrentLocation().getLineNr();
          entries.add(entry(rows.nextValue(), name + ":" + line, json, wanted));
        }
      }
    } catch (JsonProcessingException e) {
      throw damaged(name, json, e);
    } catch (RuntimeJsonMappingException | CharConversionException e) {
      throw damaged(name, json, e);
    }
    if (entries.isEmpty()) {
      throw new DataException(name + ": must list pictures, but lists none");
    }
    return entries;
  }

  private static PictureEntry entry(
      JsonNode row, String where, boolean json, @Nullable TargetColumns wanted) {
    List<String> names = new ArrayList<>();
    row.fieldNames().forEachRemaining(names::add);
    ListColumns columns = ListColumns.of(where, names, wanted);
    if (json) {
      columns.check(where, names, "keys", wanted);
    }
    JsonNode label = value(row, columns.label());
    String path = text(value(row, columns.path()));
    String labelText = text(label);
    boolean labelled = wanted != null && !wanted.areVectors();
    if (path == null || labelled && labelText == null) {
      throw new DataException(
          String.format(
              "%s: must have a path of text%s, but has no %s",
              where, labelled ? " and a label" : "", path == null ? "path" : "label"));
    }
    return new PictureEntry(
        inside(path, where),
        labelText,
        label != null && label.isNumber(),
        wanted == null ? List.of() : ListValues.of(row, wanted.values(), json));
  }

  /**
   * The classes that labels name, sorted: as numbers where all are whole numbers from 0 on, and
   * there are no more than {@code outputs}.
   */
  public static List<String> classes(List<PictureEntry> entries, int outputs) {
    SortedSet<String> labels = labels(entries);
    return labels.stream().allMatch(label -> number(label) < outputs)
        ? IntStream.range(0, outputs).mapToObj(Integer::toString).toList()
        : List.copyOf(labels);
  }

  /** The same where no outputs are known: numbers go up to the largest that is there. */
  public static List<String> classes(List<PictureEntry> entries) {
    int largest = labels(entries).stream().mapToInt(PictureList::number).max().orElse(0);
    return classes(entries, Math.min(largest, MOST_NUMBERS - 1) + 1);
  }

  private static SortedSet<String> labels(List<PictureEntry> entries) {
    SortedSet<String> labels = new TreeSet<>();
    entries.forEach(
        entry -> labels.add(ClassLabels.composed(Check.present(entry.label(), entry.path()))));
    return labels;
  }

  /** Returns the number that a label is; more than any class has if it is none. */
  private static int number(String label) {
    return label.matches("0|[1-9]\\d{0,8}") ? Integer.parseInt(label) : Integer.MAX_VALUE;
  }

  private static ObjectReader json() {
    return JsonMapper.builder().build().readerFor(JsonNode.class);
  }

  /** Reads rows by the separator that makes the heading name what is wanted. */
  private static ObjectReader csv(String name, byte[] head, @Nullable TargetColumns wanted)
      throws IOException {
    List<String> heading = List.of();
    for (char separator : SEPARATORS) {
      List<String> found = heading(head, separator);
      if (ListColumns.of(name, found, wanted).suffice(wanted)) {
        return csv().readerFor(JsonNode.class).with(schema(separator).withHeader());
      }
      heading = found.size() > heading.size() ? found : heading;
    }
    if (!heading.isEmpty()) {
      ListColumns.of(name, heading, wanted).check(name, heading, "the columns", wanted);
    }
    return csv().readerFor(JsonNode.class).with(schema(SEPARATORS[0]).withHeader());
  }

  private static List<String> heading(byte[] head, char separator) throws IOException {
    try (MappingIterator<List<String>> rows =
        csv()
            .readerForListOf(String.class)
            .with(CsvParser.Feature.WRAP_AS_ARRAY)
            .with(schema(separator))
            .readValues(head)) {
      return rows.hasNextValue() ? rows.nextValue() : List.of();
    }
  }

  private static CsvMapper csv() {
    return CsvMapper.builder()
        .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
        .enable(CsvParser.Feature.TRIM_SPACES)
        .build();
  }

  private static CsvSchema schema(char separator) {
    return CsvSchema.emptySchema().withColumnSeparator(separator);
  }

  private static @Nullable JsonNode value(JsonNode row, @Nullable String key) {
    return key == null ? null : row.get(key);
  }

  private static @Nullable String text(@Nullable JsonNode value) {
    if (value == null) {
      return null;
    } else if (value.isFloatingPointNumber()) {
      double number = value.doubleValue();
      boolean whole = number == Math.rint(number) && Math.abs(number) <= LARGEST_WHOLE;
      return whole ? Long.toString((long) number) : null;
    }
    boolean present = value.isTextual() || value.isIntegralNumber() || value.isBoolean();
    return present && !value.asText().isEmpty() ? value.asText() : null;
  }

  /** Paths stay in the folder: a list from elsewhere must not show what lies outside. */
  private static String inside(String path, String where) {
    boolean leaves = path.startsWith("/") || path.contains(":") || path.contains("\\");
    for (String part : path.split("/", -1)) {
      leaves |= part.equals("..") || part.isEmpty();
    }
    if (leaves) {
      throw new DataException(
          where
              + ": a picture's path must lead on from the folder of the data, without '..', ':' or"
              + " a slash at its start, but is '"
              + OneLine.of(path)
              + "'");
    }
    return path;
  }

  private static DataException damaged(String name, boolean json, Exception e) {
    String where =
        e instanceof JsonProcessingException problem
                && problem.getLocation() != null
                && problem.getLocation().getLineNr() > 0
            ? ":" + problem.getLocation().getLineNr()
            : "";
    String why =
        e instanceof JsonProcessingException problem
            ? problem.getOriginalMessage()
            : e.getMessage();
    return new DataException(
        name
            + where
            + ": must be "
            + (json ? "a JSON object a line" : "CSV with a heading")
            + ", but is damaged: "
            + OneLine.of(String.valueOf(why)),
        e);
  }
}
