package dev.convoy.cli;

import dev.convoy.cli.input.KernelInput;
import dev.convoy.cli.input.PaddingConverter;
import dev.convoy.cli.input.PictureInput;
import dev.convoy.image.filter.FilterMode;
import dev.convoy.image.filter.KernelFilter;
import dev.convoy.image.filter.NamedKernel;
import dev.convoy.image.filter.PictureFilter;
import dev.convoy.image.filter.PixelRange;
import dev.convoy.nn.layer.Padding;
import dev.convoy.nn.layer.Size;
import dev.convoy.report.TextTable;
import dev.convoy.run.WrongInputException;
import dev.convoy.spark.file.HadoopFiles;
import dev.convoy.spark.use.FilterJob;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code convoy filter}: files in the driver, a folder as a Spark job. */
@Command(
    name = "filter",
    description = "Slides a kernel over pictures: edges, blur, sharpening and the like, as PNG.",
    footer = {
      "",
      "Examples:",
      "  deploy/convoy filter data-samples/images --kernel sobel-vertical --output out",
      "  deploy/convoy filter photo.jpg --kernel '[[0,1,0],[1,-4,1],[0,1,0]]' --output out"
    })
final class FilterCommand extends SparkCommand {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "IMAGE",
      description = "Pictures, or folders, of which all pictures below are taken, as a Spark job.")
  private @Nullable List<String> paths;

  @Option(
      names = "--kernel",
      paramLabel = "NAME|FILE|MATRIX",
      description =
          "A kernel's name (see --list), a file with its matrix, or the matrix, as in"
              + " [[0,-1,0],[-1,5,-1],[0,-1,0]].")
  private @Nullable String kernel;

  @Option(names = "--output", paramLabel = "DIR", description = "The folder for the results.")
  private @Nullable String output;

  @Option(
      names = "--padding",
      paramLabel = "valid|same|N",
      converter = PaddingConverter.class,
      description = "The border of zeros: none, the default; to keep the size; or N pixels.")
  private @Nullable Padding padding;

  @Option(
      names = "--stride",
      paramLabel = "N",
      description = "Pixels from one window to the next; 1 by default.")
  private @Nullable Integer stride;

  @Option(
      names = "--mode",
      paramLabel = "correlation|convolution",
      description =
          "Take the kernel as it is, as networks do, the default; or turned by 180 degrees.")
  private FilterMode mode;

  @Option(names = "--per-channel", description = "Filter red, green and blue; else grey values.")
  private boolean perChannel;

  @Option(
      names = "--range",
      paramLabel = "minmax|clamp",
      description =
          "Show the least value black and the greatest white, the default; or values as pixels,"
              + " cut at 0 and 255, which suits blur and sharpening.")
  private PixelRange range;

  @Option(
      names = "--threshold",
      paramLabel = "T",
      description = "Show white what is above T, of a range from 0 to 1, and all else black.")
  private @Nullable Double threshold;

  @Option(names = "--overwrite", description = "Replace files in the output folder.")
  private boolean overwrite;

  @Option(names = "--list", description = "Show the kernels that have a name, and end.")
  private boolean list;

  @Override
  public Integer call() throws IOException {
    if (list) {
      list();
      return Failure.DONE;
    }
    List<String> paths = required(this.paths, "parameter: 'IMAGE'");
    String kernel = required(this.kernel, "option: '--kernel=NAME|FILE|MATRIX'");
    String output = required(this.output, "option: '--output=DIR'");
    SparkConf configuration = configuration();
    HadoopFiles files = files(configuration);
    FilterJob job = new FilterJob(files, filter(files, kernel));
    PictureInput input = PictureInput.find(files, paths, output, overwrite);
    if (input.hasFolder()) {
      try (JavaSparkContext spark = start(configuration, "filter " + String.join(" ", paths))) {
        job.run(spark, input.pictures());
      }
    } else {
      job.run(input.pictures());
    }
    System.out.printf(
        Locale.ROOT,
        "Wrote %s to %s%s%n",
        counted(input.pictures().size(), "picture"),
        output,
        input.others() == 0 ? "" : "; left out " + counted(input.others(), "other file"));
    return Failure.DONE;
  }

  private static String counted(int count, String what) {
    return String.format(Locale.ROOT, "%,d %s%s", count, what, count == 1 ? "" : "s");
  }

  private static void list() {
    TextTable table = new TextTable("<kernel", "<matrix", "<shows");
    for (NamedKernel named : NamedKernel.values()) {
      table.row(named.toString(), named.formula(), named.effect());
    }
    table.lines().forEach(System.out::println);
  }

  /**
   * Refuses an absent value, which the parser does not, because {@code --list} needs none of them.
   */
  private <T> T required(@Nullable T value, String what) {
    if (value == null) {
      throw new ParameterException(spec.commandLine(), "Missing required " + what);
    }
    return value;
  }

  private PictureFilter filter(HadoopFiles files, String kernel) throws IOException {
    if (stride != null && stride < 1) {
      throw new WrongInputException("--stride must be at least 1, but was " + stride);
    }
    if (threshold != null && !(threshold >= 0 && threshold < 1)) {
      throw new WrongInputException(
          "--threshold must be at least 0 and below 1, but was " + threshold);
    }
    KernelFilter filter =
        new KernelFilter(
            KernelInput.read(files, kernel),
            padding,
            stride == null ? null : Size.of(stride),
            mode);
    return new PictureFilter(filter, perChannel, range, threshold);
  }
}
