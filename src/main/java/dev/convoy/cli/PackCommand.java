package dev.convoy.cli;

import dev.convoy.cli.console.PackReport;
import dev.convoy.cli.input.SourceOption;
import dev.convoy.config.data.BadRecordRule;
import dev.convoy.config.data.DataSource;
import dev.convoy.config.data.Fail;
import dev.convoy.config.data.Images;
import dev.convoy.config.data.Skip;
import dev.convoy.data.ClassBalance;
import dev.convoy.run.WrongInputException;
import dev.convoy.spark.file.HadoopFiles;
import dev.convoy.spark.format.pack.PackFolder;
import dev.convoy.spark.format.pack.PackGap;
import dev.convoy.spark.format.pack.PackManifest;
import dev.convoy.spark.pack.PackJob;
import dev.convoy.spark.pack.PackSource;
import dev.convoy.tensor.Shape;
import java.io.IOException;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code convoy pack}: many small files become a few large ones, on Spark. */
@Command(
    name = "pack",
    description = "Packs pictures in files of their own into a few large files to train from.",
    footer = {"", "Example:", "  deploy/convoy pack pictures/train --output packs/train"})
final class PackCommand extends SparkCommand {
  /** A larger picture of this side would be refused. */
  private static final int MOST_SIZE = 8192;

  @Parameters(
      paramLabel = "SOURCE",
      description =
          "A folder with a folder for each class; a list, .csv or .jsonl; or the two as a job would"
              + " name them: '{format: images, path: pictures, list: train.csv}'.")
  private String sourceText;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description =
          "The pack's folder: not there yet, or empty, or one that this command left unfinished.")
  private String output;

  @Option(
      names = "--decode",
      description = "Keep pixels that are ready for use; else pictures stay as they are.")
  private boolean decode;

  @Option(
      names = "--size",
      paramLabel = "PIXELS",
      description = "Height and width of the pixels: the middle of a picture of this shorter side.")
  private @Nullable Integer size;

  @Option(names = "--grey", description = "Keep grey pixels; else red, green and blue.")
  private boolean grey;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Of the order in which pictures lie in the files; 0 by default.")
  private long seed;

  @Option(
      names = "--shards",
      paramLabel = "N",
      description = "How many files; by default as many as have 64 to 128 MiB.")
  private @Nullable Integer shards;

  @Option(
      names = "--skip-bad",
      paramLabel = "SHARE",
      description = "Leave out pictures that can't be read, if they are at most this share of all.")
  private @Nullable Double skipBad;

  @Option(names = "--overwrite", description = "Replace a pack that the folder holds.")
  private boolean overwrite;

  @Override
  public Integer call() throws IOException {
    checkOptions();
    SparkConf configuration = configuration();
    HadoopFiles files = files(configuration);
    Images images = images(files);
    refuseInside(files, images);
    PackSource source = PackSource.find(files, images);
    if (shards != null && shards > source.pictures().size()) {
      throw new WrongInputException(
          "--shards must be at most the number of pictures, "
              + source.pictures().size()
              + ", but was "
              + shards);
    }
    PackFolder folder = new PackFolder(files, output);
    BadRecordRule rule = skipBad == null ? new Fail() : new Skip(skipBad);
    Shape shape = size != null ? Shape.of(grey ? 1 : 3, size, size) : null;
    PackJob job = new PackJob(files, source, folder, seed, shards, shape, rule);
    job.claim(overwrite);
    source.remarks().forEach(System.out::println);
    try (JavaSparkContext spark = start(configuration, "pack " + sourceText)) {
      PackJob.Result result = job.run(spark, PackCommand::progress);
      report(result);
    }
    return Failure.DONE;
  }

  private static void progress(int done, int all) {
    System.out.printf("Packed %,d of %,d files%n", done, all);
  }

  private void report(PackJob.Result result) {
    PackManifest manifest = result.manifest();
    if (result.kept() > 0) {
      System.out.printf(
          "%,d of %,d files were there already, and whole%n",
          result.kept(), manifest.shards().size());
    }
    for (PackGap gap : manifest.gaps()) {
      System.err.println("skipped: " + gap.problem());
    }
    ClassBalance.remarks("packed", manifest.counts(), manifest.classes())
        .forEach(System.out::println);
    PackReport.lines(manifest).forEach(System.out::println);
    System.out.println("Pack:      " + output);
  }

  private void checkOptions() {
    if (decode == (size == null)) {
      throw new WrongInputException(
          decode
              ? "--decode needs --size, the height and width of the pixels"
              : "--size needs --decode: pictures that stay as they are keep their sizes");
    } else if (grey && !decode) {
      throw new WrongInputException("--grey needs --decode: pictures stay as they are without it");
    } else if (size != null && (size < 1 || size > MOST_SIZE)) {
      throw new WrongInputException("--size must be from 1 to " + MOST_SIZE + ", but was " + size);
    } else if (shards != null && shards < 1) {
      throw new WrongInputException("--shards must be at least 1, but was " + shards);
    } else if (skipBad != null && !(skipBad >= 0 && skipBad <= 1)) {
      throw new WrongInputException("--skip-bad must be from 0 to 1, but was " + skipBad);
    }
  }

  private Images images(HadoopFiles files) throws IOException {
    if (sourceText.startsWith("{")) {
      DataSource source = SourceOption.read(sourceText);
      if (source instanceof Images images) {
        return images;
      }
      throw new WrongInputException(
          "SOURCE must be pictures in files of their own, {format: images, ...}, but is "
              + sourceText
              + ": the other formats are packed already");
    } else if (files.exists(sourceText) && !files.isFolder(sourceText)) {
      return new Images(null, sourceText);
    }
    return new Images(sourceText, null);
  }

  /** A pack among the pictures would be one of their classes the next time. */
  private void refuseInside(HadoopFiles files, Images images) throws IOException {
    String top = images.path() == null ? null : files.absolute(images.path()) + "/";
    if (top != null && (files.absolute(output) + "/").startsWith(top)) {
      throw new WrongInputException(
          output + ": the output must not lie in the folder of the pictures, " + images.path());
    }
  }
}
