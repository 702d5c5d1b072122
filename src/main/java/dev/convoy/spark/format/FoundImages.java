package dev.convoy.spark.format;

import dev.convoy.config.data.DataSource;
import dev.convoy.spark.file.HadoopFiles;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/**
 * A data set whose files were found and looked at from outside, without Spark: what is left is to
 * read them.
 */
public interface FoundImages {
  /** Finds the files of one kind of source. */
  interface Finder<S extends DataSource> {
    /** Finds the files of a source, as {@link FoundImages#find} does of any. */
    FoundImages find(DataAccess access, S source, boolean labelled) throws IOException;
  }

  /** Finds the files of one kind of source, which needs nothing else. */
  interface FileFinder<S extends DataSource> {
    /** Finds the files of a source, as {@link FoundImages#find} does of any. */
    FoundImages find(HadoopFiles files, S source, boolean labelled) throws IOException;
  }

  /** Returns the names that the data give their classes, in order; absent if they give none. */
  default @Nullable List<String> classNames(int outputs) {
    return null;
  }

  /** What a person should know, in sentences. */
  default List<String> remarks() {
    return List.of();
  }

  /**
   * Reads and checks all images.
   *
   * @param spark asked for where Spark is needed
   * @throws dev.convoy.image.DataException if the data are damaged, or records are bad and must not
   *     be
   */
  ReadImages read(Supplier<JavaSparkContext> spark, ImageRequest request) throws IOException;

  /**
   * Returns the pictures with what tells each from others, for who puts something of their own
   * beside that. Labels are not looked at.
   *
   * @param keep names of columns; absent for all that the format has, less the picture
   * @throws dev.convoy.image.DataException if there is no such column, or the data are damaged
   */
  default KeyedPictures keyed(
      Supplier<JavaSparkContext> spark, ImageRequest request, @Nullable List<String> keep)
      throws IOException {
    ReadImages read = read(spark, request);
    return PlacedPictures.of(spark.get(), this, read, keep);
  }

  /**
   * Returns what an image is called.
   *
   * @param id position in the order of the data, none of whose records is bad
   */
  ImageName name(int id);

  /** What errors about the kind of labels name. */
  default String labelsName() {
    return name(0).file();
  }

  /**
   * Finds the files of a source.
   *
   * @param labelled whether labels are wanted
   * @throws dev.convoy.image.DataException if one is missing, or can't be what it should be
   */
  static FoundImages find(DataSource source, DataAccess access, boolean labelled)
      throws IOException {
    return FormatReaders.of(source.getClass()).find(access, source, labelled);
  }

  /** The same of a source that lies in files. */
  static FoundImages find(DataSource source, HadoopFiles files, boolean labelled)
      throws IOException {
    Supplier<JavaSparkContext> none =
        () -> {
          throw new IllegalArgumentException("FoundImages.find needs Spark for " + source);
        };
    return find(source, new DataAccess(files, none), labelled);
  }
}
