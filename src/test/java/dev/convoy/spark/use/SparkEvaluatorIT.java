package dev.convoy.spark.use;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.image.ImageBlock;
import dev.convoy.kernel.Kernels;
import dev.convoy.nn.Network;
import dev.convoy.nn.Weights;
import dev.convoy.nn.layer.Dense;
import dev.convoy.nn.layer.Flatten;
import dev.convoy.nn.layer.Relu;
import dev.convoy.optim.Sgd;
import dev.convoy.spark.SparkSettings;
import dev.convoy.spark.job.SharedValue;
import dev.convoy.testing.SmallTraining;
import dev.convoy.train.round.Averaging;
import dev.convoy.train.round.TrainingPlan;
import dev.convoy.train.score.Evaluation;
import dev.convoy.train.score.Evaluator;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Evaluation on Spark: what one evaluator finds, whichever way the weights travel. */
class SparkEvaluatorIT {
  private static final TrainingPlan PLAN =
      SmallTraining.plan(
          SmallTraining.NETWORK, Sgd.of(0.05f, 0.9f), Averaging.PARAMETERS, 200, 3, 5, 4, true);

  /** 61 x 4,000 + 4,001 x 4 values, 1 MB. */
  private static final Network LARGE =
      Network.of(
          SmallTraining.IMAGE,
          new Flatten(),
          Dense.of(4000),
          new Relu(),
          Dense.of(SmallTraining.CLASSES));

  private static JavaSparkContext spark;

  @BeforeAll
  static void start() {
    spark =
        new JavaSparkContext(
            SparkSettings.apply(new SparkConf())
                .setMaster("local[2]")
                .setAppName("evaluation")
                .set("spark.ui.enabled", "false"));
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  /** Several blocks in a partition, and some with none. */
  private static void findsWhatOneEvaluatorFinds(Network network, int partitions) {
    List<ImageBlock> blocks = SmallTraining.blocks(PLAN.sampler());
    Weights weights = network.initialWeights(7);
    Evaluator alone = new Evaluator(network, weights, PLAN.normalization(), Kernels.scalar());
    Evaluation expected =
        Evaluation.join(blocks.stream().map(block -> alone.evaluate(block, PLAN.loss())).toList());
    Evaluation found =
        new SparkEvaluator(
                spark,
                network,
                PLAN.normalization(),
                PLAN.loss(),
                spark.parallelize(blocks, partitions))
            .apply(weights);
    assertEquals(expected.loss(), found.loss());
    assertEquals(expected.accuracy(), found.accuracy());
    assertArrayEquals(expected.predictions(), found.predictions());
  }

  @Test
  void weightsThatTravelWithTasks() {
    assertEquals(false, SharedValue.isBroadcast(4L * SmallTraining.NETWORK.parameterCount()));
    findsWhatOneEvaluatorFinds(SmallTraining.NETWORK, 2);
    findsWhatOneEvaluatorFinds(SmallTraining.NETWORK, 20);
  }

  @Test
  void weightsThatAreBroadcast() {
    assertEquals(true, SharedValue.isBroadcast(4L * LARGE.parameterCount()));
    findsWhatOneEvaluatorFinds(LARGE, 2);
  }
}
