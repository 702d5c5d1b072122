package dev.convoy.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.convoy.loss.OutputActivation;
import dev.convoy.loss.Task;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Writes predictions, a line an image: file, index in it, and by task the class's number and name,
 * or the labels whose probability is above one half; then the probability of each class or label,
 * or its value where that is no probability.
 */
public final class PredictionWriter implements Closeable {
  private static final JsonFactory JSON = new JsonFactory();

  /** A probability above it predicts its label, as {@link Task#MULTI_LABEL} has it. */
  private static final float THRESHOLD = 0.5f;

  /** What spreadsheets take for the beginning of a formula, or skip before one. */
  private static final String FORMULA_STARTS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20";

  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d+)?([eE][+-]?\\d+)?");

  private final Format format;
  private final List<String> classNames;
  private final Task task;
  private final boolean probabilities;
  private final Writer out;

  /** Says how a line looks. */
  public enum Format {
    /** An object a line. */
    JSONL,
    /**
     * Comma-separated values under a heading; RFC 4180. Names and files that a spreadsheet would
     * compute, as they begin with {@code =}, {@code +}, {@code -} or {@code @}, have an apostrophe
     * before them; numbers do not.
     */
    CSV
  }

  /**
   * Writes probabilities of classes to this stream, which stays open when the writer is closed.
   *
   * @param classNames one an output
   */
  public PredictionWriter(Format format, List<String> classNames, OutputStream out)
      throws IOException {
    this(format, classNames, Task.CLASSIFICATION, OutputActivation.SOFTMAX, out);
  }

  /**
   * Writes predictions to this stream, which stays open when the writer is closed.
   *
   * @param classNames one an output
   * @param task what the outputs tell
   * @param activation that made the predictions
   */
  public PredictionWriter(
      Format format,
      List<String> classNames,
      Task task,
      OutputActivation activation,
      OutputStream out)
      throws IOException {
    this.format = format;
    this.classNames = List.copyOf(classNames);
    this.task = task;
    this.probabilities = activation != OutputActivation.NONE;
    this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    if (format == Format.CSV) {
      StringBuilder heading = new StringBuilder("file,index");
      heading.append(task == Task.CLASSIFICATION ? ",class,className" : "");
      classNames.forEach(name -> heading.append(',').append(quoted(name)));
      this.out.append(heading).append("\r\n");
    }
  }

  /**
   * Writes a line for each image.
   *
   * @param firstIndex of the first image in its file
   * @param predictions {@code [images][outputs]}
   */
  public void write(String file, int firstIndex, float[][] predictions) throws IOException {
    for (int i = 0; i < predictions.length; i++) {
      if (format == Format.CSV) {
        writeCsv(file, firstIndex + i, predictions[i]);
      } else {
        writeJson(file, firstIndex + i, predictions[i]);
      }
    }
  }

  private void writeJson(String file, int index, float[] values) throws IOException {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      json.writeStringField("file", file);
      json.writeNumberField("index", index);
      if (task == Task.CLASSIFICATION) {
        int best = largest(values);
        json.writeNumberField("class", best);
        json.writeStringField("className", classNames.get(best));
      } else if (task == Task.MULTI_LABEL) {
        writeLabels(json, values);
      }
      json.writeObjectFieldStart(probabilities ? "probabilities" : "values");
      for (int c = 0; c < values.length; c++) {
        json.writeNumberField(classNames.get(c), values[c]);
      }
      json.writeEndObject();
      json.writeEndObject();
    }
    out.append(line.toString()).append('\n');
  }

  private void writeLabels(JsonGenerator json, float[] values) throws IOException {
    json.writeArrayFieldStart("labels");
    for (int c = 0; c < values.length; c++) {
      if (values[c] > THRESHOLD) {
        json.writeString(classNames.get(c));
      }
    }
    json.writeEndArray();
  }

  private void writeCsv(String file, int index, float[] values) throws IOException {
    out.append(quoted(file)).append(',').append(Integer.toString(index));
    if (task == Task.CLASSIFICATION) {
      int best = largest(values);
      out.append(',')
          .append(Integer.toString(best))
          .append(',')
          .append(quoted(classNames.get(best)));
    }
    for (float value : values) {
      out.append(',').append(Float.toString(value));
    }
    out.append("\r\n");
  }

  /** Returns the text as a field that a spreadsheet shows and does not compute. */
  private static String quoted(String text) {
    return inQuotes(isFormula(text) ? "'" + text : text);
  }

  private static boolean isFormula(String text) {
    return !text.isEmpty()
        && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0
        && !NUMBER.matcher(text).matches();
  }

  private static String inQuotes(String text) {
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
