package dev.convoy.ml;

import dev.convoy.model.Model;
import dev.convoy.model.ModelException;
import dev.convoy.run.ModelInput;
import dev.convoy.run.WrongInputException;
import dev.convoy.spark.file.HadoopFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;

/**
 * Reads a stage that was saved, or makes one of a model folder, or of the folder of a run.
 *
 * @param <T> the stage
 */
final class ModelReader<T> extends MLReader<T> {
  private final Supplier<T> fresh;
  private final BiFunction<T, Model, T> take;

  /**
   * Reads stages.
   *
   * @param fresh makes one whose params have their defaults
   * @param take gives one its network
   */
  ModelReader(Supplier<T> fresh, BiFunction<T, Model, T> take) {
    this.fresh = fresh;
    this.take = take;
  }

  @Override
  public T load(String path) {
    HadoopFiles files =
        new HadoopFiles(new JavaSparkContext(sparkSession().sparkContext()).hadoopConfiguration());
    try {
      boolean saved = files.exists(path + "/" + ModelWriter.METADATA);
      T stage = saved ? new DefaultParamsReader<T>().load(path) : fresh.get();
      return take.apply(stage, ModelInput.read(files, path));
    } catch (WrongInputException | ModelException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(path + ": cannot be read: " + e.getMessage(), e);
    }
  }
}
