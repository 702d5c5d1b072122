package dev.convoy.config.data;

/** Says what is done about a record that can't be read, or whose label is none of the classes. */
public sealed interface BadRecordRule permits Fail, Skip {}
