package dev.convoy.spark.pack;

import dev.convoy.config.data.DataSource;
import dev.convoy.config.data.Fail;
import dev.convoy.config.data.Images;
import dev.convoy.config.data.Pack;
import dev.convoy.data.ClassLabels;
import dev.convoy.image.Picture;
import dev.convoy.loss.SoftmaxCrossEntropy;
import dev.convoy.random.Purpose;
import dev.convoy.random.SeededRandom;
import dev.convoy.spark.SparkSettings;
import dev.convoy.spark.file.HadoopFiles;
import dev.convoy.spark.format.FoundImages;
import dev.convoy.spark.format.ImageRequest;
import dev.convoy.spark.format.ReadImages;
import dev.convoy.spark.format.pack.PackFolder;
import dev.convoy.spark.format.pack.PackManifest;
import dev.convoy.tensor.Shape;
import dev.convoy.train.sampling.Sampler;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Times, under {@code local[2]}, the packing of many small PNG files, and what a training does
 * before its first round: finding, reading and checking all images, and bringing them into the
 * cache; from the folder and from the pack in turn. All files are in the system's cache, having
 * just been written, which favours the folder.
 */
public final class PackBenchmark {
  private static final Shape SHAPE = Shape.of(3, 32, 32);
  private static final int CLASSES = 10;
  private static final int BATCH = 64;
  private static final int STEPS = 16;
  private static final double MEBIBYTE = 1 << 20;

  private PackBenchmark() {}

  /** Takes the number of pictures and that of repetitions. */
  public static void main(String[] args) throws IOException {
    int pictures = Integer.parseInt(args[0]);
    int repetitions = Integer.parseInt(args[1]);
    Path top = Files.createTempDirectory("convoy-pack-bench");
    try {
      Path folder = top.resolve("pictures");
      long bytes = write(folder, pictures);
      say("%,d PNG files of 3x32x32 with %,.1f MiB in all", pictures, bytes / MEBIBYTE);
      SparkConf configuration =
          SparkSettings.apply(
              new SparkConf()
                  .setMaster("local[2]")
                  .setAppName("pack benchmark")
                  .set("spark.ui.enabled", "false")
                  .set("spark.local.dir", top.resolve("spark").toString()));
      try (JavaSparkContext spark = new JavaSparkContext(configuration)) {
        spark.setLogLevel("ERROR");
        run(spark, top, folder.toString(), repetitions);
      }
    } finally {
      delete(top);
    }
  }

  private static void run(JavaSparkContext spark, Path top, String folder, int repetitions)
      throws IOException {
    HadoopFiles files = new HadoopFiles(spark.hadoopConfiguration());
    List<Double> packing = new ArrayList<>();
    List<Double> fromFolder = new ArrayList<>();
    List<Double> fromPack = new ArrayList<>();
    String[] fingerprints = new String[2];
    int count = 0;
    for (int i = 0; i <= repetitions; i++) {
      String output = top.resolve("pack-" + i).toString();
      long start = System.nanoTime();
      PackSource source = PackSource.find(files, new Images(folder, null));
      PackJob job =
          new PackJob(files, source, new PackFolder(files, output), 0, null, null, new Fail());
      job.claim(false);
      PackManifest manifest = job.run(spark, (done, all) -> {}).manifest();
      final double packed = seconds(start);
      count = manifest.records();
      start = System.nanoTime();
      fingerprints[0] = read(spark, files, new Images(folder, null));
      final double ofFolder = seconds(start);
      start = System.nanoTime();
      fingerprints[1] = read(spark, files, new Pack(output));
      final double ofPack = seconds(start);
      if (!fingerprints[0].equals(fingerprints[1])) {
        throw new IllegalStateException("The pack holds other images than the folder");
      }
      if (i == 0) { // the compiler's
        say(
            "packed: %,d files with %,.1f MiB",
            manifest.shards().size(), manifest.bytes() / MEBIBYTE);
        continue;
      }
      packing.add(packed);
      fromFolder.add(ofFolder);
      fromPack.add(ofPack);
    }
    show("packing", packing, count);
    show("a training's data, read from the folder", fromFolder, count);
    show("a training's data, read from the pack", fromPack, count);
  }

  /** What a training does with its data before the first round. */
  private static String read(JavaSparkContext spark, HadoopFiles files, DataSource source)
      throws IOException {
    FoundImages found = FoundImages.find(source, files, true);
    ImageRequest request =
        new ImageRequest(
            SHAPE,
            List.of(),
            new ClassLabels(found.classNames(CLASSES)),
            new SoftmaxCrossEntropy(),
            new Fail());
    ReadImages read = found.read(() -> spark, request);
    int count = read.summary().count();
    Sampler sampler = Sampler.of(count, 2, BATCH, STEPS, true, 1, SHAPE.size());
    var blocks = read.blocks().sampled(sampler);
    if (blocks.count() != sampler.partitions()) {
      throw new IllegalStateException("Blocks are missing");
    }
    spark.getPersistentRDDs().values().forEach(rdd -> rdd.unpersist(true));
    return read.summary().fingerprint();
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) * 1e-9;
  }

  private static void show(String what, List<Double> seconds, int pictures) {
    List<Double> sorted = seconds.stream().sorted().toList();
    double median = sorted.get(sorted.size() / 2);
    say(
        "%-42s %6.1f s (%.1f to %.1f), %,.0f pictures/s",
        what, median, sorted.get(0), sorted.get(sorted.size() - 1), pictures / median);
  }

  /** Smooth pictures with some noise, so that they are as large as photographs of their size. */
  private static long write(Path folder, int pictures) throws IOException {
    for (int c = 0; c < CLASSES; c++) {
      Files.createDirectories(folder.resolve("class" + c));
    }
    return IntStream.range(0, pictures)
        .parallel()
        .mapToLong(
            i -> {
              Path file = folder.resolve(String.format("class%d/%06d.png", i % CLASSES, i));
              try (OutputStream out = Files.newOutputStream(file)) {
                picture(i).writePng(out);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
              return file.toFile().length();
            })
        .sum();
  }

  private static Picture picture(int number) {
    SeededRandom random = SeededRandom.of(number, Purpose.PACK);
    byte[] pixels = new byte[SHAPE.size()];
    int plane = SHAPE.height() * SHAPE.width();
    int[] slopes = {random.nextInt(5), random.nextInt(5), random.nextInt(64)};
    for (int i = 0; i < pixels.length; i++) {
      int x = i % plane % SHAPE.width();
      int y = i % plane / SHAPE.width();
      pixels[i] = (byte) (slopes[2] + slopes[0] * x + slopes[1] * y % 128 + random.nextInt(12));
    }
    return new Picture(SHAPE, pixels);
  }

  private static void delete(Path top) throws IOException {
    try (Stream<Path> all = Files.walk(top)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  private static void say(String format, Object... values) {
    System.out.printf(Locale.ROOT, format + "%n", values);
  }
}
