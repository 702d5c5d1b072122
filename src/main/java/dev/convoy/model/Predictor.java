package dev.convoy.model;

import dev.convoy.api.PublicApi;
import dev.convoy.image.DataException;
import dev.convoy.image.ImageBlock;
import dev.convoy.image.ImageDecoder;
import dev.convoy.image.Preparation;
import dev.convoy.kernel.Kernels;
import dev.convoy.tensor.Shape;
import dev.convoy.train.score.Evaluator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Tells what is on pictures, in this process: what a web service embeds. Needs Convoy's jar alone,
 * neither Spark nor Hadoop, and gives the bits that predictions on a cluster give.
 *
 * <p>Any number of threads may share a predictor. As many of them as predict at the same time each
 * take memory for a batch of activations, which later calls use again. Vector kernels, which are
 * many times as fast as the others, need a JVM started with {@code --add-modules
 * jdk.incubator.vector}.
 */
@PublicApi
public final class Predictor {
  private static final String MODEL_OF_RUN = "model";

  private final Model model;
  private final Shape input;

  /** Absent where the network takes no pictures. */
  private final @Nullable ImageDecoder decoder;

  /** Those that no thread works with. */
  private final Queue<Evaluator> idle = new ConcurrentLinkedQueue<>();

  private Predictor(Model model) {
    this.model = model;
    input = model.network().input();
    boolean takesPictures = input.isImage() && (input.channels() == 1 || input.channels() == 3);
    decoder = takesPictures ? new ImageDecoder(new Preparation(input, model.preprocess())) : null;
  }

  /** Returns a predictor by this model. */
  public static Predictor of(Model model) {
    return new Predictor(model);
  }

  /**
   * Reads a model.
   *
   * @param folder of the model, or of the run that left it
   * @throws ModelException if there is none, or it is damaged or of another version
   * @throws IOException if it can't be read
   */
  public static Predictor load(Path folder) throws IOException {
    Path ofRun = folder.resolve(MODEL_OF_RUN);
    boolean isRun =
        !Files.exists(folder.resolve(ModelFolder.DESCRIPTION))
            && Files.exists(ofRun.resolve(ModelFolder.DESCRIPTION));
    Path found = isRun ? ofRun : folder;
    if (!Files.exists(found.resolve(ModelFolder.DESCRIPTION))) {
      throw new ModelException(
          folder
              + ": must be the folder of a model, with "
              + ModelFolder.DESCRIPTION
              + " in it, but has none");
    }
    return new Predictor(ModelFolder.read(new LocalFiles(), found.toString()));
  }

  /** Returns the model. */
  public Model model() {
    return model;
  }

  /**
   * Predicts on one picture.
   *
   * @param encoded bytes of a JPEG, PNG, GIF, BMP or WebP file
   * @throws DataException if it is no whole picture, or of a size that does not suit
   */
  public Prediction predict(byte[] encoded) {
    return predict(List.of(encoded)).get(0);
  }

  /**
   * Predicts on several pictures, which is quicker than one after the other.
   *
   * @param encoded bytes of JPEG, PNG, GIF, BMP or WebP files
   * @throws DataException if one is no whole picture, or of a size that does not suit; the message
   *     has its number, from 1
   */
  public List<Prediction> predict(List<byte[]> encoded) {
    if (decoder == null) {
      throw new IllegalStateException(
          "Predictor.predict needs a model of pictures, which have 1 or 3 channels, but it takes "
              + input
              + ": predictPixels takes its images");
    }
    List<byte[]> pixels = new ArrayList<>();
    for (byte[] file : encoded) {
      String name = encoded.size() == 1 ? "the picture" : "picture " + (pixels.size() + 1);
      pixels.add(decoder.decode(file, name));
    }
    return predictPixels(pixels);
  }

  /**
   * Predicts on one image of the network's size.
   *
   * @param pixels unsigned bytes {@code [C, H, W]}
   */
  public Prediction predictPixels(byte[] pixels) {
    return predictPixels(List.of(pixels)).get(0);
  }

  /**
   * Predicts on several images of the network's size.
   *
   * @param pixels unsigned bytes {@code [C, H, W]} each
   * @throws IllegalArgumentException if one has another size
   */
  public List<Prediction> predictPixels(List<byte[]> pixels) {
    int size = input.size();
    byte[] all = new byte[Math.multiplyExact(pixels.size(), size)];
    for (int i = 0; i < pixels.size(); i++) {
      if (pixels.get(i).length != size) {
        throw new IllegalArgumentException(
            "Predictor.predictPixels needs "
                + size
                + " bytes an image, "
                + input
                + ", but got "
                + pixels.get(i).length);
      }
      System.arraycopy(pixels.get(i), 0, all, i * size, size);
    }
    int[] labels = new int[pixels.size()];
    Arrays.fill(labels, ImageBlock.NO_LABEL);
    ImageBlock block = new ImageBlock(input, new int[pixels.size()], labels, all);
    return Arrays.stream(run(block))
        .map(values -> new Prediction(model.classNames(), values))
        .toList();
  }

  private float[][] run(ImageBlock block) {
    Evaluator evaluator = idle.poll();
    if (evaluator == null) {
      evaluator =
          new Evaluator(model.network(), model.weights(), model.normalization(), Kernels.chosen());
    }
    float[][] values = evaluator.predictions(block, model.loss().activation());
    idle.add(evaluator);
    return values;
  }
}
