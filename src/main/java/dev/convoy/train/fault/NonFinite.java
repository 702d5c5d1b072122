package dev.convoy.train.fault;

import dev.convoy.api.PublicApi;
import org.jspecify.annotations.Nullable;

/**
 * A value that became NaN or infinite, and what was done about it.
 *
 * @param epoch from 1
 * @param round of the whole training, from 1, which is not counted as done
 * @param where worker, step, layer and examples, in a line
 * @param backTo the round whose state training goes on from; absent where it ends
 * @param learningRateFactor of all learning rates from there on; 1 before the first rollback
 */
@PublicApi
public record NonFinite(
    int epoch, int round, String where, @Nullable Integer backTo, double learningRateFactor) {}
