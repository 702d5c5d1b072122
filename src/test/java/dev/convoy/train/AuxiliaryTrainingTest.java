package dev.convoy.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.image.ImageBlock;
import dev.convoy.image.Normalization;
import dev.convoy.kernel.Kernels;
import dev.convoy.loss.SoftmaxCrossEntropy;
import dev.convoy.nn.Auxiliary;
import dev.convoy.nn.Network;
import dev.convoy.nn.NetworkBuilder;
import dev.convoy.nn.Parameter;
import dev.convoy.nn.Weights;
import dev.convoy.nn.layer.BatchNorm2d;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.Dense;
import dev.convoy.nn.layer.Flatten;
import dev.convoy.nn.layer.MaxPool2d;
import dev.convoy.nn.layer.Padding;
import dev.convoy.nn.layer.Relu;
import dev.convoy.nn.layer.Tanh;
import dev.convoy.optim.Sgd;
import dev.convoy.testing.Bits;
import dev.convoy.testing.KernelsUnderTest;
import dev.convoy.testing.SmallTraining;
import dev.convoy.train.round.Averaging;
import dev.convoy.train.round.LocalRounds;
import dev.convoy.train.round.State;
import dev.convoy.train.round.TrainingPlan;
import dev.convoy.train.sampling.Sampler;
import dev.convoy.train.score.Evaluation;
import dev.convoy.train.score.Evaluator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Networks with further outputs while they train. */
class AuxiliaryTrainingTest {
  private static final float WEIGHT = 0.3f;
  private static final int EXAMPLES = 6;
  private static final Network BOTH =
      main(auxiliary(trunk())).auxiliary(new Auxiliary("aux", WEIGHT)).build();
  private static final Network MAIN = main(trunk()).build();
  private static final Network AUXILIARY = auxiliary(trunk()).build();

  private static NetworkBuilder trunk() {
    return Network.builder(SmallTraining.IMAGE)
        .add("conv1", Conv2d.of(5, 3).withPadding(Padding.SAME))
        .add("norm1", new BatchNorm2d())
        .add("relu1", new Relu())
        .add("pool1", MaxPool2d.of(2, 2));
  }

  private static NetworkBuilder auxiliary(NetworkBuilder network) {
    return network
        .add("auxConv", Conv2d.of(3, 1), "pool1")
        .add("auxTanh", new Tanh())
        .add("auxFlat", new Flatten())
        .add("aux", Dense.of(SmallTraining.CLASSES));
  }

  private static NetworkBuilder main(NetworkBuilder network) {
    return network
        .add("conv2", Conv2d.of(4, 2), "pool1")
        .add("relu2", new Relu())
        .add("flat", new Flatten())
        .add("fc", Dense.of(SmallTraining.CLASSES));
  }

  /** One step of plain descent, whose change of each parameter tells its gradient. */
  private record Step(Network network, State after, double loss) {
    static Step of(Network network, Kernels kernels) {
      TrainingPlan plan =
          TrainingPlan.builder(
                  network, Sgd.of(1, 0), new Sampler(EXAMPLES, 1, EXAMPLES, 1, false, 42, EXAMPLES))
              .averaging(Averaging.GRADIENTS)
              .normalization(new Normalization(new float[] {0.5f, 0.4f}, new float[] {0.3f, 0.25f}))
              .epochs(1)
              .build();
      List<Double> losses = new ArrayList<>();
      TrainingListener listener =
          new TrainingListener() {
            @Override
            public void onRound(RoundResult result) {
              losses.add(result.loss());
            }
          };
      LocalRounds rounds = new LocalRounds(plan, SmallTraining.blocks(plan.sampler()), kernels);
      State first = State.initial(plan, first(network));
      State after = new Trainer(plan, rounds, null, listener, () -> false).run(first);
      return new Step(network, after, losses.get(0));
    }

    /** The gradient of a parameter; zeros where the network has none of that name. */
    double[] gradient(Parameter of) {
      double[] gradient = new double[of.size()];
      for (Parameter parameter : network.parameters()) {
        for (int i = 0; i < gradient.length && parameter.name().equals(of.name()); i++) {
          int at = parameter.offset() + i;
          gradient[i] = first(network).parameters()[at] - (double) after.parameters()[at];
        }
      }
      return gradient;
    }
  }

  /** Weights that are a parameter's own, whatever network it is in. */
  private static Weights first(Network network) {
    Weights all = BOTH.initialWeights(42);
    Weights some = network.initialWeights(42);
    for (Parameter parameter : network.parameters()) {
      for (Parameter other : BOTH.parameters()) {
        if (other.name().equals(parameter.name())) {
          System.arraycopy(
              all.parameters(),
              other.offset(),
              some.parameters(),
              parameter.offset(),
              parameter.size());
        }
      }
    }
    return some;
  }

  @ParameterizedTest
  @EnumSource
  void lossAndGradientsAreTheWeightedSums(KernelsUnderTest kernels) {
    Step both = Step.of(BOTH, kernels.create());
    Step main = Step.of(MAIN, kernels.create());
    Step other = Step.of(AUXILIARY, kernels.create());
    assertEquals(main.loss() + WEIGHT * other.loss(), both.loss(), 1e-7);
    for (Parameter parameter : BOTH.parameters()) {
      double[] found = both.gradient(parameter);
      double[] ofMain = main.gradient(parameter);
      double[] ofOther = other.gradient(parameter);
      for (int i = 0; i < found.length; i++) {
        double expected = ofMain[i] + WEIGHT * ofOther[i];
        assertEquals(expected, found[i], 1e-6, parameter.name() + "[" + i + "]");
      }
    }
  }

  @Test
  void scalarAndVectorKernelsTrainToTheSameBits() {
    Bits.assertSame(
        Step.of(BOTH, Kernels.scalar()).after().parameters(),
        Step.of(BOTH, Kernels.vector()).after().parameters(),
        "parameters");
  }

  @Test
  void evaluationTakesTheMainOutputAlone() {
    Normalization normalization = Normalization.none(2);
    int[] ids = {0, 1, 2, 3, 4, 5, 6};
    ImageBlock block = SmallTraining.block(ids, 0, ids.length);
    Evaluator both = new Evaluator(BOTH, first(BOTH), normalization, Kernels.scalar());
    Evaluator main = new Evaluator(MAIN, first(MAIN), normalization, Kernels.scalar());
    Evaluation of = both.evaluate(block, new SoftmaxCrossEntropy());
    Evaluation expected = main.evaluate(block, new SoftmaxCrossEntropy());
    assertEquals(expected.loss(), of.loss());
    float[][] probabilities = both.probabilities(block);
    for (int i = 0; i < ids.length; i++) {
      Bits.assertSame(main.probabilities(block)[i], probabilities[i], "image " + i);
    }
  }
}
