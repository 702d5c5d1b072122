package dev.convoy.cli;

import dev.convoy.cli.console.EvaluationReport;
import dev.convoy.cli.console.SkippedRecords;
import dev.convoy.cli.input.SourceOption;
import dev.convoy.config.Job;
import dev.convoy.config.JobReader;
import dev.convoy.config.data.BadRecordRule;
import dev.convoy.config.data.DataSource;
import dev.convoy.config.data.Fail;
import dev.convoy.config.data.Idx;
import dev.convoy.model.Model;
import dev.convoy.run.DistributedModel;
import dev.convoy.run.EvaluationResult;
import dev.convoy.run.ModelInput;
import dev.convoy.run.WrongInputException;
import dev.convoy.spark.file.HadoopFiles;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.spark.SparkConf;
import org.jspecify.annotations.Nullable;
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
    private @Nullable String job;

    @Option(
        names = "--data",
        required = true,
        paramLabel = "SOURCE",
        description = "Images as a job would name them: '{format: images, path: pictures}'.")
    private @Nullable String data;

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

  /** Images, and what is done about bad ones. */
  private record Chosen(DataSource source, BadRecordRule onBadRecord) {}

  @Override
  public Integer call() throws IOException {
    SparkConf configuration = configuration();
    HadoopFiles files = files(configuration);
    Model model = ModelInput.read(files, modelFolder);
    Chosen chosen = chosen(files);
    try (LazySpark spark = new LazySpark(() -> start(configuration, "evaluate " + modelFolder))) {
      EvaluationResult result =
          new DistributedModel(model, files, spark)
              .evaluate(chosen.source(), chosen.onBadRecord(), new SkippedRecords());
      EvaluationReport.print(result, true, System.out);
      result.notes().forEach(System.out::println);
    }
    return Failure.DONE;
  }

  private Chosen chosen(HadoopFiles files) throws IOException {
    if (images.data != null) {
      return new Chosen(SourceOption.read(images.data), new Fail());
    } else if (images.job == null) {
      return new Chosen(new Idx(images.files.images, images.files.labels), new Fail());
    }
    try (InputStream in = files.open(images.job)) {
      Job job = JobReader.read(in, images.job, List.of());
      if (job.data().test() == null) {
        throw new WrongInputException(
            images.job + ": data.test is required to evaluate, but is absent");
      }
      return new Chosen(job.data().test(), job.data().onBadRecord());
    }
  }
}
