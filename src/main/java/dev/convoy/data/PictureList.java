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
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A list of pictures: CSV with a heading that names the columns {@code path} and {@code label}, or
 * an object a line with these keys where the list's name ends in {@code .jsonl} or {@code .json}.
 * Other columns and keys are passed over. A label is a text or a whole number.
 */
public final class PictureList {
  private static final String PATH = "path";
  private static final String LABEL = "label";

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
    boolean json = name.endsWith(".jsonl") || name.endsWith(".json");
    List<PictureEntry> entries = new ArrayList<>();
    try (MappingIterator<JsonNode> rows = (json ? json() : csv()).readValues(in)) {
      while (rows.hasNextValue()) {
        int line = rows.getCurrentLocation().getLineNr();
        JsonNode row = rows.nextValue();
        String path = text(row, PATH);
        String label = text(row, LABEL);
        if (path == null || labelled && label == null) {
          throw new DataException(
              String.format(
                  "%s:%d: must have a %s of text%s, but has %s",
                  name,
                  line,
                  PATH,
                  labelled ? " and a " + LABEL : "",
                  path == null ? "no " + PATH : "no " + LABEL));
        }
        entries.add(new PictureEntry(inside(path, name + ":" + line), label));
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

  /**
   * The classes that labels name, sorted: as numbers where all are whole numbers from 0 on, and
   * there are no more than {@code outputs}.
   */
  public static List<String> classes(List<PictureEntry> entries, int outputs) {
    Set<String> labels = new TreeSet<>();
    entries.forEach(entry -> labels.add(entry.label()));
    boolean numbers =
        labels.stream()
            .allMatch(
                label -> label.matches("0|[1-9]\\d{0,8}") && Integer.parseInt(label) < outputs);
    return numbers
        ? IntStream.range(0, outputs).mapToObj(Integer::toString).toList()
        : List.copyOf(labels);
  }

  private static ObjectReader json() {
    return JsonMapper.builder().build().readerFor(JsonNode.class);
  }

  private static ObjectReader csv() {
    return CsvMapper.builder()
        .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
        .enable(CsvParser.Feature.TRIM_SPACES)
        .build()
        .readerFor(JsonNode.class)
        .with(CsvSchema.emptySchema().withHeader());
  }

  private static @Nullable String text(JsonNode row, String key) {
    JsonNode value = row.get(key);
    boolean present = value != null && (value.isTextual() || value.isIntegralNumber());
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
