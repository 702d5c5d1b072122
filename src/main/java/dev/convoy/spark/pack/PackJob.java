package dev.convoy.spark.pack;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.convoy.config.data.BadRecordRule;
import dev.convoy.config.data.Skip;
import dev.convoy.data.ClassLabels;
import dev.convoy.image.CenterCrop;
import dev.convoy.image.DataException;
import dev.convoy.image.ImageDecoder;
import dev.convoy.image.PixelSums;
import dev.convoy.image.Preparation;
import dev.convoy.image.Resize;
import dev.convoy.nn.layer.Size;
import dev.convoy.spark.file.HadoopFiles;
import dev.convoy.spark.format.pack.PackFolder;
import dev.convoy.spark.format.pack.PackGap;
import dev.convoy.spark.format.pack.PackManifest;
import dev.convoy.spark.format.pack.PackPlan;
import dev.convoy.spark.format.pack.PackShard;
import dev.convoy.spark.format.pack.PackShardReport;
import dev.convoy.spark.job.PartitionJob;
import dev.convoy.spark.job.Transport;
import dev.convoy.spark.portion.BadShare;
import dev.convoy.tensor.Shape;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/** Makes a pack on Spark: one task a shard, none of which needs another. */
public final class PackJob {
  private final HadoopFiles files;
  private final PackSource source;
  private final PackFolder folder;
  private final PackPlan plan;
  private final BadRecordRule onBadRecord;

  /** The pack that is there already; absent if none is. */
  private @Nullable PackManifest whole;

  /**
   * Makes a pack of these pictures in this folder.
   *
   * @param seed of the order in which pictures lie in the shards
   * @param shards how many; absent for as many as have 64 to 128 MiB
   * @param shape of pixels that are ready for use; absent to keep pictures as they are
   */
  public PackJob(
      HadoopFiles files,
      PackSource source,
      PackFolder folder,
      long seed,
      @Nullable Integer shards,
      @Nullable Shape shape,
      BadRecordRule onBadRecord) {
    int pictures = source.pictures().size();
    long bytes = shape == null ? source.bytes() : (long) pictures * shape.size();
    int count = shards == null ? PackPlan.shardsFor(bytes, pictures) : shards;
    this.files = files;
    this.source = source;
    this.folder = folder;
    this.plan = new PackPlan(source.listing(), pictures, seed, count, shape);
    this.onBadRecord = onBadRecord;
  }

  /** Hears of each shard that is done. */
  @FunctionalInterface
  public interface Progress {
    /** So many of all shards are done. */
    void onShard(int done, int all);
  }

  /**
   * What came of it.
   *
   * @param manifest of the pack
   * @param kept how many shards were there already, and whole
   */
  public record Result(PackManifest manifest, int kept) {}

  /** What a task did; it has no report where a shard of a whole pack was kept. */
  private record Done(int shard, @Nullable PackShardReport report, boolean kept)
      implements Serializable {}

  /**
   * Takes the folder for this pack.
   *
   * @param replaces whether another pack that lies there goes
   * @throws DataException if anything else lies there
   */
  public void claim(boolean replaces) throws IOException {
    whole = folder.claim(plan, replaces);
  }

  /**
   * Makes the shards that are not there, and then the manifest. The folder is claimed before.
   *
   * @throws DataException if pictures are bad and must not be
   */
  public Result run(JavaSparkContext spark, Progress progress) throws IOException {
    PackManifest whole = this.whole;
    List<PackTask> tasks =
        IntStream.range(0, plan.shards())
            .mapToObj(
                shard ->
                    source.task(
                        shard,
                        plan.indexes(shard),
                        whole == null ? null : whole.shards().get(shard)))
            .toList();
    Writing writing = writing();
    spark.setJobDescription("packing pictures");
    List<Done> all = new ArrayList<>();
    PartitionJob.run(
        spark,
        Transport.parallelize(spark, tasks, tasks.size()).map(writing::run),
        0,
        tasks.size(),
        (shard, done) -> {
          all.add(done);
          progress.onShard(all.size(), tasks.size());
        });
    spark.setJobDescription(null);
    all.sort(Comparator.comparingInt(Done::shard));
    int kept = (int) all.stream().filter(Done::kept).count();
    if (whole != null) {
      checkMended(whole, all);
      return new Result(whole, kept);
    }
    List<PackShardReport> reports = all.stream().map(Done::report).toList();
    PackManifest manifest = manifest(reports);
    folder.writeManifest(manifest);
    return new Result(manifest, kept);
  }

  private Writing writing() throws IOException {
    List<String> names = source.classes();
    return new Writing(
        files,
        folder,
        source.folder(),
        plan,
        new ClassLabels(names),
        JsonMapper.builder().build().writeValueAsString(names),
        onBadRecord instanceof Skip);
  }

  /** What every task takes along. */
  private record Writing(
      HadoopFiles files,
      PackFolder folder,
      String pictures,
      PackPlan plan,
      ClassLabels classes,
      String classesJson,
      boolean skips)
      implements Serializable {
    Done run(PackTask task) throws IOException {
      if (task.expected() != null && folder.isWhole(task.expected())) {
        return new Done(task.shard(), null, true);
      } else if (task.expected() == null) {
        PackShardReport before = folder.wholeShard(plan, task.shard());
        if (before != null && (skips || before.gaps().isEmpty())) {
          return new Done(task.shard(), before, true);
        }
      }
      PackShardWriter writer = new PackShardWriter(files, pictures, plan, classes, decoder());
      String path = folder.in(PackShard.name(task.shard()));
      PackShardReport report = writer.write(task, path, skips, classesJson);
      if (task.expected() == null && (skips || report.gaps().isEmpty())) {
        folder.writeReport(task.shard(), report);
      }
      return new Done(task.shard(), report, false);
    }

    private @Nullable ImageDecoder decoder() {
      Shape shape = plan.shape();
      if (shape == null) {
        return null;
      }
      int side = Math.max(shape.height(), shape.width());
      return new ImageDecoder(
          new Preparation(
              shape,
              List.of(
                  new Resize(side, null),
                  new CenterCrop(new Size(shape.height(), shape.width())))));
    }
  }

  private PackManifest manifest(List<PackShardReport> reports) {
    List<PackGap> gaps =
        reports.stream()
            .flatMap(report -> report.gaps().stream())
            .sorted(Comparator.comparingInt(PackGap::index))
            .toList();
    checkGaps(gaps);
    PixelSums grey = new PixelSums(1);
    PixelSums sums = new PixelSums(3);
    int[] counts = new int[source.classes().size()];
    for (PackShardReport report : reports) {
      grey.add(report.grey());
      sums.add(report.colour());
      for (int c = 0; c < counts.length; c++) {
        counts[c] += report.counts().get(c);
      }
    }
    if (sums.pixels() == 0) {
      sums = grey;
    } else {
      sums.add(grey);
    }
    float[] mean = new float[sums.channels()];
    float[] deviation = new float[sums.channels()];
    for (int c = 0; c < mean.length; c++) {
      mean[c] = (float) sums.mean(c);
      deviation[c] = (float) sums.deviation(c);
    }
    PackManifest manifest =
        new PackManifest(
            PackFolder.FORMAT_VERSION,
            plan,
            source.classes(),
            IntStream.of(counts).boxed().toList(),
            mean,
            deviation,
            gaps,
            reports.stream().map(PackShardReport::shard).toList(),
            null);
    return manifest.sealed();
  }

  private void checkGaps(List<PackGap> gaps) {
    BadShare.check(gaps.stream().map(PackGap::problem).toList(), plan.pictures(), onBadRecord);
  }

  /** A shard that is made anew is the one that it was, unless the pictures are others. */
  private void checkMended(PackManifest whole, List<Done> all) {
    for (Done done : all) {
      PackShard expected = whole.shards().get(done.shard());
      PackShardReport made = done.report();
      if (made != null && !done.kept() && !made.shard().equals(expected)) {
        throw new DataException(
            folder.in(expected.name())
                + ": was damaged, and can't be mended: the pictures are no longer those that it was"
                + " made of, or another version made it");
      }
    }
  }
}
