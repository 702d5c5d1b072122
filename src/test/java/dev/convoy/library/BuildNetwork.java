package dev.convoy.library;

import dev.convoy.nn.Network;
import dev.convoy.nn.layer.*;
import dev.convoy.tensor.Shape;

class BuildNetwork {
  public static void main(String[] args) {
    var network =
        Network.builder(Shape.of(3, 32, 32))
            .add("conv1", Conv2d.of(16, 3).withPadding(1).withoutBias())
            .add("bn1", new BatchNorm2d())
            .add("relu1", new Relu())
            .add("conv2", Conv2d.of(16, 3).withPadding(1).withoutBias())
            .add("sum", new Add(), "conv2", "relu1") // a shortcut
            .add(new GlobalAvgPool2d())
            .add("fc", Dense.of(10))
            .build();
    System.out.println(network.parameterCount() + " parameters");
  }
}
