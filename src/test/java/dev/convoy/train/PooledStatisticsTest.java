package dev.convoy.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.image.ImageBlock;
import dev.convoy.kernel.Kernels;
import dev.convoy.nn.Network;
import dev.convoy.nn.RunningStatistics;
import dev.convoy.nn.Weights;
import dev.convoy.nn.layer.BatchNorm2d;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.Dense;
import dev.convoy.nn.layer.Flatten;
import dev.convoy.nn.layer.Relu;
import dev.convoy.optim.Sgd;
import dev.convoy.testing.SmallTraining;
import dev.convoy.train.round.Averaging;
import dev.convoy.train.round.LocalRounds;
import dev.convoy.train.round.State;
import dev.convoy.train.round.TrainingPlan;
import dev.convoy.train.score.Evaluator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * With batch normalisation, workers normalise by their own batches, so that K of them are not one
 * learner of a K-fold batch. In use the running statistics count: joined, they are those of all
 * images together.
 */
class PooledStatisticsTest {
  private static final int IMAGES = 80;

  /** Momentum 1 takes the last batch alone: statistics of known images. */
  private static final Network NETWORK =
      Network.of(
          SmallTraining.IMAGE,
          Conv2d.of(4, 3),
          new BatchNorm2d(null, 1f, null),
          new Relu(),
          new Flatten(),
          Dense.of(SmallTraining.CLASSES));

  private static Weights afterOneRound(int workers, int batchSize) {
    TrainingPlan plan =
        SmallTraining.plan(
            NETWORK, Sgd.of(1e-9f, 0), Averaging.GRADIENTS, IMAGES, workers, batchSize, 1, false);
    LocalRounds rounds =
        new LocalRounds(plan, SmallTraining.blocks(plan.sampler()), Kernels.chosen());
    State first = State.initial(plan, NETWORK.initialWeights(5));
    return plan.averaging().apply(plan, first, rounds.run(first, 1, 1)).weights();
  }

  @Test
  void fourWorkersAgreeInUseWithOneOnAllImages() {
    Weights pooled = afterOneRound(1, IMAGES);
    Weights joined = afterOneRound(4, IMAGES / 4);
    List<RunningStatistics> statistics = RunningStatistics.of(NETWORK);
    assertEquals(1, statistics.size());
    for (int c = 0; c < 4; c++) {
      int mean = statistics.get(0).mean() + c;
      int variance = statistics.get(0).variance() + c;
      assertEquals(pooled.buffers()[mean], joined.buffers()[mean], 1e-5);
      // Unbiased by 1 / (n - 1): n is 240 values of a worker and 960 of all.
      double expected = pooled.buffers()[variance];
      assertEquals(expected, joined.buffers()[variance], expected / 230);
    }
    double one = loss(pooled);
    assertEquals(one, loss(joined), 0.01 * one);
  }

  private static double loss(Weights weights) {
    int[] ids = IntStream.range(0, IMAGES).toArray();
    ImageBlock images = SmallTraining.block(ids, 0, IMAGES);
    TrainingPlan plan =
        SmallTraining.plan(NETWORK, Sgd.of(1, 0), Averaging.GRADIENTS, IMAGES, 1, IMAGES, 1, false);
    return new Evaluator(NETWORK, weights, plan.normalization(), Kernels.chosen())
        .evaluate(images, plan.loss())
        .loss();
  }
}
