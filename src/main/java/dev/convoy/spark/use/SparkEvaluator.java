package dev.convoy.spark.use;

import dev.convoy.image.ImageBlock;
import dev.convoy.image.Normalization;
import dev.convoy.kernel.Kernels;
import dev.convoy.loss.Loss;
import dev.convoy.nn.Network;
import dev.convoy.nn.Weights;
import dev.convoy.spark.job.BlockJob;
import dev.convoy.spark.job.SharedValue;
import dev.convoy.train.score.Evaluation;
import dev.convoy.train.score.Evaluator;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import scala.collection.Iterator;

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

  /** Makes an evaluator of this network on these blocks. */
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
    try (SharedValue<Model> model = send(new Model(network, weights, normalization, loss))) {
      List<Integer> all = IntStream.range(0, blocks.getNumPartitions()).boxed().toList();
      return Evaluation.join(
          BlockJob.run(spark, blocks, all, new Task(model)).stream()
              .flatMap(Arrays::stream)
              .toList());
    } finally {
      spark.setJobDescription(null);
    }
  }

  private SharedValue<Model> send(Model model) {
    long values = (long) network.parameterCount() + network.bufferCount();
    return SharedValue.of(spark, model, values * Float.BYTES);
  }

  /** What is evaluated, and how. */
  private record Model(Network network, Weights weights, Normalization normalization, Loss loss)
      implements Serializable {}

  /** The evaluation of a partition, block by block. */
  private record Task(SharedValue<Model> model) implements BlockJob.Work<Evaluation[]> {
    private static final long serialVersionUID = 1;

    @Override
    public Evaluation[] on(int partition, Iterator<ImageBlock> images) {
      Model m = model.value();
      Evaluator evaluator =
          new Evaluator(m.network(), m.weights(), m.normalization(), Kernels.chosen());
      List<Evaluation> evaluations = new ArrayList<>();
      while (images.hasNext()) {
        evaluations.add(evaluator.evaluate(images.next(), m.loss()));
      }
      return evaluations.toArray(Evaluation[]::new);
    }
  }
}
