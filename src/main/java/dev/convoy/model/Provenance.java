package dev.convoy.model;

import dev.convoy.api.Internal;
import dev.convoy.api.PublicApi;
import dev.convoy.config.tree.Tree;
import org.jspecify.annotations.Nullable;

/**
 * Says where a model comes from.
 *
 * <p>Nothing depends on it, so that a model can be read for ever, whatever becomes of jobs.
 *
 * @param job that trained it, as it was run, in the syntax of its time
 * @param trainingData fingerprint of the training images
 * @param validationData fingerprint of the validation images; absent without
 * @param testData fingerprint of the test images; absent without
 * @param rounds done
 * @param weightsSha256 of the parameters, as {@link dev.convoy.nn.Fingerprint} has it
 * @param convoy version
 * @param spark version
 * @param java version
 */
@PublicApi
public record Provenance(
    @Internal Tree job,
    String trainingData,
    @Nullable String validationData,
    @Nullable String testData,
    Integer rounds,
    String weightsSha256,
    String convoy,
    String spark,
    String java) {}
