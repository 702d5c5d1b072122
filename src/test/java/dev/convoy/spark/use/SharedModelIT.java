package dev.convoy.spark.use;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.data.PixelExample;
import dev.convoy.data.PixelOrder;
import dev.convoy.image.ImageBlock;
import dev.convoy.image.Preparation;
import dev.convoy.kernel.Kernels;
import dev.convoy.model.Model;
import dev.convoy.model.ModelFolder;
import dev.convoy.spark.SparkSettings;
import dev.convoy.spark.use.PicturePredictions.Item;
import dev.convoy.testing.LocalFiles;
import dev.convoy.testing.PictureBytes;
import dev.convoy.testing.SampleImages;
import dev.convoy.train.score.Evaluator;
import java.io.IOException;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import scala.Tuple2;
import scala.Tuple3;

/** A model that the tasks of a process share, in one process and on executors. */
class SharedModelIT {
  private static final int COUNT = 500;

  @ParameterizedTest
  @CsvSource({
    "local[2], Java",
    "local[2], Kryo",
    "'local-cluster[2,1,1024]', Kryo",
  })
  void tasksOfAProcessShareOneModel(String master, String serializer) throws IOException {
    Model model = ModelFolder.read(new LocalFiles(), "src/test/resources/golden/model-v1");
    ImageBlock images = SampleImages.random(COUNT, model.network().input(), 3, 5);
    float[][] expected =
        new Evaluator(model.network(), model.weights(), model.normalization(), Kernels.scalar())
            .predictions(images, model.loss().activation());
    String classes = Model.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    String tests = getClass().getProtectionDomain().getCodeSource().getLocation().getPath();
    SparkConf conf =
        new SparkConf()
            .setMaster(master)
            .setAppName("shared model")
            .set("spark.ui.enabled", "false")
            .set("spark.serializer", "org.apache.spark.serializer." + serializer + "Serializer")
            .set("spark.executor.extraClassPath", classes + java.io.File.pathSeparator + tests)
            .set("spark.executor.extraJavaOptions", "--add-modules=jdk.incubator.vector");
    List<Tuple2<Integer, byte[]>> pictures =
        IntStream.range(0, COUNT)
            .mapToObj(i -> new Tuple2<>(i, PictureBytes.pixels(images, i)))
            .toList();
    try (JavaSparkContext spark = new JavaSparkContext(SparkSettings.apply(conf));
        SharedModel shared = SharedModel.of(spark, model)) {
      Set<String> models = new HashSet<>();
      for (int job = 0; job < 2; job++) {
        List<Tuple3<Integer, float[], String>> found =
            spark.parallelize(pictures, 8).mapPartitions(rows -> predict(shared, rows)).collect();
        assertEquals(COUNT, found.size());
        for (Tuple3<Integer, float[], String> outcome : found) {
          assertArrayEquals(expected[outcome._1()], outcome._2());
          models.add(outcome._3());
        }
      }
      assertTrue(models.size() <= (master.startsWith("local[") ? 1 : 2), models::toString);
    }
  }

  /** The predictions, and which model made them. */
  private static Iterator<Tuple3<Integer, float[], String>> predict(
      SharedModel shared, Iterator<Tuple2<Integer, byte[]>> rows) {
    ModelAtWork model = shared.here();
    Preparation preparation = model.preparation();
    Iterator<Item<Integer>> items =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return rows.hasNext();
          }

          @Override
          public Item<Integer> next() {
            Tuple2<Integer, byte[]> row = rows.next();
            return new Item<>(
                row._1(),
                new PixelExample(
                    "row " + row._1(),
                    null,
                    row._2(),
                    model.input(),
                    PixelOrder.CHANNELS_FIRST,
                    preparation));
          }
        };
    Iterator<PicturePredictions.Outcome<Integer>> outcomes = model.predict(items);
    String who = ProcessHandle.current().pid() + " " + System.identityHashCode(model);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return outcomes.hasNext();
      }

      @Override
      public Tuple3<Integer, float[], String> next() {
        PicturePredictions.Outcome<Integer> outcome = outcomes.next();
        return new Tuple3<>(outcome.key(), outcome.values(), who);
      }
    };
  }
}
