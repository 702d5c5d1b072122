package dev.convoy.train;

/** What is done where a value becomes NaN or infinite. */
public sealed interface NonFiniteRule permits Stop, Rollback {}
