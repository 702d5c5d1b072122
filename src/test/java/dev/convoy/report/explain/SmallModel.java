package dev.convoy.report.explain;

import dev.convoy.image.Normalization;
import dev.convoy.model.Model;
import dev.convoy.nn.NamedLayer;
import dev.convoy.nn.Network;
import dev.convoy.nn.layer.AvgPool2d;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.Dense;
import dev.convoy.nn.layer.Flatten;
import dev.convoy.nn.layer.MaxPool2d;
import dev.convoy.nn.layer.Padding;
import dev.convoy.nn.layer.Relu;
import dev.convoy.nn.layer.Size;
import dev.convoy.tensor.Shape;
import java.util.List;

/** A model with every kind of window: strides, borders, dilation, groups and overlaps. */
final class SmallModel {
  static final Shape INPUT = Shape.of(3, 13, 11);

  private SmallModel() {}

  static Model named(String layer, String... classes) {
    Network network =
        Network.of(
            INPUT,
            List.of(
                NamedLayer.of(layer, Conv2d.of(6, 3).withPadding(Padding.SAME)),
                NamedLayer.of("relu1", new Relu()),
                NamedLayer.of(
                    "largest", new MaxPool2d(Size.of(3), Size.of(2), Padding.of(1), null, false)),
                NamedLayer.of(
                    "conv2",
                    new Conv2d(
                        4,
                        new Size(3, 2),
                        new Size(2, 1),
                        Padding.of(2),
                        new Size(2, 1),
                        2,
                        false,
                        null)),
                NamedLayer.of(
                    "mean", new AvgPool2d(Size.of(2), null, Padding.of(1), true, false, null)),
                NamedLayer.of("flat", new Flatten()),
                NamedLayer.of("fc", Dense.of(classes.length))));
    return new Model(
        network,
        network.initialWeights(4),
        new Normalization(new float[] {0.4f, 0.5f, 0.6f}, new float[] {0.2f, 0.25f, 0.3f}),
        List.of(classes),
        null);
  }
}
