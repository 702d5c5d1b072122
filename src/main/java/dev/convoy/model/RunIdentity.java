package dev.convoy.model;

import dev.convoy.config.tree.Tree;
import dev.convoy.tensor.Check;
import org.jspecify.annotations.Nullable;

/**
 * Holds what fixes every bit of a training's result: a checkpoint goes on only where this is the
 * same.
 *
 * @param job as it was run, every default written out
 * @param trainingData fingerprint of the training images
 * @param validationData fingerprint of the validation images; absent without
 * @param testData fingerprint of the test images; absent without
 * @param blockImages images of a full block, on which their order depends
 * @param convoy version, for people
 */
public record RunIdentity(
    Tree job,
    String trainingData,
    @Nullable String validationData,
    @Nullable String testData,
    int blockImages,
    String convoy) {
  /** A training without validation data. */
  public RunIdentity(
      Tree job, String trainingData, @Nullable String testData, int blockImages, String convoy) {
    this(job, trainingData, null, testData, blockImages, convoy);
  }

  public RunIdentity {
    Check.present(job, "RunIdentity.job");
    Check.present(trainingData, "RunIdentity.trainingData");
  }
}
