package dev.convoy.config.data;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import org.jspecify.annotations.Nullable;

/**
 * Binary files of CIFAR-10: records of 3,073 bytes, a label from 0 to 9 and the pixels {@code [3,
 * 32, 32]}. Classes have the names that {@code batches.meta.txt} in the same folder gives, if it is
 * there and the job names none.
 *
 * @param path of the files, or of their folder, of which those that end in {@code .bin} are taken
 * @param split which of a folder's files; required where the folder has files of both
 */
@PublicApi
public record Cifar10(Paths path, @Nullable CifarSplit split) implements DataSource {
  public Cifar10 {
    Check.present(path, "Cifar10.path");
  }

  @Override
  public boolean holdsPixels() {
    return true;
  }
}
