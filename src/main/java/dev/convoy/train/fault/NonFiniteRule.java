package dev.convoy.train.fault;

import dev.convoy.api.PublicApi;

/** What is done where a value becomes NaN or infinite. */
@PublicApi
public sealed interface NonFiniteRule permits Stop, Rollback {}
