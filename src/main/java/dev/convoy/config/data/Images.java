package dev.convoy.config.data;

import dev.convoy.api.Internal;
import dev.convoy.api.PublicApi;
import dev.convoy.data.TargetColumns;
import dev.convoy.tensor.Defaulted;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Picture files: PNG, JPEG, BMP, WebP, or the first frame of a GIF.
 *
 * <p>Without a list, the folder has a folder for each class, whose name is the class's; pictures
 * lie in it at any depth. Their order is that of their paths.
 *
 * @param path of the folder in which all pictures lie; by default that of the list
 * @param list path of a list of pictures and labels, in their order: CSV with the columns {@code
 *     path} and {@code label}, parted by commas, semicolons or tabs, or, if its name ends in {@code
 *     .jsonl}, a JSON object a line with these keys; paths lead on from the folder
 * @param label the list's column or key of labels; by default it is found by its name
 * @param labels the list's columns that tell, each for one label, whether a picture has it: {@code
 *     true}, {@code false}, or a number from 0 to 1; they name the network's outputs
 * @param target the list's column of numbers that is to be predicted, or several; in JSON one may
 *     hold arrays of numbers
 * @param weight the list's column of weights, finite and at least 0: how much each picture counts;
 *     by default all count alike
 * @param followLinks whether symbolic links may lead out of the folder, to class folders elsewhere,
 *     say; {@code false} by default, which refuses them
 */
@PublicApi
public record Images(
    @Nullable String path,
    @Nullable String list,
    @Nullable String label,
    @Nullable List<String> labels,
    @Nullable Columns target,
    @Nullable String weight,
    @Defaulted Boolean followLinks)
    implements DataSource {
  public Images {
    if (path == null && list == null) {
      throw new IllegalArgumentException("Images.path must be given, or else list, but neither is");
    }
    labels = labels == null ? null : List.copyOf(labels);
    TargetColumns columns = columns(label, labels, target, weight);
    if (list == null && !columns.equals(TargetColumns.CLASSES)) {
      String column = columns.all().get(0);
      throw new IllegalArgumentException(
          "Images."
              + columns.key(column)
              + " must name a column of a list, which pictures in folders of their classes have not,"
              + " but is "
              + column);
    }
    followLinks = followLinks != null && followLinks;
  }

  /** Pictures of classes, that all count alike. */
  public Images(@Nullable String path, @Nullable String list, @Nullable Boolean followLinks) {
    this(path, list, null, null, null, null, followLinks);
  }

  /** Pictures in a folder, or in a list, without links that lead out of the folder. */
  public Images(@Nullable String path, @Nullable String list) {
    this(path, list, null);
  }

  private static TargetColumns columns(
      @Nullable String label,
      @Nullable List<String> labels,
      @Nullable Columns target,
      @Nullable String weight) {
    return TargetColumns.of("Images", label, labels, target == null ? null : target.list(), weight);
  }

  /** The list's columns that tell what is known of a picture. */
  @Internal
  public TargetColumns targetColumns() {
    return columns(label, labels, target, weight);
  }

  /** Returns the pictures of a folder that has a folder for each class. */
  public static Images of(String folder) {
    return new Images(folder, null);
  }
}
