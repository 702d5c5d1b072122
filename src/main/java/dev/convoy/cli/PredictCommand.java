package dev.convoy.cli;

import dev.convoy.data.IdxImages;
import dev.convoy.data.ImageStream;
import dev.convoy.image.ImageBlock;
import dev.convoy.kernel.Kernels;
import dev.convoy.loss.OutputActivation;
import dev.convoy.model.Model;
import dev.convoy.report.PredictionWriter;
import dev.convoy.spark.HadoopFiles;
import dev.convoy.train.Evaluator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code convoy predict}: runs in the driver, image after image, without a Spark session. */
@Command(
    name = "predict",
    description =
        "Tells what is on pictures: a line an image with its class or labels, and all"
            + " probabilities or values.",
    footer = {
      "",
      "Example:",
      "  deploy/convoy predict out/fashion-sample/model data-samples/images/*.png"
    })
final class PredictCommand extends ConvoyCommand {
  /** Images of an IDX file that are in memory at a time. */
  private static final int PIECE = 1024;

  @Parameters(index = "0", paramLabel = "MODEL", description = "The model's folder.")
  private String modelFolder;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "FILE",
      description = "PNG or JPEG pictures, or IDX files of images, plain or gzip.")
  private List<String> paths;

  @Option(
      names = "--format",
      paramLabel = "jsonl|csv",
      defaultValue = "jsonl",
      description = "JSON lines, the default, or CSV.")
  private PredictionWriter.Format format;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Where the lines go; standard output by default.")
  private String output;

  @Override
  public Integer call() throws IOException {
    HadoopFiles files = files(configuration());
    Model model = ModelInput.read(files, modelFolder);
    if (output == null) {
      predict(files, model, System.out);
      System.out.flush();
    } else if (files.exists(output)) {
      throw new WrongInputException(output + ": the output must not be there yet, but is");
    } else {
      files.save(output, out -> predict(files, model, out));
    }
    return Failure.DONE;
  }

  private void predict(HadoopFiles files, Model model, OutputStream out) throws IOException {
    Evaluator evaluator =
        new Evaluator(model.network(), model.weights(), model.normalization(), Kernels.chosen());
    OutputActivation activation = model.loss().activation();
    try (PredictionWriter writer =
        new PredictionWriter(format, model.classNames(), model.task(), activation, out)) {
      for (String path : paths) {
        switch (ImageFormat.of(files, path)) {
          case PICTURE ->
              writer.write(
                  path,
                  0,
                  evaluator.predictions(ModelInput.picture(files, model, path), activation));
          case IDX -> predictIdx(files, model, path, evaluator, writer);
        }
      }
    }
  }

  private static void predictIdx(
      HadoopFiles files, Model model, String path, Evaluator evaluator, PredictionWriter writer)
      throws IOException {
    try (ImageStream images = IdxImages.open(files, path)) {
      ModelInput.check(model, images.shape(), path);
      while (images.remaining() > 0) {
        int first = images.position();
        ImageBlock block = images.read(PIECE);
        writer.write(path, first, evaluator.predictions(block, model.loss().activation()));
      }
    }
  }
}
