package dev.convoy.model;

import dev.convoy.image.Normalization;
import dev.convoy.loss.SoftmaxCrossEntropy;
import dev.convoy.loss.Task;
import dev.convoy.nn.Network;
import dev.convoy.nn.preset.Presets;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Predicts on a picture by a network of the field with random weights, and prints what it found.
 */
final class SmallHeap {
  private SmallHeap() {}

  /** Takes the network's name, as resnet50. */
  public static void main(String[] args) {
    Network network = Presets.of(args[0]).network();
    Model model =
        new Model(
            network,
            network.initialWeights(1),
            List.of(),
            Normalization.none(3),
            IntStream.range(0, network.output().size()).mapToObj(String::valueOf).toList(),
            Task.CLASSIFICATION,
            new SoftmaxCrossEntropy(),
            null);
    byte[] pixels = new byte[network.input().size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * 31);
    }
    Prediction prediction = Predictor.of(model).predictPixels(pixels);
    float sum = 0;
    for (float value : prediction.values()) {
      sum += value;
    }
    System.out.println(Math.abs(sum - 1) < 1e-4 ? "probabilities" : "the sum is " + sum);
  }
}
