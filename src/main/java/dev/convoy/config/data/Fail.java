package dev.convoy.config.data;

/** Refuses the data, and names the first bad record. */
public record Fail() implements BadRecordRule {}
