package dev.convoy.config.data;

/** Names one of CIFAR-100's two labels. */
public enum CifarLabels {
  /** One of 100 classes. */
  FINE,
  /** One of 20 groups of classes. */
  COARSE
}
