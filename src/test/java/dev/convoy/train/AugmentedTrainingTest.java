package dev.convoy.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.image.ImageBlock;
import dev.convoy.image.Targets;
import dev.convoy.image.augment.Augmentation;
import dev.convoy.image.augment.ColorJitter;
import dev.convoy.image.augment.Cutmix;
import dev.convoy.image.augment.Cutout;
import dev.convoy.image.augment.HorizontalFlip;
import dev.convoy.image.augment.Mixup;
import dev.convoy.image.augment.RandomCrop;
import dev.convoy.image.augment.RandomResizedCrop;
import dev.convoy.image.augment.Rotate;
import dev.convoy.image.augment.VerticalFlip;
import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.lane.Lanes;
import dev.convoy.loss.BatchLoss;
import dev.convoy.loss.BatchLoss.Reduction;
import dev.convoy.loss.MeanSquaredError;
import dev.convoy.nn.Fingerprint;
import dev.convoy.optim.Sgd;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.SmallTraining;
import dev.convoy.train.batch.BatchTargets;
import dev.convoy.train.round.Averaging;
import dev.convoy.train.round.LocalRounds;
import dev.convoy.train.round.State;
import dev.convoy.train.round.TrainingPlan;
import dev.convoy.train.round.Worker;
import dev.convoy.train.sampling.Assignment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Training on images that are changed at random comes to the same bits too. */
class AugmentedTrainingTest {
  private static final List<Augmentation> EVERY_KIND =
      List.of(
          new RandomCrop(1),
          new HorizontalFlip(null),
          new VerticalFlip(0.2),
          new Rotate(15),
          new RandomResizedCrop(new float[] {0.5f, 1}, null),
          new ColorJitter(0.2, 0.2, 0, 0),
          new Cutout(2, null),
          new Mixup(null, 0.8),
          new Cutmix(null, null));

  private static TrainingPlan plan(List<Augmentation> augmentations) {
    return SmallTraining.plan(
            SmallTraining.EVERY_KIND, Sgd.of(0.05f, 0.9f), Averaging.PARAMETERS, 101, 3, 7, 2, true)
        .withAugment(augmentations);
  }

  private static String fingerprint(State state) {
    return Fingerprint.sha256(state.parameters()) + Fingerprint.sha256(state.optimizerState());
  }

  static Stream<Augmentation> everyKind() {
    return EVERY_KIND.stream();
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void eachAugmentationHasItsResult(Augmentation augmentation) {
    TrainingPlan plan = plan(List.of(augmentation));
    String once = fingerprint(SmallTraining.run(plan, Kernels.vector()));
    assertEquals(once, fingerprint(SmallTraining.run(plan, Kernels.scalar())));
    assertNotEquals(once, fingerprint(SmallTraining.run(plan(List.of()), Kernels.vector())));
  }

  @Test
  void goingOnFromAnyCheckpointComesToTheSameBits() {
    TrainingPlan plan = plan(EVERY_KIND);
    List<Checkpoint> checkpoints = new ArrayList<>();
    State first = State.initial(plan, plan.network().initialWeights(plan.seed()));
    String end =
        fingerprint(train(plan, Checkpoint.of(first), (now, last) -> checkpoints.add(now)));
    assertTrue(checkpoints.size() > 4);
    for (Checkpoint checkpoint : checkpoints.subList(0, checkpoints.size() - 1)) {
      assertEquals(end, fingerprint(train(plan, checkpoint, Checkpointing.NONE)));
    }
  }

  private static State train(TrainingPlan plan, Checkpoint from, Checkpointing checkpoints) {
    LocalRounds rounds =
        new LocalRounds(plan, SmallTraining.blocks(plan.sampler()), Kernels.chosen());
    TrainingListener listener = new TrainingListener() {};
    return new Trainer(plan, rounds, new HeldOut(null, null), listener, () -> false, checkpoints)
        .run(from);
  }

  @Test
  void anImageLooksAnotherWayInEachEpoch() {
    TrainingPlan plan = plan(List.of(new RandomCrop(1), new Rotate(10)));
    Worker worker = new Worker(plan, Kernels.chosen());
    ImageBlock block = SmallTraining.blocks(plan.sampler()).get(0);
    State state = State.initial(plan, plan.network().initialWeights(1));
    Set<Double> losses = new HashSet<>();
    for (int epoch = 1; epoch <= 5; epoch++) {
      int[][] batch = {{0, 1, 2}};
      losses.add(worker.run(state, new Assignment(epoch, 0, 0, batch), block).lossSum());
    }
    assertEquals(5, losses.size());
  }

  /** With outputs of 0, the squared error is the sum of the squares of the targets. */
  @Test
  void targetsAreMixedByShares() {
    BatchTargets targets = new BatchTargets(2, 2);
    BatchLoss loss = new MeanSquaredError().bind(2, Kernels.scalar());
    float[] outputs = new float[2 * Lanes.WIDTH];
    int[] positions = {0, 1};
    Shape shape = Shape.of(1, 1, 1);
    targets.fill(new ImageBlock(shape, positions, new int[] {0, 1}, new byte[2]), positions, 0, 2);
    targets.mix(new int[] {1, 0}, new float[] {0.75f, 0.25f});
    targets.compute(loss, outputs, null, Reduction.SUM);
    assertEquals(2 * (0.75 * 0.75 + 0.25 * 0.25), loss.sum(), 1e-6);
    // Both are class 0 for the greater part, and of equal outputs the first is predicted.
    assertEquals(2, loss.correct());

    Targets vectors = Targets.floats(2, new float[] {4, 0, 0, 8});
    targets.fill(new ImageBlock(shape, positions, vectors, new byte[2]), positions, 0, 2);
    targets.mix(new int[] {1, 1}, new float[] {0.5f, 1});
    targets.compute(loss, outputs, null, Reduction.SUM);
    assertEquals(2 * 2 + 4 * 4 + 8 * 8, loss.sum(), 1e-6);
    targets.fill(new ImageBlock(shape, positions, vectors, new byte[2]), positions, 0, 2);
    targets.compute(loss, outputs, null, Reduction.SUM);
    assertEquals(4 * 4 + 8 * 8, loss.sum(), 1e-6); // the mixing is over
  }
}
