package dev.convoy.spark.pack;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.convoy.config.data.Images;
import dev.convoy.data.PictureEntry;
import dev.convoy.data.TargetColumns;
import dev.convoy.image.DataException;
import dev.convoy.spark.file.FileSum;
import dev.convoy.spark.file.HadoopFiles;
import dev.convoy.spark.format.PictureFiles;
import dev.convoy.spark.format.pack.PackShard;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The pictures of which a pack is made, found and not read yet.
 *
 * @param folder of all, with a slash at its end
 * @param pictures in the order in which training takes them
 * @param lengths bytes of their files
 * @param classes names, in the order of their numbers
 * @param remarks what a person should know, in sentences
 */
public record PackSource(
    String folder,
    List<PictureEntry> pictures,
    long[] lengths,
    List<String> classes,
    List<String> remarks) {

  /**
   * Finds pictures as a training would.
   *
   * @throws DataException if there is none, or one is not there, or more than a class is to be
   *     known of each
   */
  public static PackSource find(HadoopFiles files, Images images) throws IOException {
    TargetColumns columns = images.targetColumns();
    if (columns.areVectors() || columns.weight() != null) {
      throw new DataException(
          images.list()
              + ": a pack holds classes alone, but "
              + columns.key(columns.values().get(0))
              + " names "
              + columns.values().get(0));
    }
    PictureFiles found = PictureFiles.find(files, images, true);
    List<PictureEntry> pictures = found.entries();
    Map<String, Long> below = found.lengths();
    long[] lengths = new long[pictures.size()];
    for (int i = 0; i < lengths.length; i++) {
      String path = pictures.get(i).path();
      Long length = below.get(path);
      lengths[i] = length == null ? files.length(found.folder() + path) : length;
    }
    return new PackSource(found.folder(), pictures, lengths, found.classNames(), found.remarks());
  }

  /** Bytes of all files. */
  long bytes() {
    long bytes = 0;
    for (long length : lengths) {
      bytes += length;
    }
    return bytes;
  }

  /** Tells whether pictures are the same, as far as can be told without reading them. */
  String listing() {
    MessageDigest digest = FileSum.sha256();
    for (String name : classes) {
      digest.update((name + '\0').getBytes(UTF_8));
    }
    for (int i = 0; i < lengths.length; i++) {
      PictureEntry picture = pictures.get(i);
      String line = picture.path() + '\0' + picture.label() + '\0' + lengths[i] + '\0';
      digest.update(line.getBytes(UTF_8));
    }
    return FileSum.hex(digest);
  }

  PackTask task(int shard, int[] indexes, @Nullable PackShard expected) {
    PictureEntry[] chosen = new PictureEntry[indexes.length];
    long[] bytes = new long[indexes.length];
    for (int i = 0; i < indexes.length; i++) {
      chosen[i] = pictures.get(indexes[i]);
      bytes[i] = lengths[indexes[i]];
    }
    return new PackTask(shard, expected, indexes, chosen, bytes);
  }
}
