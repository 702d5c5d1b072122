package dev.convoy.train.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.image.ImageBlock;
import dev.convoy.kernel.Kernels;
import dev.convoy.nn.Network;
import dev.convoy.nn.Parameter;
import dev.convoy.nn.Weights;
import dev.convoy.nn.layer.BatchNorm2d;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.Dense;
import dev.convoy.nn.layer.Flatten;
import dev.convoy.nn.layer.Padding;
import dev.convoy.nn.layer.Relu;
import dev.convoy.optim.Adam;
import dev.convoy.optim.Optimizer;
import dev.convoy.optim.Sgd;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.Bits;
import dev.convoy.train.Trainer;
import dev.convoy.train.TrainingListener;
import dev.convoy.train.round.Averaging;
import dev.convoy.train.round.LocalRounds;
import dev.convoy.train.round.State;
import dev.convoy.train.round.TrainingPlan;
import dev.convoy.train.sampling.Sampler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Ten steps on a part of a network come to what PyTorch comes to with {@code requires_grad=False}
 * and batch norm in evaluation mode; src/test/python/fine_tuning.py wrote the file.
 */
class FineTuningGoldenTest {
  private static final Shape IMAGE = Shape.of(2, 6, 5);
  private static final int EXAMPLES = 40;
  private static final int BATCH = 8;

  /** Of the distance that a tensor moved. */
  private static final double TOLERANCE = 1e-5;

  private static final Network NETWORK =
      Network.builder(IMAGE)
          .add("conv1", Conv2d.of(4, 3).withPadding(Padding.SAME).withoutBias())
          .add("bn1", new BatchNorm2d())
          .add("relu1", new Relu())
          .add("conv2", Conv2d.of(5, 3).withoutBias())
          .add("bn2", new BatchNorm2d())
          .add("relu2", new Relu())
          .add("flatten", new Flatten())
          .add("fc", Dense.of(4))
          .build();

  private static double number(int index, int seed) {
    return (index * 2654435761L + seed * 40503L) % (1L << 32) * 0x1p-32 - 0.5;
  }

  private static Weights start() {
    Weights weights = NETWORK.initialWeights(1);
    for (Parameter tensor : NETWORK.parameters()) {
      boolean scale = tensor.name().matches("bn.\\.weight");
      for (int i = tensor.offset(); i < tensor.offset() + tensor.size(); i++) {
        double value = number(i, 1);
        weights.parameters()[i] = (float) (scale ? 1 + 0.5 * value : 0.6 * value);
      }
    }
    for (Parameter tensor : NETWORK.buffers()) {
      int first = tensor.name().endsWith("Mean") ? 0 : 1;
      for (int i = tensor.offset(); i < tensor.offset() + tensor.size(); i++) {
        weights.buffers()[i] = (float) (first + 0.4 * number(i, 2));
      }
    }
    return weights;
  }

  private static ImageBlock data() {
    byte[] pixels = new byte[EXAMPLES * IMAGE.size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (int) ((number(i, 3) + 0.5) * 256);
    }
    int[] ids = IntStream.range(0, EXAMPLES).toArray();
    return new ImageBlock(IMAGE, ids, Arrays.stream(ids).map(i -> i * i / 3 % 4).toArray(), pixels);
  }

  private static State train(Optimizer optimizer, Averaging averaging, boolean unfreezes) {
    List<Unfreezing> later =
        unfreezes ? List.of(new Unfreezing(2, List.of("conv1\\..*", "bn1\\..*"))) : List.of();
    FineTuning tuning =
        new FineTuning(
            null, List.of("conv1\\..*", "bn1\\..*"), new Rates(Map.of("fc\\..*", 10.0)), later);
    TrainingPlan plan =
        TrainingPlan.builder(
                NETWORK, optimizer, new Sampler(EXAMPLES, 1, BATCH, 1, false, 1, EXAMPLES))
            .averaging(averaging)
            .epochs(2)
            .tuning(TuningPlan.of(NETWORK, tuning))
            .build();
    LocalRounds rounds = new LocalRounds(plan, List.of(data()), Kernels.chosen());
    return new Trainer(plan, rounds, null, new TrainingListener() {}, () -> false)
        .run(State.initial(plan, start()));
  }

  private static Map<String, double[]> expected(String optimizer, String unfreezing)
      throws IOException {
    Map<String, double[]> tensors = new HashMap<>();
    for (String line : Files.readAllLines(Path.of("src/test/resources/golden/fine-tuning.txt"))) {
      String[] words = line.split(" ");
      if (words[0].equals(optimizer) && words[1].equals(unfreezing)) {
        tensors.put(
            words[2].replace("_mean", "Mean").replace("_var", "Var"),
            Arrays.stream(words).skip(3).mapToDouble(Double::parseDouble).toArray());
      }
    }
    return tensors;
  }

  @ParameterizedTest
  @CsvSource({
    "sgd, never, PARAMETERS", "sgd, later, PARAMETERS",
    "adam, never, PARAMETERS", "adam, later, PARAMETERS",
    "sgd, never, GRADIENTS", "sgd, later, GRADIENTS",
    "adam, never, GRADIENTS", "adam, later, GRADIENTS"
  })
  void tenStepsComeToWhatPyTorchComesTo(String name, String unfreezing, Averaging averaging)
      throws IOException {
    Optimizer optimizer =
        name.equals("sgd") ? new Sgd(0.02f, 0.9f, false, 0, 0.01f) : Adam.of(0.005f);
    State end = train(optimizer, averaging, unfreezing.equals("later"));
    assertEquals(10, end.step());
    Map<String, double[]> expected = expected(name, unfreezing);
    Weights start = start();
    check(NETWORK.parameters(), start.parameters(), end.parameters(), expected);
    check(NETWORK.buffers(), start.buffers(), end.buffers(), expected);
    assertTrue(expected.isEmpty(), expected.keySet()::toString);
    if (unfreezing.equals("never")) {
      for (Parameter tensor : NETWORK.parameters().subList(0, 3)) {
        assertSame(tensor, start.parameters(), end.parameters());
      }
      for (Parameter tensor : NETWORK.buffers().subList(0, 2)) {
        assertSame(tensor, start.buffers(), end.buffers());
      }
    }
  }

  private static void assertSame(Parameter tensor, float[] before, float[] after) {
    int from = tensor.offset();
    int to = from + tensor.size();
    Bits.assertSame(
        Arrays.copyOfRange(before, from, to), Arrays.copyOfRange(after, from, to), tensor.name());
  }

  private static void check(
      List<Parameter> tensors, float[] start, float[] end, Map<String, double[]> expected) {
    for (Parameter tensor : tensors) {
      double[] values = expected.remove(tensor.name());
      double moved = 0;
      double off = 0;
      for (int i = 0; i < values.length; i++) {
        int at = tensor.offset() + i;
        moved += Math.pow(values[i] - start[at], 2);
        off += Math.pow(values[i] - end[at], 2);
      }
      String figures = tensor.name() + " moved " + Math.sqrt(moved) + ", off " + Math.sqrt(off);
      // A frozen tensor is written with twelve digits, which do not tell a float to its last bit.
      assertTrue(Math.sqrt(off) <= Math.max(TOLERANCE * Math.sqrt(moved), 1e-10), figures);
    }
  }
}
