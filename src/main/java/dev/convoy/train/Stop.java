package dev.convoy.train;

/** Training ends there, and leaves a checkpoint of the state before. */
public record Stop() implements NonFiniteRule {}
