package dev.convoy.train.fault;

/** Training ends there, and leaves a checkpoint of the state before. */
public record Stop() implements NonFiniteRule {}
