package dev.convoy.model.onnx.in;

import dev.convoy.tensor.Shape;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where values come from: a layer that is there, or a mean or maximum of each channel, which
 * becomes a layer of {@code [C]} or of {@code [C, 1, 1]} as it is used.
 */
final class Source {
  /** The layer; absent until it is known which it is to be. */
  @Nullable String layer;

  /** The shape of one example. */
  final Shape shape;

  /** What is pooled; absent for a layer that is there. */
  final @Nullable Pooled pooled;

  /** What a layer that lays them out flat is to be called; absent for any name. */
  @Nullable String flatName;

  /** The same values laid out flat, once that was asked for. */
  @Nullable Source flat;

  /** The same values as images in other orders, as far as these were asked for. */
  final Map<View, Source> images = new HashMap<>();

  /** The same values as an image, once that was asked for. */
  @Nullable Source image;

  /** What is pooled over all of the picture. */
  record Pooled(Tensor of, boolean isMean, String name) {}

  Source(String layer, Shape shape) {
    this.layer = layer;
    this.shape = shape;
    this.pooled = null;
  }

  Source(Pooled pooled, int channels) {
    this.pooled = pooled;
    this.shape = Shape.of(channels);
  }
}
