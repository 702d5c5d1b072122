package dev.convoy.model;

import dev.convoy.config.Job;

/**
 * Where a model comes from.
 *
 * @param job that trained it, as it was run
 * @param trainingData fingerprint of the training images
 * @param testData fingerprint of the test images; {@code null} without
 * @param rounds done
 * @param weightsSha256 of the parameters, as {@link dev.convoy.nn.Fingerprint} has it
 * @param convoy version
 * @param spark version
 * @param java version
 */
public record Provenance(
    Job job,
    String trainingData,
    String testData,
    Integer rounds,
    String weightsSha256,
    String convoy,
    String spark,
    String java) {}
