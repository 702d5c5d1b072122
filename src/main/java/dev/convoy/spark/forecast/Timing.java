package dev.convoy.spark.forecast;

/**
 * What parts of a round take on this machine.
 *
 * @param stepSeconds of a worker's step of a whole batch
 * @param foldSeconds that a contribution takes to be added to the others
 * @param finishSeconds of averaging besides, once a round: the next state, the search for values
 *     that are not finite, the fingerprint
 */
public record Timing(double stepSeconds, double foldSeconds, double finishSeconds) {}
