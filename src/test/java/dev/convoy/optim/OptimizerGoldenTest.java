package dev.convoy.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.testing.Bits;
import dev.convoy.testing.Golden;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OptimizerGoldenTest {
  /** PyTorch's float32 run gives none for this case, so its values are held as its others are. */
  private static final double COMPANION_DEVIATION = 1e-7;

  static Stream<Golden> golden() {
    return Golden.cases("optimizers").stream().filter(g -> !g.name().startsWith("clip_"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("golden")
  void tenStepsAgree(Golden golden) {
    Optimizer optimizer = optimizer(golden);
    float[] parameters = golden.tensor("/in/p0").floats();
    float[] gradients = golden.tensor("/in/grads").floats();
    int count = parameters.length;
    Slots slots = new Slots(optimizer, count);
    slots.load(optimizer.initialState(count));
    float[] all = new float[gradients.length];
    for (int step = 1; step <= gradients.length / count; step++) {
      float[] gradient = Arrays.copyOfRange(gradients, (step - 1) * count, step * count);
      float[] asGiven = gradient.clone();
      optimizer.step(parameters, gradient, slots.arrays(), step, optimizer.learningRate());
      Bits.assertSame(asGiven, gradient, golden + ": the gradient is left as it is");
      System.arraycopy(parameters, 0, all, (step - 1) * count, count);
    }
    if (golden.at("/f32/p").isMissingNode()) {
      double[] expected = golden.tensor("/out/p").data();
      for (int i = 0; i < expected.length; i++) {
        double allowed = Golden.tolerance(COMPANION_DEVIATION, expected[i]);
        Golden.assertClose(expected[i], all[i], allowed, golden + " p[" + i + "]");
      }
    } else {
      golden.assertMatches("/out/p", all);
    }
  }

  @Test
  void noCaseIsLost() {
    assertEquals(21, golden().count());
  }

  private static Optimizer optimizer(Golden golden) {
    float rate = golden.number("/params/lr", Double.NaN);
    float decay = golden.number("/params/weight_decay", 0);
    float momentum = golden.number("/params/momentum", 0);
    float beta1 = golden.number("/params/beta1", Double.NaN);
    float beta2 = golden.number("/params/beta2", Double.NaN);
    float epsilon = golden.number("/params/eps", Double.NaN);
    boolean amsgrad = golden.at("/params/amsgrad").asBoolean();
    switch (golden.name().replaceAll("_.*", "")) {
      case "sgd":
      case "momentum":
      case "nesterov":
        boolean nesterov = golden.at("/params/nesterov").asBoolean();
        return new Sgd(rate, momentum, nesterov, golden.number("/params/dampening", 0), decay);
      case "companion":
        return new Adam(rate, beta1, beta2, epsilon, decay, amsgrad, false);
      case "adam":
        return new Adam(rate, beta1, beta2, epsilon, decay, amsgrad, true);
      case "adamw":
        return new Adamw(rate, beta1, beta2, epsilon, decay, amsgrad);
      case "adamax":
        return new Adamax(rate, beta1, beta2, epsilon, decay);
      case "nadam":
        float momentumDecay = golden.number("/params/momentum_decay", Double.NaN);
        return new Nadam(rate, beta1, beta2, epsilon, decay, momentumDecay);
      case "rmsprop":
        boolean centered = golden.at("/params/centered").asBoolean();
        float alpha = golden.number("/params/alpha", Double.NaN);
        return new Rmsprop(rate, alpha, epsilon, decay, momentum, centered);
      case "adagrad":
        return new Adagrad(
            rate,
            golden.number("/params/lr_decay", 0),
            decay,
            golden.number("/params/initial_accumulator", 0),
            epsilon);
      case "adadelta":
        return new Adadelta(rate, golden.number("/params/rho", Double.NaN), epsilon, decay);
      default:
        throw new AssertionError(golden.name());
    }
  }

  @Test
  void plainDescentIsExactWhereFloatsAre() {
    float[] parameters = {1, -2, 0.5f};
    Sgd.of(0.25f, 0).step(parameters, new float[] {4, 2, 0}, new float[0][], 1, 0.25f);
    Bits.assertSame(new float[] {0, -2.5f, 0.5f}, parameters, "parameters");
  }

  @Test
  void momentumCarriesOnByHand() {
    Sgd sgd = Sgd.of(0.5f, 0.5f);
    float[] parameters = {8};
    float[][] state = new float[1][1];
    sgd.step(parameters, new float[] {2}, state, 1, 0.5f);
    assertEquals(7f, parameters[0]);
    sgd.step(parameters, new float[] {4}, state, 2, 0.5f);
    assertEquals(5f, state[0][0]);
    assertEquals(4.5f, parameters[0]);
  }

  @Test
  void defaultsAreThoseOfPyTorch() {
    assertEquals(
        new Adam(0.001f, 0.9f, 0.999f, 1e-8f, 0, false, true),
        new Adam(null, null, null, null, 0, false, null));
    assertEquals(
        new Adamw(0.001f, 0.9f, 0.999f, 1e-8f, 0.01f, false),
        new Adamw(null, null, null, null, null, false));
    assertEquals(new Adamax(0.002f, 0.9f, 0.999f, 1e-8f, 0), new Adamax(null, null, null, null, 0));
    assertEquals(
        new Nadam(0.002f, 0.9f, 0.999f, 1e-8f, 0, 0.004f),
        new Nadam(null, null, null, null, 0, null));
    assertEquals(
        new Rmsprop(0.01f, 0.99f, 1e-8f, 0, 0, false), new Rmsprop(null, null, null, 0, 0, false));
    assertEquals(new Adagrad(0.01f, 0, 0, 0, 1e-10f), new Adagrad(null, 0, 0, 0, null));
    assertEquals(new Adadelta(1f, 0.9f, 1e-6f, 0), new Adadelta(null, null, null, 0));
  }

  @Test
  void onlyDecoupledDecayWorksWithoutAGradient() {
    float[] parameters = {4};
    Adamw.of(0.5f, 0.25f).step(parameters, new float[1], new float[2][1], 1, 0.5f);
    assertEquals(3.5f, parameters[0]);
    // As a gradient of 0.25 · 4 it is: the first step of Adam has the size of its rate.
    new Adam(0.5f, null, null, null, 0.25f, false, null)
        .step(parameters, new float[1], new float[2][1], 1, 0.5f);
    assertEquals(3f, parameters[0], 1e-6f);
  }

  @Test
  void aConstantGradientDoesNotMakeCentredRmspropNaN() {
    Rmsprop rmsprop = new Rmsprop(0.01f, 0.5f, null, 0, 0, true);
    float[] parameters = {1};
    float[][] state = new float[2][1];
    for (int step = 1; step <= 200; step++) {
      rmsprop.step(parameters, new float[] {0.1f}, state, step, 0);
    }
    rmsprop.step(parameters, new float[] {0.1f}, state, 201, 1e-10f);
    assertTrue(Float.isFinite(parameters[0]), () -> "parameter " + parameters[0]);
  }

  @Test
  void factorsAreTakenAsTheDecimalsThatWereWritten() {
    for (String written : List.of("0", "0.5", "0.9", "0.99", "0.999", "0.9999", "0.98765")) {
      assertEquals(Double.parseDouble(written), Factors.decimal(Float.parseFloat(written)));
    }
    assertEquals(0x1p-40, Factors.decimal(0x1p-40f));
  }

  @Test
  void nesterovWithoutMomentumIsRefused() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> new Sgd(0.1f, 0, true, 0, 0));
    assertEquals(
        "Sgd.nesterov needs momentum above 0 and no dampening, but they were 0.0 and 0.0",
        e.getMessage());
  }
}
