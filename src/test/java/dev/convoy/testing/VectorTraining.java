package dev.convoy.testing;

import dev.convoy.image.ImageBlock;
import dev.convoy.image.Targets;
import dev.convoy.loss.Loss;
import dev.convoy.loss.Task;
import dev.convoy.optim.Optimizer;
import dev.convoy.train.round.Averaging;
import dev.convoy.train.round.TrainingPlan;
import dev.convoy.train.sampling.Sampler;
import java.util.List;
import java.util.stream.IntStream;

/** The images of {@link SmallTraining}, with target vectors that show in their brightness. */
public final class VectorTraining {
  /** As many as the small network has. */
  public static final int OUTPUTS = SmallTraining.CLASSES;

  private VectorTraining() {}

  /** A plan on the network without dropout, by this loss. */
  public static TrainingPlan plan(
      Loss loss,
      Optimizer optimizer,
      Averaging averaging,
      int examples,
      int workers,
      int batchSize,
      int steps,
      boolean shuffle) {
    TrainingPlan plan =
        SmallTraining.plan(
            SmallTraining.NETWORK,
            optimizer,
            averaging,
            examples,
            workers,
            batchSize,
            steps,
            shuffle);
    return TrainingPlan.builder(plan.network(), optimizer, plan.sampler())
        .normalization(plan.normalization())
        .loss(loss)
        .schedule(plan.schedule())
        .clipping(plan.clipping())
        .averaging(averaging)
        .seed(plan.seed())
        .epochs(plan.epochs())
        .earlyStopping(plan.earlyStopping())
        .build();
  }

  /** Target {@code output} of image {@code id}. */
  public static float target(Task task, int id, int output) {
    int brightness = SmallTraining.label(id);
    if (task == Task.MULTI_LABEL) {
      return brightness > output ? 1 : 0;
    }
    return brightness * 0.5f - output * 0.25f;
  }

  /** Images of these ids: labels in bytes, numbers in floats, for other losses class numbers. */
  public static ImageBlock block(Loss loss, int[] ids) {
    ImageBlock images = SmallTraining.block(ids, 0, ids.length);
    if (loss.vectorTask() == Task.CLASSIFICATION) {
      return images;
    }
    byte[] bytes = new byte[ids.length * OUTPUTS];
    float[] floats = new float[ids.length * OUTPUTS];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = target(loss.vectorTask(), ids[i / OUTPUTS], i % OUTPUTS);
      bytes[i] = (byte) floats[i];
    }
    boolean labels = loss.vectorTask() == Task.MULTI_LABEL;
    return new ImageBlock(
        images.shape(),
        images.ids(),
        labels ? Targets.bytes(OUTPUTS, bytes) : Targets.floats(OUTPUTS, floats),
        images.pixels());
  }

  /** All blocks of a sampler, by partition. */
  public static List<ImageBlock> blocks(Loss loss, Sampler sampler) {
    return IntStream.range(0, sampler.partitions())
        .mapToObj(partition -> block(loss, sampler.ids(partition)))
        .toList();
  }
}
