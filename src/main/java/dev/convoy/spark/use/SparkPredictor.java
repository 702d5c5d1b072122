package dev.convoy.spark.use;

import dev.convoy.image.ImageBlock;
import dev.convoy.image.Normalization;
import dev.convoy.kernel.Kernels;
import dev.convoy.loss.OutputActivation;
import dev.convoy.model.Model;
import dev.convoy.nn.Network;
import dev.convoy.nn.Weights;
import dev.convoy.spark.job.Parcel;
import dev.convoy.spark.job.Transport;
import dev.convoy.train.score.Evaluator;
import java.io.Serializable;
import java.util.Iterator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;

/** Predicts on the blocks of an RDD, one task a partition. */
public final class SparkPredictor {
  private final Broadcast<Parcel<Shared>> shared;

  /** A predictor by this model. */
  public SparkPredictor(JavaSparkContext spark, Model model) {
    this.shared =
        Transport.broadcast(
            spark,
            new Shared(
                model.network(),
                model.weights(),
                model.normalization(),
                model.loss().activation()));
  }

  /** What each task needs. */
  private record Shared(
      Network network, Weights weights, Normalization normalization, OutputActivation activation)
      implements Serializable {}

  /**
   * What the network gives for each image, {@code [images][outputs]}, block by block in the order
   * of the partitions, one of which is on the driver at a time.
   */
  public Iterator<float[][]> predictions(JavaRDD<ImageBlock> blocks) {
    return blocks.mapPartitions(new Task(shared)).toLocalIterator();
  }

  /** The predictions of a partition. */
  private record Task(Broadcast<Parcel<Shared>> shared)
      implements FlatMapFunction<Iterator<ImageBlock>, float[][]> {
    @Override
    public Iterator<float[][]> call(Iterator<ImageBlock> blocks) {
      Shared s = shared.value().value();
      Evaluator evaluator =
          new Evaluator(s.network(), s.weights(), s.normalization(), Kernels.chosen());
      Iterable<ImageBlock> all = () -> blocks;
      Stream<ImageBlock> stream = StreamSupport.stream(all.spliterator(), false);
      return stream.map(block -> evaluator.predictions(block, s.activation())).iterator();
    }
  }
}
