package dev.convoy.train.frequency;

import dev.convoy.api.PublicApi;

/**
 * What {@link Auto} found in some rounds, and what it made of it.
 *
 * @param epoch from which the choice holds, from 1
 * @param roundInEpoch from which it holds, from 1
 * @param stepSeconds that a step took in the middle one of these rounds
 * @param beyondSeconds that a round took beyond computing, in the middle one of them
 * @param choice that follows
 */
@PublicApi
public record FrequencyMeasurement(
    int epoch,
    int roundInEpoch,
    double stepSeconds,
    double beyondSeconds,
    FrequencyChoice choice) {}
