package dev.convoy.spark.format;

import dev.convoy.config.data.Cifar10;
import dev.convoy.config.data.Cifar100;
import dev.convoy.config.data.DataSource;
import dev.convoy.config.data.Idx;
import dev.convoy.config.data.Images;
import dev.convoy.config.data.Pack;
import dev.convoy.config.data.Parquet;
import dev.convoy.config.data.Sequencefile;
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
  static FoundImages find(DataSource source, HadoopFiles files, boolean labelled)
      throws IOException {
    // As instanceof: Java 17 has no switch over types.
    if (source instanceof Idx idx) {
      return new IdxFiles(files, idx);
    } else if (source instanceof Cifar10 cifar) {
      return CifarFiles.find(files, cifar);
    } else if (source instanceof Cifar100 cifar) {
      return CifarFiles.find(files, cifar);
    } else if (source instanceof Images images) {
      return PictureFiles.find(files, images, labelled);
    } else if (source instanceof Parquet parquet) {
      return ParquetFiles.find(files, parquet, labelled);
    } else if (source instanceof Pack pack) {
      return PackFiles.find(files, pack);
    } else if (source instanceof Sequencefile sequence) {
      return SequenceFiles.find(files, sequence);
    }
    throw new IllegalStateException("No reader is known for " + source);
  }
}
