package dev.convoy.cli;

import dev.convoy.config.binding.Binder;
import dev.convoy.config.tree.TreeReader;
import dev.convoy.model.Model;
import dev.convoy.model.ModelFolder;
import dev.convoy.model.onnx.in.ImportOptions;
import dev.convoy.model.onnx.in.OnnxImport;
import dev.convoy.run.WrongInputException;
import dev.convoy.spark.file.HadoopFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code convoy import}: runs in the driver, without a Spark session. */
@Command(
    name = "import",
    description = "Makes a model of a file of ONNX.",
    footer = {
      "",
      "Examples:",
      "  deploy/convoy import resnet18.onnx --output models/resnet18 --classes imagenet.txt",
      "  deploy/convoy import flat.onnx --output models/flat --input '[3, 224, 224]'",
      "  deploy/convoy import small.onnx --output models/small --preprocess '[resize: {size: 64}]'"
    })
final class ImportCommand extends ConvoyCommand {
  private static final int MOST_BYTES = 1 << 20;

  @Parameters(paramLabel = "FILE", description = "The file of ONNX.")
  private String file;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "MODEL",
      description = "The model's folder.")
  private String output;

  @Option(names = "--overwrite", description = "Replace a model that the folder holds.")
  private boolean overwrite;

  @Option(
      names = "--input",
      paramLabel = "SHAPE",
      description = "Shape of a picture, as in [3, 224, 224], where the file leaves it open.")
  private @Nullable String input;

  @Option(
      names = "--value",
      paramLabel = "NAME",
      description = "A value of the graph that the network is to give; else the graph's output.")
  private @Nullable String value;

  @Option(
      names = "--classes",
      paramLabel = "FILE",
      description = "Names of the classes, one a line; else those in the file, or numbers.")
  private @Nullable String classes;

  @Option(
      names = "--normalization",
      paramLabel = "MAP",
      description =
          "Mean and deviation of each channel, as a job's normalize; else those in the file, or"
              + " pixels in [0, 1].")
  private @Nullable String normalization;

  @Option(
      names = "--preprocess",
      paramLabel = "LIST",
      description = "What makes pictures fit, as a job's preprocess; else nothing.")
  private @Nullable String preprocess;

  @Option(
      names = "--loss",
      paramLabel = "KIND",
      description =
          "What makes predictions of the outputs, as a job's loss; else as the file ends: softmax,"
              + " or sigmoid.")
  private @Nullable String loss;

  @Override
  public Integer call() throws IOException {
    HadoopFiles files = files(configuration());
    if (files.exists(output) && !files.isFolder(output)) {
      throw new WrongInputException(output + ": the output must be a folder, but is a file");
    } else if (!overwrite && files.exists(output + "/" + ModelFolder.DESCRIPTION)) {
      throw new WrongInputException(
          output + ": the output must not be a model yet, but is; --overwrite replaces it");
    } else if (!files.exists(file) || files.isFolder(file)) {
      throw new WrongInputException(file + ": must be a file of ONNX, but is not there");
    }
    ImportOptions options =
        new ImportOptions(
            option("input", input).input(),
            value,
            names(files),
            option("normalization", normalization).normalization(),
            option("preprocess", preprocess).preprocess(),
            option("loss", loss).loss());
    Model model = OnnxImport.read(files, file, options);
    files.makeFolder(output);
    ModelFolder.write(model, files, output);
    System.out.printf(
        "Imported %d layers with %,d parameters, from %s to %s: %s%n",
        model.network().nodes().size(),
        model.network().parameterCount(),
        model.network().input(),
        model.network().output(),
        output);
    return Failure.DONE;
  }

  /** What an option says, in the syntax of a job. */
  private static ImportOptions option(String name, @Nullable String text) {
    return text == null
        ? ImportOptions.none()
        : Binder.bind(
            TreeReader.read("{" + name + ": " + text + "}", "--" + name), ImportOptions.class);
  }

  private @Nullable List<String> names(HadoopFiles files) throws IOException {
    if (classes == null) {
      return null;
    }
    try (InputStream in = files.open(classes)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new WrongInputException(
            classes + ": must have at most " + MOST_BYTES + " bytes of names, one a line");
      }
      return new String(bytes, StandardCharsets.UTF_8).lines().toList();
    }
  }
}
