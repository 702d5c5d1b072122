package dev.convoy.spark.file;

import dev.convoy.image.DataException;
import dev.convoy.tensor.Check;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * What a Parquet file says of itself at its end.
 *
 * @param path of the file
 * @param metadata as Parquet's own library has them
 */
public record ParquetFooter(String path, ParquetMetadata metadata) {
  /** The key under which a file names its classes, as a JSON list of texts. */
  public static final String CLASSES = "convoy.classes";

  /**
   * Reads it.
   *
   * @throws DataException if there is none, or it speaks of bytes that the file does not have
   */
  public static ParquetFooter read(HadoopFiles files, String path) throws IOException {
    long length = files.length(path);
    try (ParquetFileReader reader =
        ParquetFileReader.open(
            HadoopInputFile.fromPath(files.hadoopPath(path), files.configuration()))) {
      ParquetMetadata metadata = reader.getFooter();
      for (BlockMetaData block : metadata.getBlocks()) {
        for (ColumnChunkMetaData chunk : block.getColumns()) {
          long start = chunk.getStartingPos();
          if (start < 0 || chunk.getTotalSize() < 0 || start > length - chunk.getTotalSize()) {
            throw damaged(path, "column " + chunk.getPath() + " would lie beyond its end", null);
          }
        }
      }
      return new ParquetFooter(path, metadata);
    } catch (DataException e) {
      throw e;
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      if (isOfUnknownType(e)) {
        throw new DataException(
            path
                + ": must have columns of types that this Spark's Parquet library knows, but has"
                + " one of another, as float16 is: a newer Spark reads it",
            e);
      }
      // Lists are made as long as a damaged footer claims.
      throw damaged(path, String.valueOf(e.getMessage()).lines().findFirst().orElse(""), e);
    }
  }

  /** Parquet's library before 1.14 ends so at a logical type that came later. */
  private static boolean isOfUnknownType(Throwable e) {
    return e instanceof NullPointerException
        && String.valueOf(e.getMessage()).contains("LogicalType.getSetField()");
  }

  private static DataException damaged(String path, String why, @Nullable Throwable cause) {
    return new DataException(
        path + ": must be a whole Parquet file, but is damaged: " + why, cause);
  }

  /** Returns how many rows the file says that it has. */
  public long rows() {
    return metadata.getBlocks().stream().mapToLong(BlockMetaData::getRowCount).sum();
  }

  /** Tells whether there is a column of this name, which may lead into others by dots. */
  public boolean hasColumn(String name) {
    return find(name) != null;
  }

  /** Refuses a file without a column, whose name may lead into others by dots. */
  public void checkColumn(String key, String name) {
    if (!hasColumn(name)) {
      List<String> names = new ArrayList<>();
      schema().getFields().forEach(field -> names.add(field.getName()));
      throw new DataException(
          path
              + ": must have the column that "
              + key
              + " names, "
              + name
              + ", but has "
              + String.join(", ", names));
    }
  }

  /** Returns the names that lead to a column, which is there. */
  public List<String> column(String name) {
    return Check.present(find(name), name);
  }

  private @Nullable List<String> find(String name) {
    if (schema().containsField(name)) {
      return List.of(name);
    }
    List<String> names = List.of(name.split("\\.", -1));
    return type(schema(), names) == null ? null : names;
  }

  /** Returns the type of a column to which names lead. */
  public Type type(List<String> column) {
    return Check.present(type(schema(), column), path);
  }

  private static @Nullable Type type(GroupType group, List<String> names) {
    if (!group.containsField(names.get(0))) {
      return null;
    }
    Type field = group.getType(names.get(0));
    if (names.size() == 1) {
      return field;
    }
    // Lists and maps have fields as well, which are none that one can ask for.
    boolean isStructure =
        !field.isPrimitive()
            && field.getLogicalTypeAnnotation() == null
            && !field.isRepetition(Type.Repetition.REPEATED);
    return isStructure ? type(field.asGroupType(), names.subList(1, names.size())) : null;
  }

  private MessageType schema() {
    return metadata.getFileMetaData().getSchema();
  }

  /**
   * Refuses a file of which a column can't be decompressed.
   *
   * @param column names that lead to it
   * @param configuration that knows the classes of codecs
   */
  public void checkCodec(List<String> column, Configuration configuration) {
    for (BlockMetaData block : metadata.getBlocks()) {
      for (ColumnChunkMetaData chunk : block.getColumns()) {
        List<String> names = List.of(chunk.getPath().toArray());
        String codec = chunk.getCodec().getHadoopCompressionCodecClassName();
        boolean wanted =
            names.size() >= column.size() && names.subList(0, column.size()).equals(column);
        if (wanted && codec != null && configuration.getClassByNameOrNull(codec) == null) {
          throw new DataException(
              path
                  + ": must be compressed by a codec that this Spark has, but is by "
                  + chunk.getCodec()
                  + ", which needs the class "
                  + codec
                  + "; write the file anew with snappy, zstd or gzip");
        }
      }
    }
  }

  /**
   * Returns the names that the file gives the classes of a column; absent if it gives none.
   *
   * @param column name of the column of labels, or names that lead to it by dots
   */
  public @Nullable List<String> classNames(String column) {
    return ParquetClassNames.of(path, metadata.getFileMetaData().getKeyValueMetaData(), column);
  }
}
