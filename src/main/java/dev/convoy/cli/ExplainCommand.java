package dev.convoy.cli;

import dev.convoy.cli.input.ImageFormat;
import dev.convoy.data.IdxImages;
import dev.convoy.data.ImageStream;
import dev.convoy.image.ImageBlock;
import dev.convoy.loss.Task;
import dev.convoy.model.Model;
import dev.convoy.report.explain.Explainer;
import dev.convoy.report.explain.Explanation;
import dev.convoy.report.explain.ExplanationPage;
import dev.convoy.run.ModelInput;
import dev.convoy.run.WrongInputException;
import dev.convoy.spark.file.HadoopFiles;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code convoy explain}: runs in the driver, without a Spark session. */
@Command(
    name = "explain",
    description =
        "Shows a model at work on one image, number by number, as a page that opens in a browser.",
    footer = {
      "",
      "Example:",
      "  deploy/convoy explain out/fashion-sample data-samples/images/sneaker.png --output page.html"
    })
final class ExplainCommand extends ConvoyCommand {
  /** Whole numbers that an {@code int} holds. */
  private static final String WHOLE = "\\d{1,9}";

  @Parameters(index = "0", paramLabel = "MODEL", description = "The model's folder.")
  private String modelFolder;

  @Parameters(
      index = "1",
      paramLabel = "IMAGE",
      description = "A picture, or an IDX file of images, plain or gzip.")
  private String path;

  @Option(
      names = "--index",
      paramLabel = "N",
      description = "Which image of an IDX file, counted from 0; the first by default.")
  private @Nullable Integer index;

  @Option(
      names = "--label",
      paramLabel = "CLASS",
      description =
          "The true class, by name or number: the gradients are of its loss, and not of the"
              + " predicted class's.")
  private @Nullable String label;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      required = true,
      description = "Where the page goes.")
  private String output;

  @Option(names = "--overwrite", description = "Replace a file that is there.")
  private boolean overwrite;

  @Override
  public Integer call() throws IOException {
    HadoopFiles files = files(configuration());
    checkOutput(files);
    Model model = ModelInput.read(files, modelFolder);
    if (model.task() != Task.CLASSIFICATION) {
      throw new WrongInputException(
          modelFolder
              + ": the model must tell classes apart, but was trained for "
              + model.task()
              + " targets");
    }
    Integer target = label == null ? null : classNumber(model, label);
    ImageBlock image = image(files, model);
    String file = path.substring(path.lastIndexOf('/') + 1);
    String name = index == null ? file : file + ", image " + index;
    Explanation explanation = Explainer.explain(model, modelFolder, image, name, target);
    files.save(output, out -> ExplanationPage.write(explanation, out));
    return Failure.DONE;
  }

  private void checkOutput(HadoopFiles files) throws IOException {
    if (files.isFolder(output)) {
      throw new WrongInputException(output + ": the output must be a file, but is a folder");
    } else if (!overwrite && files.exists(output)) {
      throw new WrongInputException(
          output + ": the output must not be there yet, but is; --overwrite replaces it");
    }
  }

  /** A name, or a number where no class is named by one, as those of labels that start from 1. */
  private static int classNumber(Model model, String label) {
    int classes = model.classNames().size();
    int number = model.classNames().indexOf(label);
    boolean named = model.classNames().stream().anyMatch(name -> name.matches(WHOLE));
    if (number < 0 && !named && label.matches(WHOLE)) {
      number = Integer.parseInt(label);
    }
    if (number < 0 || number >= classes) {
      throw new WrongInputException(
          "--label must be the name of a class, or a number below "
              + classes
              + ", but is "
              + label);
    }
    return number;
  }

  private ImageBlock image(HadoopFiles files, Model model) throws IOException {
    switch (ImageFormat.of(files, path)) {
      case PICTURE -> {
        if (index != null) {
          throw new WrongInputException(
              path + ": --index needs an IDX file, but this is a picture");
        }
        return ModelInput.picture(files, model, path);
      }
      case IDX -> {
        return imageOfIdx(files, model);
      }
    }
    throw new IllegalStateException("No other format is known");
  }

  private ImageBlock imageOfIdx(HadoopFiles files, Model model) throws IOException {
    int number = index == null ? 0 : index;
    try (ImageStream images = IdxImages.open(files, path)) {
      ModelInput.check(model, images.shape(), path);
      if (number < 0 || number >= images.count()) {
        throw new WrongInputException(
            path + ": --index must be from 0 to " + (images.count() - 1) + ", but is " + number);
      }
      images.skip(number);
      return images.read(1);
    }
  }
}
