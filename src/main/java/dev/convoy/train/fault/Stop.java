package dev.convoy.train.fault;

import dev.convoy.api.PublicApi;

/** Training ends there, and leaves a checkpoint of the state before. */
@PublicApi
public record Stop() implements NonFiniteRule {}
