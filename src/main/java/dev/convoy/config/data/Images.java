package dev.convoy.config.data;

import dev.convoy.api.PublicApi;
import org.jspecify.annotations.Nullable;

/**
 * Picture files: PNG, JPEG, BMP, WebP, or the first frame of a GIF.
 *
 * <p>Without a list, the folder has a folder for each class, whose name is the class's; pictures
 * lie in it at any depth. Their order is that of their paths.
 *
 * @param path of the folder in which all pictures lie; by default that of the list
 * @param list path of a list of pictures and labels, in their order: CSV with the columns {@code
 *     path} and {@code label}, or, if its name ends in {@code .jsonl}, a JSON object a line with
 *     these keys; paths lead on from the folder
 */
@PublicApi
public record Images(@Nullable String path, @Nullable String list) implements DataSource {
  public Images {
    if (path == null && list == null) {
      throw new IllegalArgumentException("Images.path must be given, or else list, but neither is");
    }
  }

  /** Returns the pictures of a folder that has a folder for each class. */
  public static Images of(String folder) {
    return new Images(folder, null);
  }
}
