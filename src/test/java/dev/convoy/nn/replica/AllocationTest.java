package dev.convoy.nn.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import dev.convoy.kernel.Kernels;
import dev.convoy.loss.BatchLoss;
import dev.convoy.loss.BatchLoss.Reduction;
import dev.convoy.loss.BinaryCrossEntropy;
import dev.convoy.loss.Huber;
import dev.convoy.loss.SoftmaxCrossEntropy;
import dev.convoy.nn.NamedLayer;
import dev.convoy.nn.Network;
import dev.convoy.nn.layer.Add;
import dev.convoy.nn.layer.AvgPool2d;
import dev.convoy.nn.layer.BatchNorm2d;
import dev.convoy.nn.layer.Clip;
import dev.convoy.nn.layer.Concat;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.ConvTranspose2d;
import dev.convoy.nn.layer.Dense;
import dev.convoy.nn.layer.Dropout2d;
import dev.convoy.nn.layer.Elu;
import dev.convoy.nn.layer.Flatten;
import dev.convoy.nn.layer.Gelu;
import dev.convoy.nn.layer.GlobalAvgPool2d;
import dev.convoy.nn.layer.GroupNorm;
import dev.convoy.nn.layer.HardSigmoid;
import dev.convoy.nn.layer.HardSwish;
import dev.convoy.nn.layer.LayerNorm;
import dev.convoy.nn.layer.LeakyRelu;
import dev.convoy.nn.layer.LocalResponseNorm;
import dev.convoy.nn.layer.LogSoftmax;
import dev.convoy.nn.layer.MaxPool2d;
import dev.convoy.nn.layer.Mish;
import dev.convoy.nn.layer.Multiply;
import dev.convoy.nn.layer.Pad2d;
import dev.convoy.nn.layer.Padding;
import dev.convoy.nn.layer.Prelu;
import dev.convoy.nn.layer.Relu;
import dev.convoy.nn.layer.Relu6;
import dev.convoy.nn.layer.Scale;
import dev.convoy.nn.layer.Selu;
import dev.convoy.nn.layer.Silu;
import dev.convoy.nn.layer.Size;
import dev.convoy.nn.layer.Softmax;
import dev.convoy.nn.layer.Softplus;
import dev.convoy.nn.layer.StochasticDepth;
import dev.convoy.nn.layer.Upsample2d;
import dev.convoy.optim.Adam;
import dev.convoy.optim.Sgd;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.ForkedJvm;
import dev.convoy.testing.ForkedJvm.Result;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A warm step allocates nothing. In a JVM of its own: what other tests had compiled would decide
 * what the compiler does here.
 */
class AllocationTest {
  /** Trains a network until it allocates nothing any more, and prints what it allocated at last. */
  static final class Probe {
    private static final int BATCH = 20;
    private static final int STEPS = 50;

    private Probe() {}

    private static Network lenet() {
      return Network.of(
          Shape.of(1, 28, 28),
          Conv2d.of(6, 5).withPadding(Padding.SAME),
          new Relu(),
          MaxPool2d.of(2, 2),
          Conv2d.of(16, 5),
          new Relu(),
          MaxPool2d.of(2, 2),
          new Flatten(),
          Dense.of(120),
          new Relu(),
          Dense.of(84),
          new Relu(),
          Dense.of(10));
    }

    private static Network activations() {
      return Network.of(
          Shape.of(1, 12, 12),
          Conv2d.of(6, 5),
          new LeakyRelu(0.1f),
          new Elu(1f),
          new Selu(),
          new Gelu(Gelu.Approximation.NONE),
          new Gelu(Gelu.Approximation.TANH),
          new Silu(),
          new Mish(),
          new Softplus(1f, 20f),
          new Relu6(),
          new HardSigmoid(),
          new HardSwish(),
          new Clip(-2f, 2f),
          new Prelu(true, null),
          new Scale(0.9f),
          new LayerNorm(),
          GroupNorm.of(3),
          LocalResponseNorm.of(5),
          new Softmax(),
          new LogSoftmax(),
          new Flatten(),
          Dense.of(10));
    }

    private static Network graph() {
      return Network.of(
          Shape.of(1, 12, 12),
          List.of(
              NamedLayer.of("stem", Conv2d.of(6, 3).withPadding(Padding.SAME)),
              NamedLayer.of("norm", new BatchNorm2d()),
              NamedLayer.of("relu", new Relu()),
              NamedLayer.of("conv", Conv2d.of(6, 3).withPadding(Padding.SAME)),
              NamedLayer.of("sum", new Add(), "conv", "relu"),
              NamedLayer.of("pool", AvgPool2d.of(2, 2)),
              NamedLayer.of("up", new Upsample2d(Size.of(2))),
              NamedLayer.of("turned", ConvTranspose2d.of(3, 3, 1), "pool"),
              NamedLayer.of("down", MaxPool2d.of(2, 2), "up"),
              NamedLayer.of("padded", new Pad2d(Padding.of(1), 0), "down"),
              NamedLayer.of("both", new Concat(), "turned", "padded"),
              NamedLayer.of("drop", new Dropout2d(0.2f)),
              NamedLayer.of("squeeze", new GlobalAvgPool2d()),
              NamedLayer.of("excite", new Multiply(), "drop", "squeeze"),
              NamedLayer.of("depth", new StochasticDepth(0.2f)),
              NamedLayer.of("mean", new GlobalAvgPool2d()),
              NamedLayer.of("fc", Dense.of(10))));
    }

    /** Convolutions by Winograd's tiles, of one and two groups of sixteen channels. */
    private static Network winograd() {
      return Network.of(
          Shape.of(16, 12, 33),
          Conv2d.of(16, 3).withPadding(Padding.SAME),
          new BatchNorm2d(),
          new Relu(),
          Conv2d.of(32, 3).withPadding(Padding.SAME),
          new Relu(),
          Conv2d.of(16, 3).withPadding(Padding.SAME),
          new Relu(),
          MaxPool2d.of(2, 2),
          new Flatten(),
          Dense.of(10));
    }

    /**
     * Prints the bytes of the last 50 steps.
     *
     * @param args how many steps at most to warm up; {@code lenet}, {@code activations}, {@code
     *     graph} or {@code winograd}
     */
    public static void main(String[] args) {
      Network network =
          switch (args[1]) {
            case "lenet" -> lenet();
            case "graph" -> graph();
            case "winograd" -> winograd();
            default -> activations();
          };
      Replica replica = new Replica(network, BATCH, Kernels.chosen());
      float[] first = network.initialWeights(1).parameters();
      System.arraycopy(first, 0, replica.parameters(), 0, first.length);
      for (int i = 0; i < replica.input().length; i++) {
        replica.input()[i] = i % 17 / 17f;
      }
      BatchLoss loss = new SoftmaxCrossEntropy().bind(10, replica.kernels());
      Sgd sgd = Sgd.of(0.001f, 0.9f);
      Adam adam = Adam.of(1e-6f);
      float[][] momentum = new float[1][first.length];
      float[][] moments = new float[2][first.length];
      int[] labels = new int[BATCH];
      BatchLoss[] losses = {
        new BinaryCrossEntropy().bind(10, replica.kernels()),
        new Huber().bind(10, replica.kernels())
      };
      float[] targets = new float[BATCH * 10];
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long thread = Thread.currentThread().getId();
      // The first call makes what the bean itself needs.
      threads.getThreadAllocatedBytes(thread);
      int most = Integer.parseInt(args[0]);
      long allocated = -1;
      int step = 1;
      // Three times in a row: then it is no accident.
      int quiet = 0;
      while (quiet < 3 && step <= most + 3 * STEPS) {
        long before = threads.getThreadAllocatedBytes(thread);
        for (int i = 0; i < STEPS; i++) {
          replica.forwardTraining(BATCH, step);
          for (BatchLoss other : losses) {
            other.compute(
                replica.output(), targets, BATCH, replica.outputGradient(), Reduction.MEAN);
          }
          loss.compute(replica.output(), labels, BATCH, replica.outputGradient(), Reduction.MEAN);
          replica.backward();
          sgd.step(replica.parameters(), replica.gradients(), momentum, step, 0.001f);
          adam.step(replica.parameters(), replica.gradients(), moments, step, 1e-6f);
          step++;
        }
        allocated = threads.getThreadAllocatedBytes(thread) - before;
        quiet = allocated == 0 ? quiet + 1 : 0;
      }
      System.out.println(allocated + " bytes after " + (step - 1) + " steps");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"lenet", "activations", "graph", "winograd"})
  void aWarmStepOnVectorKernelsAllocatesNothing(String network) throws Exception {
    List<String> options = List.of(ForkedJvm.WITH_VECTORS, "-Dconvoy.kernels=vector");
    assertAllocatesNothing(options, 3000, network);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lenet", "activations", "graph"})
  void aWarmStepOnScalarKernelsAllocatesNothing(String network) throws Exception {
    assertAllocatesNothing(List.of("-Dconvoy.kernels=scalar"), 200, network);
  }

  private static void assertAllocatesNothing(List<String> options, int steps, String network)
      throws Exception {
    List<String> all = new ArrayList<>(options);
    // The steps wait for the compiler: on a busy machine they would be done before it is.
    all.add("-Xbatch");
    Result result = ForkedJvm.run(Probe.class, all, Integer.toString(steps), network);
    assertEquals(0, result.status(), result.errors());
    assertEquals("0 bytes", result.output().replaceAll(" after.*", ""), result.output());
  }
}
