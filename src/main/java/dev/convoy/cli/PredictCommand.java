package dev.convoy.cli;

import dev.convoy.config.data.BadRecordRule;
import dev.convoy.data.IdxImages;
import dev.convoy.data.ImageStream;
import dev.convoy.data.PictureNames;
import dev.convoy.image.DataException;
import dev.convoy.image.ImageBlock;
import dev.convoy.kernel.Kernels;
import dev.convoy.loss.OutputActivation;
import dev.convoy.model.FileSaver;
import dev.convoy.model.Model;
import dev.convoy.report.PredictionWriter;
import dev.convoy.run.DistributedModel;
import dev.convoy.run.DistributedModel.Predictions;
import dev.convoy.run.ModelInput;
import dev.convoy.run.WrongInputException;
import dev.convoy.spark.file.HadoopFiles;
import dev.convoy.train.score.Evaluator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code convoy predict}: files in the driver, image after image, without a Spark session; a data
 * source as a Spark job.
 */
@Command(
    name = "predict",
    description =
        "Tells what is on pictures: a line an image with its class or labels, and all"
            + " probabilities or values.",
    footer = {
      "",
      "Examples:",
      "  deploy/convoy predict out/fashion-sample/model data-samples/images/*.png",
      "  deploy/convoy predict out/my-run --data '{format: parquet, path: hdfs:///pictures}'"
    })
final class PredictCommand extends SparkCommand {
  /** Images of an IDX file that are in memory at a time. */
  private static final int PIECE = 1024;

  @Parameters(index = "0", paramLabel = "MODEL", description = "The model's folder.")
  private String modelFolder;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "FILE",
      description =
          "Pictures, folders, of which all pictures below are taken, or IDX files of images, plain"
              + " or gzip.")
  private List<String> paths = new ArrayList<>();

  @Option(
      names = "--data",
      paramLabel = "SOURCE",
      description = "Images as a job would name them: '{format: cifar10, path: test_batch.bin}'.")
  private @Nullable String data;

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
  private @Nullable String output;

  @Option(
      names = "--on-bad-record",
      paramLabel = "fail|skip|RULE",
      defaultValue = "fail",
      description =
          "What is done about pictures that can't be read, as data.onBadRecord of a job says it:"
              + " fail, the default, skip, or '{skip: {share: 0.1}}'. Those that are skipped are"
              + " named on standard error.")
  private String onBadRecord;

  @Override
  public Integer call() throws IOException {
    if (paths.isEmpty() == (data == null)) {
      throw new WrongInputException(
          "predict needs FILE or else --data, but got " + (data == null ? "neither" : "both"));
    }
    BadRecordRule rule = BadPictures.rule(onBadRecord);
    SparkConf configuration = configuration();
    HadoopFiles files = files(configuration);
    Model model = ModelInput.read(files, modelFolder);
    if (output != null && files.exists(output)) {
      throw new WrongInputException(output + ": the output must not be there yet, but is");
    }
    if (data == null) {
      List<String> all = pictures(files);
      save(files, out -> predict(files, all, model, new BadPictures(rule), out));
      return Failure.DONE;
    }
    try (LazySpark spark = new LazySpark(() -> start(configuration, "predict " + modelFolder))) {
      Predictions predictions =
          new DistributedModel(model, files, spark)
              .prepare(SourceOption.read(data), rule, new SkippedRecords());
      save(files, out -> predict(predictions, model, out));
    }
    return Failure.DONE;
  }

  private void save(HadoopFiles files, FileSaver.Content content) throws IOException {
    if (output == null) {
      content.writeTo(Terminal.isOutput() ? new TerminalLines(System.out) : System.out);
    } else {
      files.save(output, content);
    }
  }

  /** Files as they are, and the pictures below folders. */
  private List<String> pictures(HadoopFiles files) throws IOException {
    List<String> all = new ArrayList<>();
    for (String path : paths) {
      if (files.isFolder(path)) {
        String folder = path.endsWith("/") ? path : path + "/";
        List<String> below =
            files.filesBelow(path).stream().filter(PictureNames::isPicture).toList();
        if (below.isEmpty()) {
          throw new WrongInputException(
              path + ": must hold pictures (" + PictureNames.ENDS + "), but holds none");
        }
        below.forEach(name -> all.add(folder + name));
      } else {
        all.add(path);
      }
    }
    return all;
  }

  private PredictionWriter writer(Model model, OutputStream out) throws IOException {
    return new PredictionWriter(
        format, model.classNames(), model.task(), model.loss().activation(), out);
  }

  private void predict(Predictions predictions, Model model, OutputStream out) throws IOException {
    try (PredictionWriter writer = writer(model, out)) {
      predictions.forEach(
          (file, index, prediction) ->
              writer.write(file, index, new float[][] {prediction.values()}));
    }
  }

  private void predict(
      HadoopFiles files, List<String> all, Model model, BadPictures bad, OutputStream out)
      throws IOException {
    Evaluator evaluator =
        new Evaluator(model.network(), model.weights(), model.normalization(), Kernels.chosen());
    OutputActivation activation = model.loss().activation();
    try (PredictionWriter writer = writer(model, out)) {
      for (String path : all) {
        ImageBlock picture = null;
        try {
          boolean isPicture = ImageFormat.of(files, path) == ImageFormat.PICTURE;
          picture = isPicture ? ModelInput.picture(files, model, path) : null;
        } catch (DataException | WrongInputException e) {
          bad.add(e);
          continue;
        }
        if (picture == null) {
          predictIdx(files, model, path, evaluator, writer);
        } else {
          writer.write(path, 0, evaluator.predictions(picture, activation));
        }
      }
    }
    bad.check(all.size());
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
