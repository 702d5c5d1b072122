package dev.convoy.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.nn.Weights;
import dev.convoy.train.round.RoundSums;
import dev.convoy.train.round.State;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BackgroundCheckpointsTest {
  private final List<Integer> written = Collections.synchronizedList(new ArrayList<>());
  private final List<BackgroundCheckpoints.Failure> failures =
      Collections.synchronizedList(new ArrayList<>());

  private static Checkpoint after(int round) {
    State state = new State(Weights.of(new float[1]), new float[0], round, round);
    return new Checkpoint(state, 1, RoundSums.NONE, RoundSums.NONE, null);
  }

  @Test
  void everySoManiethRoundAndTheLastAreWritten() {
    try (BackgroundCheckpoints checkpoints =
        new BackgroundCheckpoints(3, c -> written.add(c.round()), failures::add)) {
      for (int round = 1; round <= 8; round++) {
        checkpoints.offer(after(round), round == 8);
      }
      assertEquals(List.of(3, 6, 8), written);
      assertNull(checkpoints.failure());
    }
  }

  @Test
  void trainingGoesOnWhileOneIsWrittenAndWaitsWhereTheNextIsDue() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    Thread[] writer = new Thread[1];
    try (BackgroundCheckpoints checkpoints =
        new BackgroundCheckpoints(
            2,
            c -> {
              writer[0] = Thread.currentThread();
              begun.countDown();
              await(mayEnd);
              written.add(c.round());
            },
            failures::add)) {
      checkpoints.offer(after(2), false);
      await(begun);
      checkpoints.offer(after(3), false); // is not due, and returns
      assertEquals(List.of(), written);
      assertNotEquals(Thread.currentThread(), writer[0]);
      Thread training = new Thread(() -> checkpoints.offer(after(4), false));
      training.start();
      while (training.getState() != Thread.State.WAITING) {
        assertTrue(training.isAlive(), "it must wait for the one before");
        Thread.onSpinWait();
      }
      mayEnd.countDown();
      training.join();
    }
    assertEquals(List.of(2, 4), written);
  }

  @Test
  void aFailureIsReportedAndTheNextMaySucceed() {
    try (BackgroundCheckpoints checkpoints =
        new BackgroundCheckpoints(
            1,
            c -> {
              if (c.round() == 2) {
                throw new IOException("the disk is full");
              }
              written.add(c.round());
            },
            failures::add)) {
      checkpoints.offer(after(1), false);
      checkpoints.offer(after(2), false);
      assertEquals(2, checkpoints.failure().round());
      assertEquals("the disk is full", checkpoints.failure().cause().getMessage());
      checkpoints.offer(after(3), true);
      assertNull(checkpoints.failure());
    }
    assertEquals(List.of(1, 3), written);
    assertEquals(1, failures.size());
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(60, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
