package dev.convoy.cli;

import dev.convoy.model.Model;
import dev.convoy.model.SafeTensors;
import dev.convoy.model.onnx.out.OnnxExport;
import dev.convoy.model.onnx.out.OnnxOptions;
import dev.convoy.run.ModelInput;
import dev.convoy.run.Version;
import dev.convoy.run.WrongInputException;
import dev.convoy.spark.file.HadoopFiles;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code convoy export}: runs in the driver, without a Spark session. */
@Command(
    name = "export",
    description = "Writes a model as a file that other programs read.",
    footer = {
      "",
      "Examples:",
      "  deploy/convoy export out/fashion-sample --format onnx --output fashion.onnx",
      "  deploy/convoy export out/fashion-sample --format safetensors --output fashion.safetensors"
    })
final class ExportCommand extends ConvoyCommand {
  /** What is written. */
  enum Format {
    ONNX,
    SAFETENSORS
  }

  @Parameters(paramLabel = "MODEL", description = "The model's folder.")
  private String modelFolder;

  @Option(
      names = "--format",
      required = true,
      paramLabel = "FORMAT",
      description =
          "onnx: layers and weights, for any runtime of ONNX; safetensors: the weights alone, by"
              + " PyTorch's names.")
  private Format format;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FILE",
      description = "Where the file goes.")
  private String output;

  @Option(names = "--overwrite", description = "Replace a file that is there.")
  private boolean overwrite;

  @Option(
      names = "--with-normalization",
      description = "ONNX takes pixels from 0 to 255, and normalizes them itself.")
  private boolean normalizes;

  @Option(
      names = "--with-activation",
      description = "ONNX gives predictions, by softmax or sigmoid as the model's loss has it.")
  private boolean activates;

  @Override
  public Integer call() throws IOException {
    if (format != Format.ONNX && (normalizes || activates)) {
      throw new WrongInputException(
          "--with-normalization and --with-activation need --format onnx: weights alone compute"
              + " nothing");
    }
    HadoopFiles files = files(configuration());
    if (files.isFolder(output)) {
      throw new WrongInputException(output + ": the output must be a file, but is a folder");
    } else if (!overwrite && files.exists(output)) {
      throw new WrongInputException(
          output + ": the output must not be there yet, but is; --overwrite replaces it");
    }
    Model model = ModelInput.read(files, modelFolder);
    OnnxOptions options = new OnnxOptions(normalizes, activates);
    files.save(
        output,
        out -> {
          if (format == Format.ONNX) {
            OnnxExport.write(model, options, Version.convoy(), out);
          } else {
            SafeTensors.writeForPyTorch(model.network(), model.weights(), out);
          }
        });
    System.out.printf(
        "Exported %d layers with %,d parameters: %s%n",
        model.network().nodes().size(), model.network().parameterCount(), output);
    return Failure.DONE;
  }
}
