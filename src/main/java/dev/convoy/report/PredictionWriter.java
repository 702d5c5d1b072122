package dev.convoy.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes predictions, a line an image: file, index in it, class number and name, the probability of
 * each class.
 */
public final class PredictionWriter implements Closeable {
  private static final JsonFactory JSON = new JsonFactory();

  private final Format format;
  private final List<String> classNames;
  private final Writer out;

  /** How a line looks. */
  public enum Format {
    /** An object a line. */
    JSONL,
    /** Comma-separated values under a heading; RFC 4180. */
    CSV
  }

  /** Writes to this stream, which stays open when the writer is closed. */
  public PredictionWriter(Format format, List<String> classNames, OutputStream out)
      throws IOException {
    this.format = format;
    this.classNames = List.copyOf(classNames);
    this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    if (format == Format.CSV) {
      StringBuilder heading = new StringBuilder("file,index,class,className");
      classNames.forEach(name -> heading.append(',').append(quoted(name)));
      this.out.append(heading).append("\r\n");
    }
  }

  /**
   * Writes a line for each image.
   *
   * @param firstIndex of the first image in its file
   * @param probabilities {@code [images][classes]}
   */
  public void write(String file, int firstIndex, float[][] probabilities) throws IOException {
    for (int i = 0; i < probabilities.length; i++) {
      int best = largest(probabilities[i]);
      if (format == Format.CSV) {
        writeCsv(file, firstIndex + i, best, probabilities[i]);
      } else {
        writeJson(file, firstIndex + i, best, probabilities[i]);
      }
    }
  }

  private void writeJson(String file, int index, int best, float[] probabilities)
      throws IOException {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      json.writeStringField("file", file);
      json.writeNumberField("index", index);
      json.writeNumberField("class", best);
      json.writeStringField("className", classNames.get(best));
      json.writeObjectFieldStart("probabilities");
      for (int c = 0; c < probabilities.length; c++) {
        json.writeNumberField(classNames.get(c), probabilities[c]);
      }
      json.writeEndObject();
      json.writeEndObject();
    }
    out.append(line.toString()).append('\n');
  }

  private void writeCsv(String file, int index, int best, float[] probabilities)
      throws IOException {
    out.append(quoted(file)).append(',').append(Integer.toString(index)).append(',');
    out.append(Integer.toString(best)).append(',').append(quoted(classNames.get(best)));
    for (float probability : probabilities) {
      out.append(',').append(Float.toString(probability));
    }
    out.append("\r\n");
  }

  private static String quoted(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  private static int largest(float[] values) {
    int best = 0;
    for (int c = 1; c < values.length; c++) {
      if (values[c] > values[best]) {
        best = c;
      }
    }
    return best;
  }

  @Override
  public void close() throws IOException {
    out.flush();
  }
}
