package dev.convoy.spark.portion;

import dev.convoy.data.ImageStream;
import dev.convoy.image.DataException;
import dev.convoy.spark.file.HadoopFiles;
import dev.convoy.tensor.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Portions of an {@link ImageStream}, read by several tasks where they can skip what is not theirs.
 */
public final class StreamPortions {
  /** Pixels and target vectors that one task reads; a failed one reads them again. */
  public static final long TASK_BYTES = 64 << 20;

  /** Pixels and target vectors that are held at a time. */
  private static final int READ_BYTES = 4 << 20;

  private StreamPortions() {}

  /**
   * Returns the portions.
   *
   * @param examples that there must be
   * @param shape that they must have
   * @param readers tasks that read; 0 for as many as pay
   */
  public static JavaRDD<Portion> read(
      JavaSparkContext spark,
      HadoopFiles files,
      ImageSource source,
      int examples,
      Shape shape,
      int readers) {
    int wanted = readers > 0 ? readers : readers(spark, files, source, examples);
    int tasks = Math.min(wanted, examples);
    List<Integer> numbers = IntStream.range(0, tasks).boxed().toList();
    return spark
        .parallelize(numbers, tasks)
        .flatMap(
            task -> {
              int from = (int) ((long) examples * task / tasks);
              int to = (int) ((long) examples * (task + 1) / tasks);
              return portions(open(source, files, examples, shape), from, to);
            });
  }

  /** One where a reader can't skip what is not its own, else all cores and more for much. */
  private static int readers(
      JavaSparkContext spark, HadoopFiles files, ImageSource source, int examples) {
    try (ImageStream images = source.open(files)) {
      long tasks = (long) examples * images.exampleBytes() / TASK_BYTES;
      return images.seekable() ? (int) Math.max(spark.defaultParallelism(), tasks) : 1;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the images, to be closed when the task ends, however it ends. */
  private static ImageStream open(
      ImageSource source, HadoopFiles files, int examples, Shape shape) {
    ImageStream images = source.open(files);
    TaskCompletionListener close = task -> close(images);
    TaskContext.get().addTaskCompletionListener(close);
    if (images.count() != examples || !images.shape().equals(shape)) {
      throw new DataException(
          "The data changed while they were read: there were "
              + examples
              + " images of "
              + shape
              + ", and now there are "
              + images.count()
              + " of "
              + images.shape());
    }
    return images;
  }

  private static void close(ImageStream images) {
    try {
      images.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Iterator<Portion> portions(ImageStream images, int from, int end) {
    images.skip(from);
    int atMost = Math.max(1, READ_BYTES / images.exampleBytes());
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return images.position() < end;
      }

      @Override
      public Portion next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        int first = images.position();
        return Portion.of(images.read(Math.min(atMost, end - first)), first);
      }
    };
  }
}
