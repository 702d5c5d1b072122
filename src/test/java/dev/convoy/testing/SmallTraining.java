package dev.convoy.testing;

import dev.convoy.image.ImageBlock;
import dev.convoy.image.Normalization;
import dev.convoy.kernel.Kernels;
import dev.convoy.nn.Network;
import dev.convoy.nn.layer.AvgPool2d;
import dev.convoy.nn.layer.BatchNorm2d;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.Dense;
import dev.convoy.nn.layer.Dropout;
import dev.convoy.nn.layer.Flatten;
import dev.convoy.nn.layer.MaxPool2d;
import dev.convoy.nn.layer.Padding;
import dev.convoy.nn.layer.Relu;
import dev.convoy.nn.layer.Sigmoid;
import dev.convoy.nn.layer.Tanh;
import dev.convoy.optim.Clipping;
import dev.convoy.optim.Optimizer;
import dev.convoy.optim.Schedule;
import dev.convoy.random.Purpose;
import dev.convoy.random.SeededRandom;
import dev.convoy.tensor.Shape;
import dev.convoy.train.Trainer;
import dev.convoy.train.TrainingListener;
import dev.convoy.train.frequency.AveragingFrequency;
import dev.convoy.train.round.Averaging;
import dev.convoy.train.round.EarlyStopping;
import dev.convoy.train.round.LocalRounds;
import dev.convoy.train.round.State;
import dev.convoy.train.round.TrainingPlan;
import dev.convoy.train.sampling.Sampler;
import java.util.ArrayList;
import java.util.List;

/** Trainings that take milliseconds, on images made up from a seed. */
public final class SmallTraining {
  public static final Shape IMAGE = Shape.of(2, 6, 5);
  public static final int CLASSES = 4;

  /** Without dropout, for comparisons of ways to train. */
  public static final Network NETWORK =
      Network.of(
          IMAGE,
          Conv2d.of(5, 3).withPadding(Padding.SAME),
          new Tanh(),
          MaxPool2d.of(2, 2),
          new Flatten(),
          Dense.of(9),
          new Relu(),
          Dense.of(CLASSES));

  /** One layer of each kind. */
  public static final Network EVERY_KIND =
      Network.of(
          IMAGE,
          Conv2d.of(5, 3).withPadding(Padding.SAME),
          new BatchNorm2d(),
          new Relu(),
          MaxPool2d.of(2, 1),
          Conv2d.of(3, 2),
          new Tanh(),
          AvgPool2d.of(2, 1),
          new Flatten(),
          new Dropout(0.25f),
          Dense.of(9),
          new Sigmoid(),
          Dense.of(CLASSES));

  private SmallTraining() {}

  /** A plan whose shares are of several blocks. */
  public static TrainingPlan plan(
      Network network,
      Optimizer optimizer,
      Averaging averaging,
      int examples,
      int workers,
      int batchSize,
      int steps,
      boolean shuffle) {
    int blockImages = 2 * batchSize * steps;
    return TrainingPlan.builder(
            network,
            optimizer,
            new Sampler(examples, workers, batchSize, steps, shuffle, 42, blockImages))
        .normalization(new Normalization(new float[] {0.5f, 0.4f}, new float[] {0.3f, 0.25f}))
        .averaging(averaging)
        .seed(42)
        .epochs(2)
        .build();
  }

  /** The same plan with clipped gradients. */
  public static TrainingPlan clipped(TrainingPlan plan, Clipping clipping) {
    return with(plan, plan.schedule(), clipping, plan.epochs(), plan.earlyStopping());
  }

  /** The same plan with these. */
  public static TrainingPlan with(
      TrainingPlan plan,
      Schedule schedule,
      Clipping clipping,
      int epochs,
      EarlyStopping earlyStopping) {
    return TrainingPlan.builder(plan.network(), plan.optimizer(), plan.sampler())
        .normalization(plan.normalization())
        .loss(plan.loss())
        .schedule(schedule)
        .clipping(clipping)
        .averaging(plan.averaging())
        .seed(plan.seed())
        .epochs(epochs)
        .earlyStopping(earlyStopping)
        .build();
  }

  /** The same plan with rounds by this rule, and so many of the longest in a block. */
  public static TrainingPlan withFrequency(
      TrainingPlan plan, AveragingFrequency frequency, int roundsInBlock) {
    Sampler sampler = plan.sampler();
    int most = frequency.most();
    return plan.withRounds(
        new Sampler(
            sampler.examples(),
            sampler.workers(),
            sampler.batchSize(),
            most,
            sampler.shuffle(),
            sampler.seed(),
            roundsInBlock * sampler.batchSize() * most),
        frequency);
  }

  /** Image {@code id}, whose class shows in its brightness. */
  public static byte[] pixels(int id) {
    SeededRandom random = SeededRandom.of(77, Purpose.DEAL, id);
    byte[] pixels = new byte[IMAGE.size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (random.nextInt(128) + 32 * label(id));
    }
    return pixels;
  }

  /** The class of image {@code id}. */
  public static int label(int id) {
    return SeededRandom.of(78, Purpose.DEAL, id).nextInt(CLASSES);
  }

  /** Images of these ids. */
  public static ImageBlock block(int[] ids, int from, int count) {
    int[] some = new int[count];
    int[] labels = new int[count];
    byte[] all = new byte[count * IMAGE.size()];
    for (int i = 0; i < count; i++) {
      some[i] = ids[from + i];
      labels[i] = label(some[i]);
      System.arraycopy(pixels(some[i]), 0, all, i * IMAGE.size(), IMAGE.size());
    }
    return new ImageBlock(IMAGE, some, labels, all);
  }

  /** All blocks of a sampler, by partition. */
  public static List<ImageBlock> blocks(Sampler sampler) {
    List<ImageBlock> blocks = new ArrayList<>();
    for (int partition = 0; partition < sampler.partitions(); partition++) {
      int[] ids = sampler.ids(partition);
      blocks.add(block(ids, 0, ids.length));
    }
    return blocks;
  }

  /** The state after all epochs. */
  public static State run(TrainingPlan plan, Kernels kernels) {
    return run(plan, kernels, new TrainingListener() {});
  }

  /** The state after all epochs, which {@code listener} hears of. */
  public static State run(TrainingPlan plan, Kernels kernels, TrainingListener listener) {
    State first = State.initial(plan, plan.network().initialWeights(plan.seed()));
    LocalRounds rounds = new LocalRounds(plan, blocks(plan.sampler()), kernels);
    return new Trainer(plan, rounds, null, listener, () -> false).run(first);
  }
}
