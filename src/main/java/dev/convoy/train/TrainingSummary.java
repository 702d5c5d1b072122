package dev.convoy.train;

/**
 * What a training came to.
 *
 * @param testLoss mean over the test examples at the end; {@code null} without test data
 * @param testAccuracy share of the test examples, in {@code [0, 1]}, that is predicted right; NaN
 *     for regression; {@code null} without test data
 * @param trainSeconds that all rounds took, without evaluations
 * @param imagesPerSecond training examples used, divided by {@code trainSeconds}
 * @param parameters trainable values of the network
 * @param weightsSha256 of the parameters at the end, as {@link dev.convoy.nn.Fingerprint} has it
 * @param rounds done
 * @param stopped whether the training was asked to stop before its last round
 */
public record TrainingSummary(
    Double testLoss,
    Double testAccuracy,
    double trainSeconds,
    double imagesPerSecond,
    int parameters,
    String weightsSha256,
    long rounds,
    boolean stopped) {}
