package dev.convoy.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.nn.Fingerprint;
import dev.convoy.testing.ForkedJvm;
import dev.convoy.testing.ForkedJvm.Result;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The compiler makes vectors of the loops or leaves them be: the bits are the same. */
class OptimizerBitsTest {
  /** Steps every optimizer so often that it is compiled, and prints what comes of it. */
  static final class Probe {
    /** Vectors of any width leave some over. */
    private static final int COUNT = 77;

    private static final int STEPS = 4000;

    private Probe() {}

    public static void main(String[] args) {
      List<Optimizer> optimizers =
          List.of(
              new Sgd(0.01f, 0.9f, true, 0, 0.01f),
              new Adam(0.01f, null, null, null, 0.01f, true, null),
              Adamw.of(0.01f, 0.01f),
              Adamax.of(0.01f),
              Nadam.of(0.01f),
              new Rmsprop(0.01f, null, null, 0.01f, 0.9f, true),
              Rmsprop.of(0.01f),
              Adagrad.of(0.01f),
              Adadelta.of(1));
      for (Optimizer optimizer : optimizers) {
        float[] parameters = new float[COUNT];
        float[] gradient = new float[COUNT];
        Slots slots = new Slots(optimizer, COUNT);
        for (int step = 1; step <= STEPS; step++) {
          for (int i = 0; i < COUNT; i++) {
            gradient[i] = (i % 13 - 6) * 0.37f + 0.73f * parameters[i];
          }
          new ClipByNorm(1.5f).clip(gradient);
          new ClipByValue(0.4f).clip(gradient);
          optimizer.step(parameters, gradient, slots.arrays(), step, optimizer.learningRate());
        }
        System.out.println(optimizer + " " + Fingerprint.sha256(parameters));
        System.out.println(Fingerprint.sha256(slots.flat()));
      }
    }
  }

  @Test
  void interpretedAndCompiledStepsGiveTheSameBits() throws Exception {
    String interpreted = output("-Xint");
    assertEquals(18, interpreted.lines().count());
    assertEquals(interpreted, output("-XX:-TieredCompilation"));
    assertEquals(interpreted, output("-XX:MaxVectorSize=16", "-XX:-TieredCompilation"));
    assertEquals(interpreted, output("-XX:-UseSuperWord"));
  }

  private static String output(String... options) throws Exception {
    Result result = ForkedJvm.run(Probe.class, List.of(options));
    assertEquals(0, result.status(), result.errors());
    return result.output();
  }
}
