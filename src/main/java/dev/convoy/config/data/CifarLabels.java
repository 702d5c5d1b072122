package dev.convoy.config.data;

import dev.convoy.api.PublicApi;

/** Names one of CIFAR-100's two labels. */
@PublicApi
public enum CifarLabels {
  /** One of 100 classes. */
  FINE,
  /** One of 20 groups of classes. */
  COARSE
}
