package dev.convoy.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.nn.Weights;
import dev.convoy.testing.Bits;
import dev.convoy.train.round.Contribution;
import dev.convoy.train.round.State;
import dev.convoy.train.score.Evaluation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;

/** What goes to workers and comes back is what was sent. */
class TravelTest {
  private static final float[] SOME = {1, Float.MIN_VALUE, -0.0f};
  private static final float[] OTHER = {-3e38f};
  private static final float[] THIRD = {0.1f, 7};

  private static Object sent(Object value) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return in.readObject();
    }
  }

  @Test
  void aStateArrivesWhole() throws Exception {
    Evaluation test =
        new Evaluation(2, 1.5, 2, 2, 1, 2, new int[] {0, 1}, new int[] {0, 0}, new float[0], null);
    State state = new State(new Weights(SOME, OTHER), THIRD, 1L << 40, 12).tested(test);
    State arrived = (State) sent(state);
    Bits.assertSame(SOME, arrived.parameters(), "parameters");
    Bits.assertSame(OTHER, arrived.buffers(), "buffers");
    Bits.assertSame(THIRD, arrived.optimizerState(), "optimizer state");
    assertEquals(1L << 40, arrived.step());
    assertEquals(12, arrived.round());
    assertEquals(state.tests().losses().length, arrived.tests().losses().length);
  }

  @Test
  void aContributionArrivesWhole() throws Exception {
    Contribution arrived =
        (Contribution)
            sent(
                new Contribution(
                    3, SOME, OTHER, THIRD, 1L << 33, 2.5, 1.75, 7, 0.25, 4, "step 2", "seat", 0.5));
    Bits.assertSame(SOME, arrived.values(), "values");
    Bits.assertSame(OTHER, arrived.buffers(), "buffers");
    Bits.assertSame(THIRD, arrived.optimizerState(), "optimizer state");
    assertEquals(
        "3 8589934592 2.5 1.75 7 0.25 4.0 step 2 seat 0.5",
        arrived.worker()
            + " "
            + arrived.examples()
            + " "
            + arrived.weight()
            + " "
            + arrived.counted()
            + " "
            + arrived.steps()
            + " "
            + arrived.lossSum()
            + " "
            + arrived.correct()
            + " "
            + arrived.failure()
            + " "
            + arrived.seat()
            + " "
            + arrived.computeSeconds());
  }
}
