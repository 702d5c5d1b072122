package dev.convoy.spark;

import dev.convoy.image.ImageBlock;
import dev.convoy.image.Normalization;
import dev.convoy.kernel.Kernels;
import dev.convoy.loss.Loss;
import dev.convoy.nn.Network;
import dev.convoy.nn.Weights;
import dev.convoy.train.Evaluation;
import dev.convoy.train.Evaluator;
import java.io.Serializable;
import java.util.Iterator;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;

/**
 * Evaluates weights on the blocks of an RDD, one task a partition; the parts are joined in the
 * order of the partitions.
 */
public final class SparkEvaluator implements Function<Weights, Evaluation> {
  private final JavaSparkContext spark;
  private final Network network;
  private final Normalization normalization;
  private final Loss loss;
  private final JavaRDD<ImageBlock> blocks;

  /** An evaluator of this network on these blocks. */
  public SparkEvaluator(
      JavaSparkContext spark,
      Network network,
      Normalization normalization,
      Loss loss,
      JavaRDD<ImageBlock> blocks) {
    this.spark = spark;
    this.network = network;
    this.normalization = normalization;
    this.loss = loss;
    this.blocks = blocks;
  }

  @Override
  public Evaluation apply(Weights weights) {
    spark.setJobDescription("evaluation");
    Broadcast<Model> model = spark.broadcast(new Model(network, weights, normalization, loss));
    try {
      return Evaluation.join(blocks.mapPartitions(new Task(model)).collect());
    } finally {
      model.destroy();
      spark.setJobDescription(null);
    }
  }

  /** What is evaluated, and how. */
  private record Model(Network network, Weights weights, Normalization normalization, Loss loss)
      implements Serializable {}

  /** The evaluation of a partition. */
  private record Task(Broadcast<Model> model)
      implements FlatMapFunction<Iterator<ImageBlock>, Evaluation> {
    @Override
    public Iterator<Evaluation> call(Iterator<ImageBlock> images) {
      Model m = model.value();
      Evaluator evaluator =
          new Evaluator(m.network(), m.weights(), m.normalization(), Kernels.chosen());
      Iterable<ImageBlock> blocks = () -> images;
      return StreamSupport.stream(blocks.spliterator(), false)
          .map(block -> evaluator.evaluate(block, m.loss()))
          .iterator();
    }
  }
}
