package dev.convoy.spark.use;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.convoy.image.DataException;
import dev.convoy.spark.file.HadoopFiles;
import dev.convoy.spark.file.UnfinishedFolder;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Writes predictions as the files of a folder, a file a task. The folder is written beside its
 * place, and gets its name when it is whole.
 */
public final class FolderSink implements PredictionSink {
  /** Says what the folder holds; readers of tables pass over what begins with an underscore. */
  static final String NOTE = "_predictions.json";

  /** Which pictures were left out, and why. */
  static final String BAD_RECORDS = "_bad-records.jsonl";

  private final HadoopFiles files;
  private final String path;
  private final PredictionFormat format;
  private final boolean replaces;

  /**
   * A folder to be written.
   *
   * @param replaces whether other predictions that it holds go
   */
  public FolderSink(HadoopFiles files, String path, PredictionFormat format, boolean replaces) {
    this.files = files;
    this.path = path;
    this.format = format;
    this.replaces = replaces;
  }

  /** Refuses a place where something lies that must not go, without Spark. */
  public void check() throws IOException {
    if (!files.exists(path)) {
      return;
    } else if (!files.isFolder(path)) {
      throw new DataException(path + ": the output must be a folder, but is a file");
    } else if (files.names(path).isEmpty()) {
      return;
    } else if (!files.exists(path + "/" + NOTE)) {
      throw new DataException(
          path + ": the output must not be there yet, or hold predictions, but holds other files");
    } else if (!replaces) {
      throw new DataException(
          path + ": the output must not be there yet, but is; --overwrite replaces it");
    }
  }

  @Override
  public void check(SparkSession session) throws IOException {
    check();
  }

  @Override
  public void write(Dataset<Row> rows, Note note) throws IOException {
    try (UnfinishedFolder folder = UnfinishedFolder.of(files, path)) {
      writer(rows).save(folder.path());
      JsonMapper mapper = JsonMapper.builder().build();
      if (!note.problems().isEmpty()) {
        files.save(
            folder.path() + "/" + BAD_RECORDS,
            out -> {
              for (String problem : note.problems()) {
                out.write(mapper.writeValueAsBytes(Map.of("problem", problem)));
                out.write('\n');
              }
            });
      }
      Map<String, Object> content = new LinkedHashMap<>();
      content.put("model", note.model());
      content.put("names", note.names());
      content.put("pictures", note.pictures());
      content.put("skipped", note.problems().size());
      files.save(
          folder.path() + "/" + NOTE,
          out -> out.write((mapper.writeValueAsString(content) + "\n").getBytes(UTF_8)));
      folder.finish();
    }
  }

  private DataFrameWriter<Row> writer(Dataset<Row> rows) {
    return switch (format) {
      case PARQUET -> rows.write().format("parquet");
      case ORC -> rows.write().format("orc");
      // What a cluster has for its texts must not change them.
      case CSV ->
          flat(rows)
              .write()
              .format("csv")
              .option("header", true)
              .option("encoding", "UTF-8")
              .option("lineSep", "\n")
              .option("compression", "none")
              .option("escape", "\"")
              .option("ignoreLeadingWhiteSpace", false)
              .option("ignoreTrailingWhiteSpace", false);
      case JSONL ->
          rows.write()
              .format("json")
              .option("encoding", "UTF-8")
              .option("lineSep", "\n")
              .option("compression", "none")
              .option("ignoreNullFields", false);
      case TABLE -> throw new IllegalArgumentException("FolderSink.format must be of files");
    };
  }

  /** Returns the same rows with JSON for what is no single value, and base64 for bytes. */
  private static Dataset<Row> flat(Dataset<Row> rows) {
    StructField[] fields = rows.schema().fields();
    Column[] columns = new Column[fields.length];
    for (int i = 0; i < fields.length; i++) {
      Column column = functions.col("`" + fields[i].name().replace("`", "``") + "`");
      columns[i] = text(column, fields[i].dataType()).as(fields[i].name());
    }
    return rows.select(columns);
  }

  private static Column text(Column column, DataType type) {
    if (type instanceof ArrayType || type instanceof MapType || type instanceof StructType) {
      return functions.to_json(column);
    }
    return type instanceof BinaryType ? functions.base64(column) : column;
  }
}
