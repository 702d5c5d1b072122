package dev.convoy.nn.replica.fusion;

import dev.convoy.nn.NamedLayer;
import dev.convoy.nn.Network;
import dev.convoy.nn.layer.Add;
import dev.convoy.nn.layer.BatchNorm2d;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.Dense;
import dev.convoy.nn.layer.Dropout;
import dev.convoy.nn.layer.Flatten;
import dev.convoy.nn.layer.MaxPool2d;
import dev.convoy.nn.layer.Padding;
import dev.convoy.nn.layer.Relu;
import dev.convoy.nn.layer.Size;
import dev.convoy.tensor.Shape;
import java.util.List;

/** Networks in which neighbouring layers are computed together, and some that only look like it. */
public final class FusedNetworks {
  public static final Shape INPUT = Shape.of(2, 9, 7);

  private FusedNetworks() {}

  /** Holds values that are read twice, windows that overlap and cross the border, and joins. */
  public static Network residual() {
    MaxPool2d overlapping = new MaxPool2d(Size.of(3), Size.of(2), Padding.of(1), null, false);
    return Network.of(
        INPUT,
        List.of(
            NamedLayer.of("conv1", Conv2d.of(5, 3).withPadding(Padding.SAME)),
            NamedLayer.of("norm1", new BatchNorm2d()),
            NamedLayer.of("byNorm1", new Relu()),
            NamedLayer.of("conv2", Conv2d.of(5, 3).withPadding(Padding.SAME)),
            NamedLayer.of("norm2", new BatchNorm2d()),
            NamedLayer.of("alone", new Relu()),
            NamedLayer.of("sum", new Add(), "alone", "norm2", "byNorm1"),
            NamedLayer.of("norm3", new BatchNorm2d()),
            NamedLayer.of("residual1", new Add(), "norm3", "sum"),
            NamedLayer.of("bySum1", new Relu()),
            NamedLayer.of("conv4", Conv2d.of(5, 3).withPadding(Padding.SAME), "bySum1"),
            NamedLayer.of("norm4", new BatchNorm2d()),
            NamedLayer.of("conv5", Conv2d.of(5, 1), "bySum1"),
            NamedLayer.of("norm5", new BatchNorm2d(1e-3f, 0.2f, false)),
            NamedLayer.of("residual2", new Add(), "norm4", "norm5"),
            NamedLayer.of("conv6", Conv2d.of(5, 3).withPadding(Padding.SAME), "residual2"),
            NamedLayer.of("norm6", new BatchNorm2d()),
            NamedLayer.of("residual3", new Add(), "residual2", "norm6"),
            NamedLayer.of("bySum2", new Relu()),
            NamedLayer.of("conv7", Conv2d.of(5, 3).withPadding(Padding.SAME), "bySum2"),
            NamedLayer.of("norm7", new BatchNorm2d()),
            NamedLayer.of("twice", new Add(), "norm7", "norm7"),
            NamedLayer.of("byPool1", new Relu()),
            NamedLayer.of("pool1", overlapping),
            NamedLayer.of("drop", new Dropout(0.3f)),
            NamedLayer.of("conv3", Conv2d.of(4, 3).withPadding(Padding.SAME)),
            NamedLayer.of("byPool2", new Relu()),
            NamedLayer.of("pool2", MaxPool2d.of(2, 2)),
            NamedLayer.of("flat", new Flatten()),
            NamedLayer.of("fc", Dense.of(6))));
  }

  /** Holds convolutions that pool what they give. */
  public static Network pooling() {
    MaxPool2d overlapping = new MaxPool2d(Size.of(3), Size.of(2), Padding.of(1), null, false);
    return Network.of(
        INPUT,
        List.of(
            NamedLayer.of("conv1", Conv2d.of(21, 3).withPadding(Padding.SAME)),
            NamedLayer.of("relu", new Relu()),
            NamedLayer.of("pool1", MaxPool2d.of(2, 2)),
            NamedLayer.of("conv2", Conv2d.of(6, 3).withPadding(Padding.of(1)), "input"),
            NamedLayer.of("pool2", overlapping),
            NamedLayer.of("flat1", new Flatten(), "pool1"),
            NamedLayer.of("flat2", new Flatten(), "pool2"),
            NamedLayer.of("fc1", Dense.of(6), "flat1"),
            NamedLayer.of("fc2", Dense.of(6), "flat2"),
            NamedLayer.of("sum", new Add(), "fc1", "fc2")));
  }

  /** Holds Winograd convolutions that pool what they give, and one whose pool overlaps. */
  public static Network poolingTiles() {
    MaxPool2d overlapping = new MaxPool2d(Size.of(3), Size.of(1), Padding.of(1), null, false);
    return Network.of(
        INPUT,
        List.of(
            NamedLayer.of("wide", Conv2d.of(16, 3).withPadding(Padding.of(4))),
            NamedLayer.of("conv1", Conv2d.of(17, 3).withPadding(Padding.of(1, 1, 0, 2))),
            NamedLayer.of("relu1", new Relu()),
            NamedLayer.of("pool1", MaxPool2d.of(2, 2)),
            NamedLayer.of("conv2", Conv2d.of(16, 3).withPadding(Padding.SAME)),
            NamedLayer.of("pool2", overlapping),
            NamedLayer.of("conv3", Conv2d.of(20, 3).withPadding(Padding.of(2, 1, 1, 2))),
            NamedLayer.of("pool3", MaxPool2d.of(2, 2)),
            NamedLayer.of("flat", new Flatten()),
            NamedLayer.of("fc", Dense.of(6))));
  }

  /** Holds Winograd convolutions behind batch normalisations. */
  public static Network normalizing() {
    Conv2d sixteen = Conv2d.of(16, 3).withPadding(Padding.SAME);
    return Network.of(
        INPUT,
        List.of(
            NamedLayer.of("conv1", Conv2d.of(16, 3).withPadding(Padding.of(2, 2, 1, 1))),
            NamedLayer.of("norm1", new BatchNorm2d()),
            NamedLayer.of("relu1", new Relu()),
            NamedLayer.of("conv2", Conv2d.of(20, 3).withPadding(Padding.of(1))),
            NamedLayer.of("norm2", new BatchNorm2d(1e-3f, 0.2f, false)),
            NamedLayer.of("conv3", sixteen),
            NamedLayer.of("twice", new BatchNorm2d()),
            NamedLayer.of("conv4", sixteen, "twice"),
            NamedLayer.of("both", new Add(), "conv4", "twice"),
            NamedLayer.of("norm3", new BatchNorm2d(), "both"),
            NamedLayer.of("relu3", new Relu()),
            NamedLayer.of("conv5", sixteen),
            NamedLayer.of("sum", new Add(), "conv5", "both"),
            NamedLayer.of("norm4", new BatchNorm2d()),
            NamedLayer.of("relu4", new Relu()),
            NamedLayer.of("conv6", sixteen),
            NamedLayer.of("pool", MaxPool2d.of(2, 2)),
            NamedLayer.of("flat", new Flatten()),
            NamedLayer.of("fc", Dense.of(6))));
  }
}
