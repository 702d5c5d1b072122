package dev.convoy.model;

import dev.convoy.config.binding.Binder;
import dev.convoy.config.binding.TreeText;
import dev.convoy.config.binding.TreeWriter;
import dev.convoy.config.tree.Tree.Mapping;
import dev.convoy.config.tree.TreeReader;
import dev.convoy.data.FileOpener;
import dev.convoy.nn.Network;
import dev.convoy.nn.Weights;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A model as a folder: {@code model.json} says what it is, {@code weights.safetensors} holds the
 * weights.
 */
public final class ModelFolder {
  /** The name of the file that says what the model is. */
  public static final String DESCRIPTION = "model.json";

  /** The name of the file with the weights. */
  public static final String WEIGHTS = "weights.safetensors";

  private static final int FORMAT_VERSION = 1;

  private ModelFolder() {}

  /**
   * Writes a model into a folder that is there; {@code model.json} comes last, so that what has one
   * is whole.
   */
  public static void write(Model model, FileSaver files, String folder) throws IOException {
    ModelDescription description =
        new ModelDescription(
            FORMAT_VERSION,
            model.network(),
            model.preprocess(),
            model.normalization(),
            model.classNames(),
            model.task(),
            model.loss(),
            model.provenance());
    byte[] json = TreeText.json(TreeWriter.write(description)).getBytes(StandardCharsets.UTF_8);
    files.save(
        folder + "/" + WEIGHTS, out -> SafeTensors.write(model.network(), model.weights(), out));
    files.save(folder + "/" + DESCRIPTION, out -> out.write(json));
  }

  /**
   * Reads a model.
   *
   * @throws ModelException if a file is damaged or of another version
   * @throws dev.convoy.config.tree.ConfigException if {@code model.json} is not what it should be
   */
  public static Model read(FileOpener files, String folder) throws IOException {
    String name = folder + "/" + DESCRIPTION;
    Mapping tree;
    try (InputStream in = files.open(name)) {
      tree = TreeReader.read(in, name);
    }
    FormatVersion.check(tree, FORMAT_VERSION, "the description of a model", name);
    ModelDescription description = Binder.bind(tree, ModelDescription.class);
    Weights weights = weights(files, description.network(), folder + "/" + WEIGHTS);
    return new Model(
        description.network(),
        weights,
        description.preprocess(),
        description.normalize(),
        description.classes(),
        description.task(),
        description.loss(),
        description.provenance());
  }

  /**
   * Reads weights to start a training from.
   *
   * @param path of a safetensors file
   */
  public static Weights weights(FileOpener files, Network network, String path) throws IOException {
    checkLength(files.length(path), network, path);
    try (InputStream in = new BufferedInputStream(files.open(path))) {
      return SafeTensors.read(network, in, path);
    }
  }

  /** A description may claim any size: memory is taken for what the file holds. */
  private static void checkLength(long length, Network network, String path) {
    long values = (long) network.parameterCount() + network.bufferCount();
    if (length < values * Float.BYTES) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "%s: must hold the network's %,d values, %,d bytes, but has %,d bytes",
              path,
              values,
              values * Float.BYTES,
              length));
    }
    long heap = Runtime.getRuntime().maxMemory();
    if (values * Float.BYTES > heap) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "%s: the network's %,d values take %,d MB, but this process has %,d MB of heap:"
                  + " spark.driver.memory (--driver-memory), or -Xmx of a program, gives it more",
              path,
              values,
              values * Float.BYTES >> 20,
              heap >> 20));
    }
  }
}
