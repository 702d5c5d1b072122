package dev.convoy.run;

import dev.convoy.data.EncodedExample;
import dev.convoy.data.EncodedExample.Content;
import dev.convoy.data.RawExample;
import dev.convoy.image.ImageBlock;
import dev.convoy.image.ImageDecoder;
import dev.convoy.image.Preparation;
import dev.convoy.loss.Task;
import dev.convoy.model.Model;
import dev.convoy.model.ModelFolder;
import dev.convoy.spark.HeapSettings;
import dev.convoy.spark.file.HadoopFiles;
import dev.convoy.spark.use.UseMemory;
import dev.convoy.tensor.Shape;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.spark.SparkConf;

/** A model that the user names, and whether images suit it. */
public final class ModelInput {
  private ModelInput() {}

  /** Reads the model in this folder, or in the output folder of a run. */
  public static Model read(HadoopFiles files, String path) throws IOException {
    return ModelFolder.read(files, folder(files, path));
  }

  /** The folder of the model that a path means. */
  static String folder(HadoopFiles files, String path) throws IOException {
    String ofRun = path + "/" + OutputFolder.MODEL;
    if (files.exists(path + "/" + ModelFolder.DESCRIPTION)) {
      return path;
    } else if (files.exists(ofRun + "/" + ModelFolder.DESCRIPTION)) {
      return ofRun;
    }
    throw new WrongInputException(
        path
            + ": must be the folder of a model, with "
            + ModelFolder.DESCRIPTION
            + " in it, "
            + (files.exists(path) ? "but has none" : "but is not there"));
  }

  public static void check(Model model, Shape images, String name) {
    if (!images.equals(model.network().input())) {
      throw new WrongInputException(
          name
              + ": images must be "
              + model.network().input()
              + ", as the model takes, but are "
              + images);
    }
  }

  public static void check(Model model, Task labels, String name) {
    if (labels != model.task()) {
      boolean classes = labels == Task.CLASSIFICATION;
      throw new WrongInputException(
          name
              + ": labels must be "
              + (classes ? "target vectors, [N, outputs]" : "class numbers, [N]")
              + ", as the model was trained on, but are "
              + (classes ? "class numbers" : "target vectors"));
    }
  }

  /** Refuses what can't fit before the data are read, of which there may be much. */
  static void checkMemory(Model model, SparkConf configuration) {
    String problem = UseMemory.problem(model.network(), HeapSettings.of(configuration));
    if (problem != null) {
      throw new WrongInputException(problem);
    }
  }

  /**
   * Returns a picture that the model takes, or can be made to fit it; read when it is asked for.
   */
  public static RawExample example(HadoopFiles files, Model model, String path) {
    return new EncodedExample(path, null, Content.of(files, path), decoder(model, path));
  }

  private static ImageDecoder decoder(Model model, String path) {
    Shape input = model.network().input();
    if (!input.isImage() || input.channels() != 1 && input.channels() != 3) {
      throw new WrongInputException(
          path + ": pictures have 1 or 3 channels, but the model takes " + input);
    }
    return new ImageDecoder(new Preparation(input, model.preprocess()));
  }

  /** Reads a picture that the model takes, or can be made to fit it. */
  public static ImageBlock picture(HadoopFiles files, Model model, String path) throws IOException {
    ImageDecoder decoder = decoder(model, path);
    try (InputStream in = new BufferedInputStream(files.open(path))) {
      byte[] pixels = decoder.decode(in, path);
      Shape input = model.network().input();
      return new ImageBlock(input, new int[] {0}, new int[] {ImageBlock.NO_LABEL}, pixels);
    }
  }
}
