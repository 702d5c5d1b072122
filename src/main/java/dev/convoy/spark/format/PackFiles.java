package dev.convoy.spark.format;

import dev.convoy.config.data.Pack;
import dev.convoy.config.data.Parquet;
import dev.convoy.config.data.Paths;
import dev.convoy.data.ClassLabels;
import dev.convoy.data.ColumnTargets;
import dev.convoy.image.DataException;
import dev.convoy.image.Preparation;
import dev.convoy.spark.file.HadoopFiles;
import dev.convoy.spark.file.ParquetFooter;
import dev.convoy.spark.format.pack.PackFolder;
import dev.convoy.spark.format.pack.PackGap;
import dev.convoy.spark.format.pack.PackManifest;
import dev.convoy.spark.format.pack.PackShard;
import dev.convoy.spark.job.Transport;
import dev.convoy.spark.portion.Portions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;

/**
 * A pack. All of it is one part, and a picture's position that which it had among the pictures of
 * which the pack was made: so the order of the shards, by which they are read from first to last
 * byte, is not that of training.
 */
record PackFiles(
    HadoopFiles files, PackFolder folder, PackManifest manifest, ParquetColumns columns)
    implements FoundImages {
  private static final String INDEX = "index";

  static FoundImages find(HadoopFiles files, Pack pack, boolean labelled) throws IOException {
    PackFolder folder = new PackFolder(files, pack.path());
    PackManifest manifest = folder.manifest();
    List<String> names = labelled ? List.of("image", "label", INDEX) : List.of("image", INDEX);
    ParquetColumns columns = new ParquetColumns(names);
    for (PackShard shard : manifest.shards()) {
      String path = folder.in(shard.name());
      if (files.length(path) != shard.bytes()) {
        throw differs(path, "bytes", shard.bytes(), files.length(path));
      }
      ParquetFooter footer = ParquetFooter.read(files, path);
      for (String column : List.of("image", "label", INDEX)) {
        footer.checkColumn("pack", column);
      }
      columns.add(footer);
      if (footer.rows() != shard.records()) {
        throw differs(path, "records", shard.records(), footer.rows());
      }
    }
    return new PackFiles(files, folder, manifest, columns);
  }

  private static DataException differs(String path, String what, long expected, long found) {
    return new DataException(
        String.format(
            "%s: must have %d %s, as %s says, but has %d",
            path, expected, what, PackFolder.MANIFEST, found));
  }

  @Override
  public List<String> classNames(int outputs) {
    return manifest.classes();
  }

  @Override
  public List<String> remarks() {
    int gaps = manifest.gaps().size();
    return gaps == 0
        ? List.of()
        : List.of(folder.path() + ": " + gaps + " pictures that were bad are not in the pack.");
  }

  @Override
  public ReadImages read(Supplier<JavaSparkContext> spark, ImageRequest request)
      throws IOException {
    if (request.encoded() && manifest.plan().shape() != null) {
      throw new DataException(
          folder.path()
              + ": must be a pack of pictures for data.cache: encoded, but is one of pixels; decoded"
              + " suits it");
    }
    JavaSparkContext context = spark.get();
    checkSums(context);
    Map<String, Integer> parts = new HashMap<>();
    List<String> absolute = new ArrayList<>();
    List<String> paths = folder.shards(manifest);
    for (String path : paths) {
      // As Spark writes the path in a row's metadata.
      parts.put(files.hadoopPath(path).toUri().toString(), parts.size());
      absolute.add(files.absolute(path));
    }
    ClassLabels classes = request.classes();
    Preparation preparation = request.preparation();
    boolean encoded = request.encoded();
    Parquet source = new Parquet(new Paths(paths), null, null, manifest.plan().shape(), null);
    ParquetTargets targets =
        classes == null
            ? null
            : new ParquetTargets(
                new RowTargets(
                    ColumnTargets.of(
                        folder.path(), source.targetColumns(), classes, request.loss()),
                    ParquetRecords.TARGET),
                null);
    int[] gaps = manifest.gaps().stream().mapToInt(PackGap::index).toArray();
    int records = manifest.records();
    ReadImages read =
        ReadImages.of(
            context,
            ParquetFiles.rows(context, columns, absolute)
                .toJavaRDD()
                .mapPartitions(
                    rows ->
                        new Portions(
                            located(
                                new ParquetRecords(
                                    rows, parts, paths, source, targets, preparation),
                                gaps,
                                records),
                            preparation,
                            encoded,
                            false)),
            request);
    if (read.records() != records) {
      throw new DataException(
          folder.path() + ": must hold " + records + " pictures, but holds " + read.records());
    } else if (classes != null && read.problems().isEmpty()) {
      checkCounts(classes, read.summary().perClass());
    }
    return read;
  }

  private void checkCounts(ClassLabels classes, List<Integer> found) {
    String path = folder.in(PackFolder.MANIFEST);
    int[] expected = new int[classes.size()];
    for (int c = 0; c < manifest.classes().size(); c++) {
      int count = manifest.counts().get(c);
      expected[count == 0 ? 0 : classes.number(manifest.classes().get(c), path)] += count;
    }
    for (int c = 0; c < expected.length; c++) {
      if (expected[c] != found.get(c)) {
        throw new DataException(
            String.format(
                "%s: counts must be those of the pictures, but of class %s are %d in place of %d",
                path, classes.names().get(c), found.get(c), expected[c]));
      }
    }
  }

  /** Each picture at its place among all. */
  private static Iterator<Portions.Located> located(ParquetRecords records, int[] gaps, int count) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return records.hasNext();
      }

      @Override
      public Portions.Located next() {
        ParquetRecords.Record record = records.next();
        Row row = record.row();
        long index = row.getLong(row.size() - 1);
        // Where it is not found, what comes back is -(how many are smaller) - 1.
        int found = Arrays.binarySearch(gaps, (int) index);
        int position = (int) index + found + 1;
        if (index != (int) index || found >= 0 || index < 0 || position >= count) {
          throw new DataException(
              record.name() + ": must have a number of the pack, but has " + index);
        }
        return new Portions.Located(0, position, record.example());
      }
    };
  }

  /** Refuses a shard that is not the one that was made. */
  private void checkSums(JavaSparkContext context) {
    List<PackShard> shards = manifest.shards();
    PackFolder folder = this.folder;
    context.setJobDescription("checking " + folder.path());
    List<String> damaged =
        Transport.parallelize(context, shards, shards.size())
            .map(shard -> folder.isWhole(shard) ? null : folder.in(shard.name()))
            .filter(Objects::nonNull)
            .collect();
    context.setJobDescription(null);
    if (!damaged.isEmpty()) {
      String others =
          damaged.size() == 1 ? "" : "; and " + (damaged.size() - 1) + " more are damaged";
      throw new DataException(
          damaged.get(0)
              + ": must have the SHA-256 that "
              + PackFolder.MANIFEST
              + " says, but is damaged"
              + others
              + "; the command that made the pack mends it");
    }
  }

  @Override
  public ImageName name(int id) {
    return new ImageName(folder.path(), id);
  }
}
