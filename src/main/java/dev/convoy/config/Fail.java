package dev.convoy.config;

/** Refuses the data, and names the first bad record. */
public record Fail() implements BadRecordRule {}
