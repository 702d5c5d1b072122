package dev.convoy.spark.use;

import dev.convoy.image.ImageBlock;
import dev.convoy.model.Model;
import java.util.Iterator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;

/** Predicts on the blocks of an RDD, one task a partition. */
public final class SparkPredictor {
  private final SharedModel shared;

  /** A predictor by this model. */
  public SparkPredictor(JavaSparkContext spark, Model model) {
    this.shared = SharedModel.of(spark, model);
  }

  /**
   * What the network gives for each image, {@code [images][outputs]}, block by block in the order
   * of the partitions, one of which is on the driver at a time.
   */
  public Iterator<float[][]> predictions(JavaRDD<ImageBlock> blocks) {
    return blocks.mapPartitions(new Task(shared)).toLocalIterator();
  }

  /** The predictions of a partition. */
  private record Task(SharedModel shared)
      implements FlatMapFunction<Iterator<ImageBlock>, float[][]> {
    private static final long serialVersionUID = 1;

    @Override
    public Iterator<float[][]> call(Iterator<ImageBlock> blocks) {
      ModelAtWork model = shared.here();
      Iterable<ImageBlock> all = () -> blocks;
      Stream<ImageBlock> stream = StreamSupport.stream(all.spliterator(), false);
      return stream.map(model::predictions).iterator();
    }
  }
}
