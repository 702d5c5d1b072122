package dev.convoy.train.fault;

/** What is done where a value becomes NaN or infinite. */
public sealed interface NonFiniteRule permits Stop, Rollback {}
