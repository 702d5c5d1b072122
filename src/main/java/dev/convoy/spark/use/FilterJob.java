package dev.convoy.spark.use;

import dev.convoy.image.DataException;
import dev.convoy.image.ImageDecoder;
import dev.convoy.image.Picture;
import dev.convoy.image.filter.PictureFilter;
import dev.convoy.spark.file.HadoopFiles;
import dev.convoy.spark.job.Transport;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.ShapeException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Filters picture files. Each is read twice: first all are checked, so that a picture that can't be
 * filtered is found before anything is written; then each is filtered and saved. Reading costs
 * little beside the writing of a PNG.
 */
public final class FilterJob {
  /** Pictures of a task, where there are many. */
  private static final int PICTURES_A_TASK = 64;

  /** Tasks of a core, where there are few pictures: so that none waits for the largest long. */
  private static final int TASKS_A_CORE = 4;

  private final Work work;

  /** A job that filters files of these file systems. */
  public FilterJob(HadoopFiles files, PictureFilter filter) {
    this.work = new Work(files, filter);
  }

  /**
   * Filters one picture after the other in this thread.
   *
   * @throws DataException if one can't be filtered; nothing is written then
   */
  public void run(List<PicturePath> pictures) throws IOException {
    for (PicturePath picture : pictures) {
      Optional<String> problem = work.problem(picture);
      if (problem.isPresent()) {
        throw new DataException(problem.get());
      }
    }
    for (PicturePath picture : pictures) {
      work.filter(picture);
    }
  }

  /**
   * Filters pictures on Spark, each by itself.
   *
   * @throws DataException if some can't be filtered: about the first of them; nothing is written
   *     then
   */
  public void run(JavaSparkContext spark, List<PicturePath> pictures) {
    JavaRDD<PicturePath> rdd =
        Transport.parallelize(spark, pictures, tasks(pictures.size(), spark.defaultParallelism()));
    Work each = work; // the job itself does not travel
    spark.setJobDescription("check pictures");
    List<String> problems = rdd.mapPartitions(each::problems).collect();
    if (!problems.isEmpty()) {
      throw new DataException(problems.get(0) + others(problems.size() - 1));
    }
    spark.setJobDescription("filter pictures");
    rdd.foreach(each::filter);
    spark.setJobDescription(null);
  }

  private static int tasks(int pictures, int cores) {
    int few = Math.min(pictures, cores * TASKS_A_CORE);
    return Math.max(few, (pictures + PICTURES_A_TASK - 1) / PICTURES_A_TASK);
  }

  private static String others(int count) {
    return count == 0 ? "" : "; and " + count + " more can't be filtered";
  }

  /** What is done to a picture. */
  private record Work(HadoopFiles files, PictureFilter filter) implements Serializable {
    /** Why a picture can't be filtered. */
    Optional<String> problem(PicturePath picture) throws IOException {
      Shape shape;
      try {
        shape = read(picture).shape();
      } catch (DataException e) {
        return Optional.of(e.getMessage());
      }
      try {
        filter.check(shape);
        return Optional.empty();
      } catch (ShapeException | DataException e) {
        return Optional.of(picture.input() + ": " + e.getMessage());
      }
    }

    Iterator<String> problems(Iterator<PicturePath> pictures) throws IOException {
      List<String> problems = new ArrayList<>();
      while (pictures.hasNext()) {
        problem(pictures.next()).ifPresent(problems::add);
      }
      return problems.iterator();
    }

    void filter(PicturePath picture) throws IOException {
      Picture filtered = filter.apply(read(picture));
      files.save(picture.output(), filtered::writePng);
    }

    private Picture read(PicturePath picture) throws IOException {
      try (InputStream in = new BufferedInputStream(files.open(picture.input()))) {
        return ImageDecoder.decodePicture(in, picture.input());
      }
    }
  }
}
