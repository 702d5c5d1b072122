package dev.convoy.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
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
    return Golden.cases("optimizers").stream()
        .filter(g -> g.name().matches("(sgd|momentum|nesterov|adam(?!w|ax)|companion).*"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("golden")
  void tenStepsAgree(Golden golden) {
    Optimizer optimizer = optimizer(golden);
    float[] parameters = golden.tensor("/in/p0").floats();
    float[] gradients = golden.tensor("/in/grads").floats();
    int count = parameters.length;
    float[] state = new float[optimizer.stateSize(count)];
    float[] all = new float[gradients.length];
    for (int step = 1; step <= gradients.length / count; step++) {
      float[] gradient = Arrays.copyOfRange(gradients, (step - 1) * count, step * count);
      float[] asGiven = gradient.clone();
      optimizer.step(parameters, gradient, state, step, optimizer.learningRate());
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
    assertEquals(11, golden().count());
  }

  private static Optimizer optimizer(Golden golden) {
    float rate = golden.number("/params/lr", Double.NaN);
    float decay = golden.number("/params/weight_decay", 0);
    JsonNode beta1 = golden.at("/params/beta1");
    if (beta1.isMissingNode()) {
      return new Sgd(
          rate,
          golden.number("/params/momentum", 0),
          golden.at("/params/nesterov").asBoolean(),
          golden.number("/params/dampening", 0),
          decay);
    }
    return new Adam(
        rate,
        (float) beta1.asDouble(),
        golden.number("/params/beta2", Double.NaN),
        golden.number("/params/eps", Double.NaN),
        decay,
        golden.at("/params/amsgrad").asBoolean(),
        !golden.name().contains("no_bias_correction"));
  }

  @Test
  void plainDescentIsExactWhereFloatsAre() {
    float[] parameters = {1, -2, 0.5f};
    Sgd.of(0.25f, 0).step(parameters, new float[] {4, 2, 0}, new float[0], 1, 0.25f);
    Bits.assertSame(new float[] {0, -2.5f, 0.5f}, parameters, "parameters");
  }

  @Test
  void momentumCarriesOnByHand() {
    Sgd sgd = Sgd.of(0.5f, 0.5f);
    float[] parameters = {8};
    float[] state = new float[1];
    sgd.step(parameters, new float[] {2}, state, 1, 0.5f);
    assertEquals(7f, parameters[0]);
    sgd.step(parameters, new float[] {4}, state, 2, 0.5f);
    assertEquals(5f, state[0]);
    assertEquals(4.5f, parameters[0]);
  }

  @Test
  void defaultsOfAdamAreTheArticles() {
    Adam adam = new Adam(null, null, null, null, 0, false, null);
    assertEquals(new Adam(0.001f, 0.9f, 0.999f, 1e-8f, 0, false, true), adam);
  }

  @Test
  void adamTakesItsFactorsAsTheDecimalsThatWereWritten() {
    for (String written : List.of("0", "0.5", "0.9", "0.99", "0.999", "0.9999", "0.98765")) {
      assertEquals(Double.parseDouble(written), Adam.decimal(Float.parseFloat(written)));
    }
    assertEquals(0x1p-40, Adam.decimal(0x1p-40f));
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
