package dev.convoy.config;

/** Where labelled images come from. */
@Tagged("format")
public sealed interface DataSource permits Idx, Cifar10, Cifar100, Images, Parquet, Sequencefile {}
