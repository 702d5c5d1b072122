package dev.convoy.config.data;

import dev.convoy.api.PublicApi;

/** Names the files in CIFAR's folder that are meant. */
@PublicApi
public enum CifarSplit {
  /** Those to train on: {@code data_batch_1.bin} and so on, or {@code train.bin}. */
  TRAIN,
  /** The one to test on: {@code test_batch.bin}, or {@code test.bin}. */
  TEST
}
