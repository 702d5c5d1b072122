package dev.convoy.cli;

import dev.convoy.cli.input.ImageFormat;
import dev.convoy.data.RawExample;
import dev.convoy.image.DataException;
import dev.convoy.image.Target;
import dev.convoy.model.Model;
import dev.convoy.run.ModelInput;
import dev.convoy.run.WrongInputException;
import dev.convoy.spark.file.HadoopFiles;
import dev.convoy.spark.use.PicturePredictions.Item;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Pictures of a command line from one place on, as far as no file of many images follows. */
final class PictureRun implements Iterator<Item<String>> {
  private final HadoopFiles files;
  private final Model model;
  private final List<String> paths;
  private int next;
  private @Nullable Item<String> ahead;

  /** The pictures of these paths from this place on. */
  PictureRun(HadoopFiles files, Model model, List<String> paths, int first) {
    this.files = files;
    this.model = model;
    this.paths = paths;
    this.next = first;
  }

  /** Returns the place of the file that ended the run, or the number of paths. */
  int end() {
    return next;
  }

  @Override
  public boolean hasNext() {
    if (ahead == null && next < paths.size()) {
      ahead = read(paths.get(next));
      next += ahead == null ? 0 : 1;
    }
    return ahead != null;
  }

  @Override
  public Item<String> next() {
    Item<String> item = hasNext() ? ahead : null;
    if (item == null) {
      throw new NoSuchElementException();
    }
    ahead = null;
    return item;
  }

  /** Returns the picture of a file; absent if the file is of many images. */
  private @Nullable Item<String> read(String path) {
    try {
      return ImageFormat.of(files, path) == ImageFormat.IDX
          ? null
          : new Item<>(path, ModelInput.example(files, model, path));
    } catch (DataException | WrongInputException e) {
      return new Item<>(path, new Bad(path, String.valueOf(e.getMessage())));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** A file that is no picture. */
  private record Bad(String name, String problem) implements RawExample {
    @Override
    public Target target() {
      return Target.NONE;
    }

    @Override
    public byte[] pixels() {
      throw new DataException(problem);
    }
  }
}
