package dev.convoy.cli;

import dev.convoy.cli.console.BadPictures;
import dev.convoy.cli.console.SkippedRecords;
import dev.convoy.cli.console.Terminal;
import dev.convoy.cli.console.TerminalLines;
import dev.convoy.cli.input.ImageFormat;
import dev.convoy.cli.input.SourceOption;
import dev.convoy.config.data.BadRecordRule;
import dev.convoy.data.IdxImages;
import dev.convoy.data.ImageStream;
import dev.convoy.data.PictureNames;
import dev.convoy.image.DataException;
import dev.convoy.image.ImageBlock;
import dev.convoy.model.FileSaver;
import dev.convoy.model.Model;
import dev.convoy.report.Numbers;
import dev.convoy.report.PredictionProgress;
import dev.convoy.report.PredictionWriter;
import dev.convoy.run.DistributedModel;
import dev.convoy.run.DistributedModel.Predictions;
import dev.convoy.run.ModelInput;
import dev.convoy.run.TablePrediction;
import dev.convoy.run.WrongInputException;
import dev.convoy.spark.file.HadoopFiles;
import dev.convoy.spark.format.DataAccess;
import dev.convoy.spark.format.FoundImages;
import dev.convoy.spark.format.PictureFiles;
import dev.convoy.spark.use.CatalogSink;
import dev.convoy.spark.use.FolderSink;
import dev.convoy.spark.use.ModelAtWork;
import dev.convoy.spark.use.PicturePredictions.Outcome;
import dev.convoy.spark.use.PredictionFormat;
import dev.convoy.spark.use.PredictionSink;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.apache.spark.SparkConf;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code convoy predict}: lines about files in the driver, batch after batch, without a Spark
 * session; lines about a data source, and tables, as Spark jobs.
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
      "  deploy/convoy predict out/my-run --data '{format: parquet, path: hdfs:///pictures}' \\",
      "      --output hdfs:///predictions --format parquet --keep id"
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
      description =
          "Images as a job would name them: '{format: cifar10, path: test_batch.bin}', or a file"
              + " that says so.")
  private @Nullable String data;

  @Option(
      names = "--format",
      paramLabel = "jsonl|csv|parquet|orc|table",
      defaultValue = "jsonl",
      description =
          "JSON lines, the default, CSV, Parquet, ORC, or a table of one of Spark's catalogs. The"
              + " last three are written by the executors; so are the others into a folder.")
  private PredictionFormat format;

  @Option(
      names = "--output",
      paramLabel = "FILE|DIR/|TABLE",
      description =
          "Where the lines go, a file or, with a slash at the end, a folder; standard output by"
              + " default. The folder of Parquet or ORC; the name of the table.")
  private @Nullable String output;

  @Option(
      names = "--provider",
      paramLabel = "NAME",
      description =
          "What keeps the table, as in delta, iceberg, orc: the catalog's own by default. With"
              + " --format table.")
  private @Nullable String provider;

  @Option(names = "--overwrite", description = "Replace predictions that the output holds.")
  private boolean overwrite;

  @Option(
      names = "--keep",
      split = ",",
      paramLabel = "COLUMN",
      description =
          "Columns beside the pictures that rows have as well, in a folder or a table; by default"
              + " all but the picture.")
  private @Nullable List<String> keep;

  @Option(
      names = "--prefix",
      paramLabel = "TEXT",
      description =
          "What the names of the columns of predictions begin with, in a folder or a table: model_"
              + " makes model_prediction of prediction.")
  private @Nullable String prefix;

  @Option(
      names = "--skip-bad",
      paramLabel = "SHARE",
      description = "Leave out pictures that can't be read, if they are at most this share of all.")
  private @Nullable Double skipBad;

  @Option(
      names = "--on-bad-record",
      paramLabel = "fail|skip|RULE",
      description =
          "What is done about pictures that can't be read, as data.onBadRecord of a job says it:"
              + " fail, the default, skip, or '{skip: {share: 0.1}}'. Those that are skipped are"
              + " named on standard error.")
  private @Nullable String onBadRecord;

  @Override
  public Integer call() throws IOException {
    if (paths.isEmpty() == (data == null)) {
      throw new WrongInputException(
          "predict needs FILE or else --data, but got " + (data == null ? "neither" : "both"));
    }
    if (overwrite && output == null) {
      throw new WrongInputException("--overwrite needs --output, what it replaces");
    }
    if (provider != null && format != PredictionFormat.TABLE) {
      throw new WrongInputException("--provider needs --format table, what it keeps");
    }
    BadRecordRule rule = BadPictures.rule(onBadRecord, skipBad);
    SparkConf configuration = configuration();
    HadoopFiles files = files(configuration);
    Model model = ModelInput.read(files, modelFolder);
    if (isTable()) {
      writeTable(configuration, files, model, rule);
      return Failure.DONE;
    }
    if (output != null && files.exists(output) && !overwrite) {
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
              .prepare(SourceOption.read(files, data), rule, new SkippedRecords());
      save(files, out -> predict(predictions, model, out));
    }
    return Failure.DONE;
  }

  /** Tells whether a table is asked for, which the executors write; else lines. */
  private boolean isTable() {
    boolean lines = format == PredictionFormat.JSONL || format == PredictionFormat.CSV;
    boolean folder = output != null && output.endsWith("/");
    if (lines && !folder && (keep != null || prefix != null)) {
      throw new WrongInputException(
          (keep != null ? "--keep" : "--prefix")
              + " needs --output with a slash at its end, the folder that the executors write, or"
              + " --format parquet, orc or table");
    }
    return !lines || folder;
  }

  private void writeTable(
      SparkConf configuration, HadoopFiles files, Model model, BadRecordRule rule)
      throws IOException {
    if (output == null) {
      throw new WrongInputException(
          "--format "
              + format.name().toLowerCase(Locale.ROOT)
              + " needs --output, "
              + (format == PredictionFormat.TABLE ? "the table's name" : "the folder to write"));
    }
    PredictionSink sink;
    if (format == PredictionFormat.TABLE) {
      sink = new CatalogSink(files, output, provider, overwrite);
    } else {
      FolderSink folder = new FolderSink(files, output, format, overwrite);
      folder.check(); // before Spark starts
      sink = folder;
    }
    TablePrediction prediction =
        new TablePrediction(model, modelFolder, keep, prefix == null ? "" : prefix, rule);
    try (Interrupt watch = Interrupt.watch(System.err, "Stopped; the output is as it was.");
        LazySpark spark = new LazySpark(() -> start(configuration, "predict " + modelFolder))) {
      FoundImages images =
          data == null
              ? PictureFiles.of(files, picturesAlone(files))
              : FoundImages.find(
                  SourceOption.read(files, data), new DataAccess(files, spark), false);
      TablePrediction.Result result =
          prediction.run(images, spark, sink, new PredictionProgress(System.err)::onPart);
      result.problems().forEach(problem -> System.err.println("skipped: " + problem));
      result.remarks().forEach(System.err::println);
      System.out.println(summary(result));
    }
  }

  private String summary(TablePrediction.Result result) {
    int skipped = result.problems().size();
    return "Predicted "
        + Numbers.count(result.pictures())
        + (result.pictures() == 1 ? " picture into " : " pictures into ")
        + output
        + (skipped == 0 ? "" : ", " + Numbers.count(skipped) + " skipped")
        + ", at "
        + Numbers.rate(result.picturesPerSecond())
        + " pictures/s, in "
        + Numbers.seconds(result.seconds())
        + " s.";
  }

  /** Pictures in files and below folders; a file of many images is none. */
  private List<String> picturesAlone(HadoopFiles files) throws IOException {
    for (String path : paths) {
      if (!files.isFolder(path) && ImageFormat.isIdx(files, path)) {
        throw new WrongInputException(
            path
                + ": must be a picture or a folder of them, but is an IDX file; --data '{format: idx,"
                + " images: FILE, labels: FILE}' takes it");
      }
    }
    return pictures(files);
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
        PredictionWriter.Format.valueOf(format.name()),
        model.classNames(),
        model.task(),
        model.loss().activation(),
        out);
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
    ModelAtWork atWork = ModelAtWork.of(model);
    try (PredictionWriter writer = writer(model, out)) {
      int next = 0;
      while (next < all.size()) {
        PictureRun run = new PictureRun(files, model, all, next);
        Iterator<Outcome<String>> outcomes = atWork.predict(run);
        while (outcomes.hasNext()) {
          Outcome<String> outcome = outcomes.next();
          float[] values = outcome.values();
          if (values == null) {
            bad.add(new DataException(String.valueOf(outcome.problem())));
          } else {
            writer.write(outcome.key(), 0, new float[][] {values});
          }
        }
        next = run.end();
        if (next < all.size()) {
          predictIdx(files, model, all.get(next), atWork, writer);
          next++;
        }
      }
    }
    bad.check(all.size());
  }

  private static void predictIdx(
      HadoopFiles files, Model model, String path, ModelAtWork atWork, PredictionWriter writer)
      throws IOException {
    try (ImageStream images = IdxImages.open(files, path)) {
      ModelInput.check(model, images.shape(), path);
      while (images.remaining() > 0) {
        int first = images.position();
        ImageBlock block = images.read(PIECE);
        writer.write(path, first, atWork.predictions(block));
      }
    }
  }
}
