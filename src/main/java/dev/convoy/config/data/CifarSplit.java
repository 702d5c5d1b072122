package dev.convoy.config.data;

/** Names the files in CIFAR's folder that are meant. */
public enum CifarSplit {
  /** Those to train on: {@code data_batch_1.bin} and so on, or {@code train.bin}. */
  TRAIN,
  /** The one to test on: {@code test_batch.bin}, or {@code test.bin}. */
  TEST
}
