package dev.convoy.config.data;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Defaulted;
import org.jspecify.annotations.Nullable;

/**
 * Binary files of CIFAR-100: records of 3,074 bytes, a coarse label from 0 to 19, a fine one from 0
 * to 99, and the pixels {@code [3, 32, 32]}. Classes have the names that {@code
 * fine_label_names.txt} or {@code coarse_label_names.txt} in the same folder gives, if it is there
 * and the job names none.
 *
 * @param path of the files, or of their folder, of which those that end in {@code .bin} are taken
 * @param split which of a folder's files; required where the folder has files of both
 * @param labels which of the two; fine ones by default
 */
@PublicApi
public record Cifar100(Paths path, @Nullable CifarSplit split, @Defaulted CifarLabels labels)
    implements DataSource {
  public Cifar100 {
    Check.present(path, "Cifar100.path");
    labels = labels == null ? CifarLabels.FINE : labels;
  }

  @Override
  public boolean holdsPixels() {
    return true;
  }
}
