package dev.convoy.config.data;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Defaulted;
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
 * @param followLinks whether symbolic links may lead out of the folder, to class folders elsewhere,
 *     say; {@code false} by default, which refuses them
 */
@PublicApi
public record Images(@Nullable String path, @Nullable String list, @Defaulted Boolean followLinks)
    implements DataSource {
  public Images {
    if (path == null && list == null) {
      throw new IllegalArgumentException("Images.path must be given, or else list, but neither is");
    }
    followLinks = followLinks != null && followLinks;
  }

  /** Pictures in a folder, or in a list, without links that lead out of the folder. */
  public Images(@Nullable String path, @Nullable String list) {
    this(path, list, null);
  }

  /** Returns the pictures of a folder that has a folder for each class. */
  public static Images of(String folder) {
    return new Images(folder, null);
  }
}
