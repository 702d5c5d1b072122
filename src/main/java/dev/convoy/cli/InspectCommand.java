package dev.convoy.cli;

import dev.convoy.cli.console.AugmentedSheet;
import dev.convoy.cli.console.PackInspection;
import dev.convoy.config.Job;
import dev.convoy.config.JobReader;
import dev.convoy.model.Model;
import dev.convoy.model.Provenance;
import dev.convoy.nn.Fingerprint;
import dev.convoy.nn.Network;
import dev.convoy.report.NetworkTable;
import dev.convoy.run.ModelInput;
import dev.convoy.run.WrongInputException;
import dev.convoy.spark.file.HadoopFiles;
import dev.convoy.spark.format.pack.PackFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code convoy inspect}: needs Spark and training data only to show augmented pictures. */
@Command(
    name = "inspect",
    description =
        "Shows the layers of a job or a model: shapes, parameters, multiply-adds; or what a pack of"
            + " pictures holds.",
    footer = {
      "",
      "Examples:",
      "  deploy/convoy inspect conf/fashion-sample.yaml",
      "  deploy/convoy inspect out/fashion-sample/model",
      "  deploy/convoy inspect conf/cifar-sample-resnet20.yaml --augmented 16 --output sheet.png",
      "  deploy/convoy inspect packs/train --sheet pictures.png"
    })
final class InspectCommand extends SparkCommand {
  @Parameters(
      paramLabel = "JOB|MODEL|PACK",
      description = "A job file, or the folder of a model or of a pack.")
  private String path;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Replace a key of the job, as in network.layers[0].conv2d.filters=8.")
  private List<String> overrides = new ArrayList<>();

  @Option(
      names = "--augmented",
      paramLabel = "N",
      description = "Draw so many training pictures as they are, and as training would see them.")
  private @Nullable Integer augmented;

  @Option(names = "--output", paramLabel = "FILE", description = "Where to, as PNG.")
  private @Nullable String output;

  @Option(names = "--overwrite", description = "Replace that file.")
  private boolean overwrite;

  @Option(
      names = "--sheet",
      paramLabel = "FILE",
      description = "Write a PNG with some pictures of the pack, a row for each class.")
  private @Nullable String sheet;

  @Override
  public Integer call() throws IOException {
    SparkConf configuration = configuration();
    HadoopFiles files = files(configuration);
    checkSheet(files);
    PrintStream out = System.out;
    if (!files.exists(path)) {
      throw new WrongInputException(
          path + ": must be a job file, or the folder of a model or a pack, but is not there");
    }
    PackFolder pack = new PackFolder(files, path);
    boolean isPack = files.isFolder(path) && (pack.isPack() || pack.isBegun());
    if (sheet != null && !isPack) {
      throw new WrongInputException(path + ": --sheet needs a pack, but this is none");
    } else if (isPack) {
      new PackInspection(files, pack, sheet).print(out);
    } else if (files.isFolder(path)) {
      if (!overrides.isEmpty() || augmented != null) {
        String option = augmented == null ? "--set" : "--augmented";
        throw new WrongInputException(
            path + ": " + option + " needs a job file, but this is a folder");
      }
      Model model = ModelInput.read(files, path);
      out.println("Model " + path);
      print(model.network(), out);
      print(model, out);
    } else {
      try (InputStream in = files.open(path)) {
        Job job = JobReader.read(in, path, overrides);
        if (augmented != null && output != null) {
          try (LazySpark spark = new LazySpark(() -> start(configuration, "inspect " + path))) {
            new AugmentedSheet(path, job, files).write(augmented, output, spark, out);
          }
          return Failure.DONE;
        }
        out.println("Job " + job.name());
        print(job.network(), out);
      }
    }
    return Failure.DONE;
  }

  private void checkSheet(HadoopFiles files) throws IOException {
    if ((augmented == null) != (output == null)) {
      throw new WrongInputException("--augmented and --output go together, but one is missing");
    } else if (augmented != null && (augmented < 1 || augmented > AugmentedSheet.MOST)) {
      throw new WrongInputException(
          "--augmented must be from 1 to " + AugmentedSheet.MOST + ", but was " + augmented);
    } else if (output != null && !overwrite && files.exists(output)) {
      throw new WrongInputException(output + ": must not be there yet; --overwrite replaces it");
    }
  }

  private static void print(Network network, PrintStream out) {
    out.println();
    NetworkTable.of(network).lines().forEach(out::println);
    out.println();
    out.println("Parameters are the layer's own: weights shared by all positions, and biases.");
    out.println("Beside them, the weights alone that it would need without sharing (locally");
    out.println("connected), or if each output saw the whole input (dense).");
  }

  private static void print(Model model, PrintStream out) {
    out.println();
    out.println("Classes:        " + String.join(", ", model.classNames()));
    out.println("Task:           " + model.task() + ", by " + model.loss().kind());
    out.println("Normalization:  " + model.normalization());
    out.println("Weights:        SHA-256 " + Fingerprint.sha256(model.weights().parameters()));
    Provenance provenance = model.provenance();
    if (provenance != null) {
      out.println(
          "Written by:     Convoy "
              + provenance.convoy()
              + " on Spark "
              + provenance.spark()
              + ", Java "
              + provenance.java()
              + ", after "
              + provenance.rounds()
              + " rounds");
    }
  }
}
