package dev.convoy.testing;

import dev.convoy.image.ImageBlock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.SequenceFile;
import org.apache.hadoop.io.SequenceFile.CompressionType;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.compress.DefaultCodec;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** Writes images of a block in each format that Convoy reads. */
public final class DataFiles {
  private static final String ENCODED =
      "message pictures { optional binary image; optional binary label (STRING); }";
  private static final String PIXELS =
      "message pictures { required binary image; required int32 label; }";
  private static final String ARRAYS =
      "message pictures { required int64 label; required group image (LIST) { repeated group list {"
          + " required int32 element (INTEGER(16,true)); } } }";

  private DataFiles() {}

  /** A folder for each class; the pictures of a class in their order. */
  public static void folders(ImageBlock block, List<String> classes, Path folder)
      throws IOException {
    for (int i = 0; i < block.size(); i++) {
      Path ofClass = folder.resolve(classes.get(block.labels()[i]));
      Files.createDirectories(ofClass);
      Files.write(ofClass.resolve(name(i)), PictureBytes.png(block, i));
    }
  }

  /** What a picture's file is called: in alphabetical order they are in that of the block. */
  public static String name(int position) {
    return String.format("%04d.png", position);
  }

  /** Records of CIFAR-10. */
  public static byte[] cifar10(ImageBlock block) {
    return cifar(block, new byte[0]);
  }

  /** Records of CIFAR-100 with this coarse label. */
  public static byte[] cifar100(ImageBlock block, int coarse) {
    return cifar(block, new byte[] {(byte) coarse});
  }

  private static byte[] cifar(ImageBlock block, byte[] before) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < block.size(); i++) {
      out.writeBytes(before);
      out.write(block.labels()[i]);
      out.writeBytes(PictureBytes.pixels(block, i));
    }
    return out.toByteArray();
  }

  /** PNG files under names of folders and files. */
  public static void sequence(
      ImageBlock block, List<String> classes, Path file, CompressionType compression)
      throws IOException {
    try (SequenceFile.Writer writer =
        SequenceFile.createWriter(
            new Configuration(),
            SequenceFile.Writer.file(new org.apache.hadoop.fs.Path(file.toUri())),
            SequenceFile.Writer.keyClass(Text.class),
            SequenceFile.Writer.valueClass(BytesWritable.class),
            SequenceFile.Writer.compression(compression, codec()))) {
      for (int i = 0; i < block.size(); i++) {
        writer.append(
            new Text(classes.get(block.labels()[i]) + "/" + name(i)),
            new BytesWritable(PictureBytes.png(block, i)));
      }
    }
  }

  private static DefaultCodec codec() {
    DefaultCodec codec = new DefaultCodec();
    codec.setConf(new Configuration());
    return codec;
  }

  /** PNG files with the names of classes. */
  public static void parquetOfPictures(
      ImageBlock block, List<String> classes, Path file, Map<String, String> metadata)
      throws IOException {
    parquet(
        ENCODED,
        file,
        metadata,
        block.size(),
        (row, i) -> {
          row.add("image", Binary.fromConstantByteArray(PictureBytes.png(block, i)));
          row.add("label", classes.get(block.labels()[i]));
        });
  }

  /** Pixels channel by channel in bytes, with the numbers of classes. */
  public static void parquetOfBytes(ImageBlock block, Path file) throws IOException {
    parquetOfBytes(block, file, Map.of());
  }

  /** The same with labels of 64 bits. */
  public static void parquetOfLongLabels(ImageBlock block, Path file) throws IOException {
    parquet(
        PIXELS.replace("int32 label", "int64 label"),
        file,
        Map.of(),
        block.size(),
        (row, i) -> {
          row.add("image", Binary.fromConstantByteArray(PictureBytes.pixels(block, i)));
          row.add("label", (long) block.labels()[i]);
        });
  }

  /** Pixels channel by channel in bytes, with the numbers of classes and this metadata. */
  public static void parquetOfBytes(ImageBlock block, Path file, Map<String, String> metadata)
      throws IOException {
    parquet(
        PIXELS,
        file,
        metadata,
        block.size(),
        (row, i) -> {
          row.add("image", Binary.fromConstantByteArray(PictureBytes.pixels(block, i)));
          row.add("label", block.labels()[i]);
        });
  }

  /** Pixels in arrays of 16 bits, their channels side by side, with the numbers of classes. */
  public static void parquetOfArrays(ImageBlock block, Path file) throws IOException {
    parquet(
        ARRAYS,
        file,
        Map.of(),
        block.size(),
        (row, i) -> {
          row.add("label", (long) block.labels()[i]);
          Group list = row.addGroup("image");
          for (byte value : PictureBytes.channelsLast(block, i)) {
            list.addGroup("list").add("element", value & 0xFF);
          }
        });
  }

  private interface Filler {
    void fill(Group row, int position);
  }

  /** Small row groups, so that a file has several. */
  private static void parquet(
      String schema, Path file, Map<String, String> metadata, int rows, Filler filler)
      throws IOException {
    MessageType type = MessageTypeParser.parseMessageType(schema);
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(file.toUri()))
            .withType(type)
            .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
            .withExtraMetaData(metadata)
            .withRowGroupSize(32L << 10)
            .withMinRowCountForPageSizeCheck(4)
            .build()) {
      for (int i = 0; i < rows; i++) {
        Group row = new SimpleGroup(type);
        filler.fill(row, i);
        writer.write(row);
      }
    }
  }
}
