package dev.convoy.cli.console;

import dev.convoy.config.Job;
import dev.convoy.config.data.Normalizing;
import dev.convoy.image.ImageBlock;
import dev.convoy.image.Normalization;
import dev.convoy.image.Picture;
import dev.convoy.image.augment.BatchAugmenter;
import dev.convoy.image.augment.PictureCut;
import dev.convoy.random.Purpose;
import dev.convoy.random.SeededRandom;
import dev.convoy.report.PictureSheet;
import dev.convoy.run.JobImages;
import dev.convoy.run.WrongInputException;
import dev.convoy.spark.file.HadoopFiles;
import dev.convoy.spark.format.DataAccess;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Shape;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Training pictures of a job, spread evenly over the data, a row each: as they are, and then as the
 * first epochs see them. Only partners in mixing are others than in training, as these are of the
 * same batch.
 *
 * @param jobFile for errors
 * @param job whose pictures are shown
 * @param files by which they are read, and the sheet is written
 */
public record AugmentedSheet(String jobFile, Job job, HadoopFiles files) {
  /** Pictures at most. */
  public static final int MOST = 1000;

  private static final int EPOCHS = 7;

  /** Writes so many pictures' rows as a PNG file. */
  public void write(int count, String output, Supplier<JavaSparkContext> spark, PrintStream out)
      throws IOException {
    Shape shape = job.network().input();
    if (shape.channels() != 1 && shape.channels() != 3) {
      throw new WrongInputException(
          jobFile + ": pictures to show must have 1 or 3 channels, but network.input is " + shape);
    } else if (job.data().augment().isEmpty()) {
      throw new WrongInputException(
          jobFile + ": data.augment must name something to show, but is empty");
    }
    JobImages images =
        JobImages.read(jobFile, job, job.data().trainingAlone(), new DataAccess(files, spark));
    ImageBlock chosen = choose(images, count);
    Picture sheet = PictureSheet.of(rows(chosen, normalization(images)), Picture.MAX_PIXELS, true);
    files.save(output, sheet::writePng);
    out.println(
        "Wrote "
            + output
            + ": "
            + chosen.size()
            + " training pictures, a row each: as they are, then in epochs 1 to "
            + EPOCHS);
    print(chosen, images.classNames(), out);
  }

  private static void print(ImageBlock chosen, List<String> names, PrintStream out) {
    for (int i = 0; i < chosen.labels().length; i++) {
      out.println("  row " + (i + 1) + ": " + names.get(chosen.labels()[i]));
    }
  }

  private static ImageBlock choose(JobImages images, int count) {
    int all = images.training().summary().count();
    int[] ids =
        IntStream.range(0, Math.min(count, all))
            .map(i -> (int) ((long) i * all / Math.min(count, all)))
            .toArray();
    List<ImageBlock> parts =
        new ArrayList<>(
            images
                .training()
                .blocks()
                .inOrder("training images", all)
                .map(b -> some(b, ids))
                .collect());
    return join(parts, ids.length);
  }

  /** The images of a block that have one of these ids, which rise. */
  private static ImageBlock some(ImageBlock block, int[] ids) {
    int[] positions =
        IntStream.range(0, block.size())
            .filter(i -> Arrays.binarySearch(ids, block.ids()[i]) >= 0)
            .toArray();
    int[] chosen = Arrays.stream(positions).map(i -> block.ids()[i]).toArray();
    ImageBlock some = block.room(chosen);
    for (int i = 0; i < positions.length; i++) {
      some.put(i, block, positions[i]);
    }
    return some;
  }

  private static ImageBlock join(List<ImageBlock> parts, int count) {
    ImageBlock all = parts.get(0).room(new int[count]);
    int next = 0;
    for (ImageBlock part : parts) {
      for (int i = 0; i < part.size(); i++) {
        all.ids()[next] = part.ids()[i];
        all.put(next++, part, i);
      }
    }
    return all;
  }

  private Normalization normalization(JobImages images) {
    Normalizing asked = Check.present(job.data().normalize(), "Job.data.normalize");
    Normalization values = asked.values();
    return values == null
        ? images.training().summary().pixels().normalization(jobFile + ": data.train")
        : values;
  }

  private List<List<Picture>> rows(ImageBlock chosen, Normalization normalization) {
    Shape shape = job.network().input();
    int count = chosen.size();
    int[] positions = IntStream.range(0, count).toArray();
    ImageBlock plain = chosen.decoded(positions);
    List<List<Picture>> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(new ArrayList<>(List.of(plain.picture(i))));
    }
    PictureCut cut = PictureCut.of(job.data().augment(), shape, normalization);
    BatchAugmenter augmenter =
        new BatchAugmenter(shape, normalization, job.data().augment(), count);
    for (int epoch = 1; epoch <= EPOCHS; epoch++) {
      long key = SeededRandom.key(job.seed(), Purpose.AUGMENTATION, epoch);
      ImageBlock images = cut == null ? plain : cut.cut(chosen, positions, key);
      augmenter.augment(images, positions, 0, count, key);
      for (int i = 0; i < count; i++) {
        rows.get(i).add(image(augmenter.pixels(), i, shape));
      }
    }
    return rows;
  }

  private static Picture image(byte[] pixels, int index, Shape shape) {
    int size = shape.size();
    return new Picture(shape, Arrays.copyOfRange(pixels, index * size, (index + 1) * size));
  }
}
