package dev.convoy.nn.layer;

import dev.convoy.tensor.Shape;
import java.io.Serializable;

/**
 * One trainable tensor of a layer.
 *
 * @param name within its layer: {@code weight} or {@code bias}
 * @param shape {@code [out, in/groups, kh, kw]} for a filter bank, {@code [out, in]} for a dense
 *     weight, {@code [out]} for a bias
 * @param initializer how it starts
 * @param fanIn inputs that each output sums
 * @param fanOut outputs that each input reaches
 */
public record ParameterSpec(
    String name, Shape shape, Initializer initializer, int fanIn, int fanOut)
    implements Serializable {}
