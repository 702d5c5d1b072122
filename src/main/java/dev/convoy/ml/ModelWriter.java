package dev.convoy.ml;

import dev.convoy.model.Model;
import dev.convoy.model.ModelFolder;
import dev.convoy.spark.file.HadoopFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLWriter;

/**
 * Saves a stage: Spark's {@code metadata}, and an ordinary model folder, which the command line
 * opens.
 */
final class ModelWriter extends MLWriter {
  static final String MODEL = "model";
  static final String METADATA = "metadata";

  private final Params stage;
  private final Model model;

  ModelWriter(Params stage, Model model) {
    this.stage = stage;
    this.model = model;
  }

  @Override
  public void saveImpl(String path) {
    new DefaultParamsWriter(stage).session(sparkSession()).saveImpl(path);
    HadoopFiles files =
        new HadoopFiles(new JavaSparkContext(sparkSession().sparkContext()).hadoopConfiguration());
    try {
      files.makeFolder(path + "/" + MODEL);
      ModelFolder.write(model, files, path + "/" + MODEL);
    } catch (IOException e) {
      throw new UncheckedIOException(path + ": cannot be written: " + e.getMessage(), e);
    }
  }
}
