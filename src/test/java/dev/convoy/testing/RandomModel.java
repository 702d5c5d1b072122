package dev.convoy.testing;

import dev.convoy.config.binding.Binder;
import dev.convoy.config.tree.TreeReader;
import dev.convoy.image.Normalization;
import dev.convoy.kernel.Kernels;
import dev.convoy.model.Model;
import dev.convoy.nn.Network;
import dev.convoy.nn.Parameter;
import dev.convoy.nn.Weights;
import dev.convoy.nn.replica.Replica;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Models with weights that a seed gives: no bias is 0, and no statistic what it starts from. */
public final class RandomModel {
  private RandomModel() {}

  /** A network as a job has it: {@code {input: [3, 8, 8], layers: [relu]}}. */
  public static Network network(String text) {
    return Binder.bind(TreeReader.read(text, "the test"), Network.class);
  }

  /** A classifier by such a network. */
  public static Model of(String network, long seed) {
    return of(network(network), seed);
  }

  /** A classifier by this network. */
  public static Model of(Network network, long seed) {
    float[] mean = values(network.input().channels(), seed, 0.3, 0.6);
    float[] std = values(network.input().channels(), seed + 1, 0.2, 0.4);
    List<String> classes =
        IntStream.range(0, network.output().size()).mapToObj(i -> "class " + i).toList();
    return new Model(network, weights(network, seed), new Normalization(mean, std), classes, null);
  }

  private static Weights weights(Network network, long seed) {
    Weights weights = network.initialWeights(seed);
    for (Parameter parameter : network.parameters()) {
      if (parameter.shape().rank() == 1) {
        float[] values = values(parameter.size(), seed + parameter.offset(), 0.1, 1.1);
        System.arraycopy(values, 0, weights.parameters(), parameter.offset(), values.length);
      }
    }
    for (Parameter buffer : network.buffers()) {
      float[] values = values(buffer.size(), seed + buffer.offset() + 7, 0.2, 1.5);
      System.arraycopy(values, 0, weights.buffers(), buffer.offset(), values.length);
    }
    return weights;
  }

  /** So many values between two bounds. */
  public static float[] values(int count, long seed, double least, double most) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextDouble(least, most);
    }
    return values;
  }

  /** What the network gives for normalized inputs, one example after the other. */
  public static float[] run(Model model, float[] x, int images) {
    Replica replica = new Replica(model.network(), images, Kernels.chosen());
    replica.use(model.weights());
    float[] lanes = LaneBatch.toLanes(x, images);
    System.arraycopy(lanes, 0, replica.input(), 0, lanes.length);
    replica.forward(images);
    return LaneBatch.fromLanes(replica.output(), images, model.network().output().size());
  }

  /** The shape of a batch of its inputs, as ONNX Runtime takes it. */
  public static long[] batch(Model model, int images) {
    return LongStream.concat(
            LongStream.of(images), IntStream.of(model.network().input().toArray()).asLongStream())
        .toArray();
  }
}
