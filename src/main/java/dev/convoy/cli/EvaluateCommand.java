package dev.convoy.cli;

import dev.convoy.config.Idx;
import dev.convoy.config.Job;
import dev.convoy.config.JobReader;
import dev.convoy.data.DataSummary;
import dev.convoy.data.ImageStream;
import dev.convoy.data.LabelRule;
import dev.convoy.image.ImageBlock;
import dev.convoy.model.Model;
import dev.convoy.spark.BlockRdd;
import dev.convoy.spark.HadoopFiles;
import dev.convoy.spark.ImageSource;
import dev.convoy.spark.SparkEvaluator;
import dev.convoy.train.Evaluation;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code convoy evaluate}. */
@Command(
    name = "evaluate",
    description = "Tells how well a model does on labelled images.",
    footer = {
      "",
      "Example:",
      "  deploy/convoy evaluate out/fashion-sample/model --job conf/fashion-sample.yaml"
    })
final class EvaluateCommand extends SparkCommand {
  @Parameters(paramLabel = "MODEL", description = "The model's folder.")
  private String modelFolder;

  @ArgGroup(multiplicity = "1")
  private Images images;

  /** Where the images come from. */
  private static final class Images {
    @Option(
        names = "--job",
        required = true,
        paramLabel = "JOB",
        description = "A job file, of which the test images are taken.")
    private String job;

    @ArgGroup(exclusive = false)
    private Files files;
  }

  /** Images and labels in IDX files. */
  private static final class Files {
    @Option(
        names = "--images",
        required = true,
        paramLabel = "FILE",
        description = "Images, IDX, plain or gzip.")
    private String images;

    @Option(
        names = "--labels",
        required = true,
        paramLabel = "FILE",
        description = "Their labels, IDX, plain or gzip.")
    private String labels;
  }

  @Override
  public Integer call() throws IOException {
    SparkConf configuration = configuration();
    HadoopFiles files = files(configuration);
    Model model = ModelInput.read(files, modelFolder);
    Idx idx = idx(files);
    int classes = model.classNames().size();
    ImageSource source =
        ImageSource.idx(idx.images(), idx.labels(), new LabelRule(classes, model.loss()));
    DataSummary summary;
    try (ImageStream stream = source.open(files)) {
      ModelInput.check(model, stream.shape(), idx.images());
      ModelInput.check(model, stream.task(), idx.labels());
      summary = DataSummary.of(stream, classes);
    }
    try (JavaSparkContext spark = start(configuration, "evaluate " + modelFolder)) {
      JavaRDD<ImageBlock> blocks =
          new BlockRdd(spark, files, source, summary.shape()).inOrder("images", summary.count());
      Evaluation evaluation =
          new SparkEvaluator(spark, model.network(), model.normalization(), model.loss(), blocks)
              .apply(model.weights());
      EvaluationReport.print(spark, evaluation, model.classNames(), true, System.out);
    }
    return Failure.DONE;
  }

  private Idx idx(HadoopFiles files) throws IOException {
    if (images.job == null) {
      return new Idx(images.files.images, images.files.labels);
    }
    try (InputStream in = files.open(images.job)) {
      Job job = JobReader.read(in, images.job, List.of());
      if (job.data().test() == null) {
        throw new WrongInputException(
            images.job + ": data.test is required to evaluate, but is absent");
      }
      return (Idx) job.data().test();
    }
  }
}
