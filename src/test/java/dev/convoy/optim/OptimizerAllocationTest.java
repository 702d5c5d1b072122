package dev.convoy.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import dev.convoy.testing.ForkedJvm;
import dev.convoy.testing.ForkedJvm.Result;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A warm step of any optimizer allocates nothing, nor does clipping. In a JVM of its own. */
class OptimizerAllocationTest {
  /** Steps every optimizer until none allocates any more, and prints what they did at last. */
  static final class Probe {
    private static final int COUNT = 1000;
    private static final int STEPS = 50;
    private static final int MOST = 20_000;

    private Probe() {}

    public static void main(String[] args) {
      List<Optimizer> optimizers =
          List.of(
              new Sgd(0.01f, 0.9f, true, 0, 0.01f),
              new Adam(null, null, null, null, 0.01f, true, null),
              Adam.of(0.01f),
              Adamw.of(0.01f, 0.01f),
              Adamax.of(0.01f),
              Nadam.of(0.01f),
              new Rmsprop(null, null, null, 0, 0.9f, true),
              Rmsprop.of(0.01f),
              Adagrad.of(0.01f),
              Adadelta.of(1));
      Clipping byNorm = new ClipByNorm(0.5f);
      Clipping byValue = new ClipByValue(0.01f);
      float[][][] states = new float[optimizers.size()][][];
      for (int k = 0; k < states.length; k++) {
        states[k] = new Slots(optimizers.get(k), COUNT).arrays();
      }
      float[] parameters = new float[COUNT];
      float[] gradient = new float[COUNT];
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long thread = Thread.currentThread().getId();
      threads.getThreadAllocatedBytes(thread);
      long allocated = -1;
      int step = 1;
      // Three times in a row: then it is no accident.
      int quiet = 0;
      while (quiet < 3 && step <= MOST) {
        long before = threads.getThreadAllocatedBytes(thread);
        for (int i = 0; i < STEPS; i++) {
          for (int k = 0; k < states.length; k++) {
            for (int j = 0; j < COUNT; j++) {
              gradient[j] = (j % 13 - 6) * 0.01f + 0.01f * parameters[j];
            }
            byNorm.clip(gradient);
            byValue.clip(gradient);
            optimizers.get(k).step(parameters, gradient, states[k], step, 0.001f);
          }
          step++;
        }
        allocated = threads.getThreadAllocatedBytes(thread) - before;
        quiet = allocated == 0 ? quiet + 1 : 0;
      }
      System.out.println(allocated + " bytes after " + (step - 1) + " steps");
    }
  }

  @Test
  void aWarmStepAllocatesNothing() throws Exception {
    Result result = ForkedJvm.run(Probe.class, List.of());
    assertEquals(0, result.status(), result.errors());
    assertEquals("0 bytes", result.output().replaceAll(" after.*", ""), result.output());
  }
}
