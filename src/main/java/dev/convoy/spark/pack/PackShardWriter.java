package dev.convoy.spark.pack;

import dev.convoy.data.ClassLabels;
import dev.convoy.data.PictureEntry;
import dev.convoy.image.DataException;
import dev.convoy.image.ImageDecoder;
import dev.convoy.image.Picture;
import dev.convoy.image.PixelSums;
import dev.convoy.spark.file.FileSum;
import dev.convoy.spark.file.HadoopFiles;
import dev.convoy.spark.file.ParquetFooter;
import dev.convoy.spark.format.pack.PackGap;
import dev.convoy.spark.format.pack.PackPlan;
import dev.convoy.spark.format.pack.PackShard;
import dev.convoy.spark.format.pack.PackShardReport;
import dev.convoy.tensor.Shape;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.jspecify.annotations.Nullable;

/**
 * Makes one shard: reads each picture's file, decodes it, so that none gets into a pack that can't
 * be read, and writes its bytes or its pixels. The same pictures make the same bytes.
 */
public final class PackShardWriter {
  private static final MessageType ROW =
      MessageTypeParser.parseMessageType(
          "message picture { required int64 index; required binary name (STRING);"
              + " required binary label (STRING); required binary image; }");

  /** What is in memory at a time, in writing and in reading. */
  private static final long GROUP_BYTES = 16L << 20;

  /** Large pictures must not wait for a hundredth of their kind, as Parquet would have it. */
  private static final int ROWS_BEFORE_CHECK = 4;

  private final HadoopFiles files;
  private final String folder;
  private final PackPlan plan;
  private final ClassLabels classes;

  /** Null where pictures stay as they are. */
  private final @Nullable ImageDecoder decoder;

  private final PixelSums grey = new PixelSums(1);
  private final PixelSums colour = new PixelSums(3);
  private final List<PackGap> gaps = new ArrayList<>();
  private final int[] counts;

  /**
   * A writer of one shard.
   *
   * @param folder in which the pictures lie
   * @param decoder into pixels of the plan's shape; absent to keep pictures as they are
   */
  PackShardWriter(
      HadoopFiles files,
      String folder,
      PackPlan plan,
      ClassLabels classes,
      @Nullable ImageDecoder decoder) {
    this.files = files;
    this.folder = folder;
    this.plan = plan;
    this.classes = classes;
    this.decoder = decoder;
    this.counts = new int[classes.size()];
  }

  /** Writes the file; none where pictures are bad and must not be left out. */
  PackShardReport write(PackTask task, String path, boolean skips, String classesJson)
      throws IOException {
    MessageDigest digest = FileSum.sha256();
    int records;
    try {
      files.save(path, out -> write(task, new DigestOutputStream(out, digest), skips, classesJson));
      records = task.indexes().length - gaps.size();
    } catch (BadPicturesException e) {
      records = 0;
    }
    PackShard shard =
        new PackShard(
            PackShard.name(task.shard()),
            records,
            records == 0 && !skips ? 0 : files.length(path),
            FileSum.hex(digest));
    return PackShardReport.of(plan, shard, counts, grey, colour, gaps);
  }

  /** Thrown so that a file that must not be does not get its name. */
  private static final class BadPicturesException extends IOException {
    private static final long serialVersionUID = 1;
  }

  private void write(PackTask task, OutputStream out, boolean skips, String classesJson)
      throws IOException {
    StableFooter file = new StableFooter(out);
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new StreamOutputFile(file))
            .withConf(files.configuration())
            .withType(ROW)
            .withExtraMetaData(Map.of(ParquetFooter.CLASSES, classesJson))
            .withCompressionCodec(CompressionCodecName.UNCOMPRESSED)
            .withDictionaryEncoding(false)
            .withDictionaryEncoding("label", true)
            .withRowGroupSize(GROUP_BYTES)
            .withMinRowCountForPageSizeCheck(ROWS_BEFORE_CHECK)
            .build()) {
      for (int i = 0; i < task.indexes().length; i++) {
        PictureEntry entry = task.pictures()[i];
        byte[] image;
        try {
          image = image(entry, task.lengths()[i]);
        } catch (DataException e) {
          gaps.add(new PackGap(task.indexes()[i], e.getMessage()));
          continue;
        }
        if (skips || gaps.isEmpty()) {
          Group row = new SimpleGroup(ROW);
          row.add("index", (long) task.indexes()[i]);
          row.add("name", entry.path());
          row.add("label", entry.label());
          row.add("image", Binary.fromConstantByteArray(image));
          writer.write(row);
        }
      }
    }
    if (!skips && !gaps.isEmpty()) {
      throw new BadPicturesException();
    }
    file.finish();
  }

  /** Returns what the row holds of a picture; its class and pixels are counted. */
  private byte[] image(PictureEntry entry, long length) throws IOException {
    String name = folder + entry.path();
    final int label = classes.number(entry, name);
    byte[] file = read(name, length);
    byte[] image = file;
    Shape shape = plan.shape();
    if (decoder == null || shape == null) {
      Picture picture = ImageDecoder.decodePicture(new ByteArrayInputStream(file), name);
      add(picture.shape(), picture.pixels());
    } else {
      image = decoder.decode(file, name);
      add(shape, image);
    }
    counts[label]++;
    return image;
  }

  private void add(Shape shape, byte[] pixels) {
    (shape.channels() == 1 ? grey : colour).add(shape, pixels, 1);
  }

  private byte[] read(String name, long length) throws IOException {
    if (length > ImageDecoder.MAX_FILE_BYTES) {
      throw new DataException(
          name
              + ": a picture's file must have at most "
              + ImageDecoder.MAX_FILE_BYTES
              + " bytes, but has "
              + length);
    }
    try (InputStream in = files.open(name)) {
      byte[] file = in.readNBytes((int) length + 1);
      if (file.length != length) {
        throw new DataException(
            name
                + ": must not change while it is read, but had "
                + length
                + " bytes, and now has "
                + (file.length < length ? Integer.toString(file.length) : "more"));
      }
      return file;
    }
  }
}
