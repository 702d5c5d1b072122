package dev.convoy.cli.input;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.convoy.config.tree.Suggestion;
import dev.convoy.image.filter.FilterKernel;
import dev.convoy.image.filter.KernelText;
import dev.convoy.image.filter.NamedKernel;
import dev.convoy.run.WrongInputException;
import dev.convoy.spark.file.HadoopFiles;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** A kernel that the user names, writes out, or has in a file. */
public final class KernelInput {
  private static final String OPTION = "--kernel";

  /** Room for a kernel of some 100,000 numbers. */
  private static final int MAX_BYTES = 1 << 20;

  private KernelInput() {}

  /** The kernel that a word means: a matrix, else a name, else the path of a file. */
  public static FilterKernel read(HadoopFiles files, String word) throws IOException {
    if (word.strip().startsWith("[")) {
      return KernelText.parse(word, OPTION);
    }
    Optional<NamedKernel> named = NamedKernel.find(word);
    if (named.isPresent()) {
      return named.get().kernel();
    }
    boolean isPath = word.contains("/") || word.contains(".");
    if (!isPath && (word.isBlank() || !files.exists(word))) {
      throw new WrongInputException(
          OPTION
              + " must be the name of a kernel, a file or a matrix, but was '"
              + word
              + "'"
              + Suggestion.of(word, NamedKernel.names())
              + " (convoy filter --list shows the names)");
    }
    return KernelText.parse(text(files, word), word);
  }

  private static String text(HadoopFiles files, String path) throws IOException {
    try (InputStream in = files.open(path)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new WrongInputException(
            path + ": a kernel's file must have at most " + MAX_BYTES + " bytes, but has more");
      }
      return new String(bytes, UTF_8);
    }
  }
}
