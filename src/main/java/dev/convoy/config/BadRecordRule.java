package dev.convoy.config;

/** What is done about a record that can't be read, or whose label is none of the classes. */
public sealed interface BadRecordRule permits Fail, Skip {}
