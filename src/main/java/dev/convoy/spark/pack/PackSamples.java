package dev.convoy.spark.pack;

import dev.convoy.image.DataException;
import dev.convoy.image.ImageDecoder;
import dev.convoy.image.Picture;
import dev.convoy.spark.file.HadoopFiles;
import dev.convoy.spark.file.ParquetFooter;
import dev.convoy.spark.format.pack.PackFolder;
import dev.convoy.spark.format.pack.PackManifest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;

/** A few pictures of each class of a pack: the first of the shards, which lie in random order. */
public final class PackSamples {
  /** Rows that are looked through at most for a class that is rare. */
  private static final int MOST_ROWS = 20_000;

  private PackSamples() {}

  /**
   * Reads them.
   *
   * @param classes how many classes, from the first on
   * @param perClass how many pictures of each, at most
   * @return a row for each class
   * @throws DataException if the pack is damaged
   */
  public static List<List<Picture>> read(
      HadoopFiles files, PackFolder folder, PackManifest manifest, int classes, int perClass)
      throws IOException {
    List<List<Picture>> rows = new ArrayList<>();
    for (int c = 0; c < classes; c++) {
      rows.add(new ArrayList<>());
    }
    int missing =
        manifest.counts().subList(0, classes).stream().mapToInt(n -> Math.min(n, perClass)).sum();
    int seen = 0;
    for (String path : folder.shards(manifest)) {
      ParquetFooter.read(files, path);
      try (ParquetReader<Group> reader =
          ParquetReader.builder(new GroupReadSupport(), files.hadoopPath(path))
              .withConf(files.configuration())
              .build()) {
        for (Group row = reader.read();
            row != null && missing > 0 && seen < MOST_ROWS;
            row = reader.read()) {
          seen++;
          int c = manifest.classes().indexOf(row.getString("label", 0));
          if (c >= 0 && c < classes && rows.get(c).size() < perClass) {
            rows.get(c).add(picture(row, manifest, path));
            missing--;
          }
        }
      } catch (DataException e) {
        throw e;
      } catch (IOException | RuntimeException e) {
        String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        throw new DataException(path + ": must be a shard of a pack, but is damaged: " + why, e);
      }
      if (missing == 0 || seen >= MOST_ROWS) {
        break;
      }
    }
    return rows;
  }

  private static Picture picture(Group row, PackManifest manifest, String path) throws IOException {
    byte[] image = row.getBinary("image", 0).getBytes();
    return manifest.plan().shape() == null
        ? ImageDecoder.decodePicture(
            new ByteArrayInputStream(image), path + ", " + row.getString("name", 0))
        : new Picture(manifest.plan().shape(), image);
  }
}
