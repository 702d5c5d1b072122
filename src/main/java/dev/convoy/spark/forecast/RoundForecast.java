package dev.convoy.spark.forecast;

/**
 * What a training would take on a cluster.
 *
 * @param cluster that it would have
 * @param workers K
 * @param stepSeconds of a worker, times the turns that workers take on a core
 * @param beyondSeconds of a round, beyond computing
 * @param sharded whether the contributions are better summed on the executors
 * @param steps H, as many as keep averaging at a given share, or as an epoch allows
 * @param epochSeconds at that H
 * @param averagingShare of them that is beyond computing
 */
public record RoundForecast(
    Cluster cluster,
    int workers,
    double stepSeconds,
    double beyondSeconds,
    boolean sharded,
    int steps,
    double epochSeconds,
    double averagingShare) {}
