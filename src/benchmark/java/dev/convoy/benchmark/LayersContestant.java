package dev.convoy.benchmark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.convoy.nn.Network;
import dev.convoy.nn.replica.LayerClock;

/** Trains a network with Convoy, and says what the layers took. */
final class LayersContestant implements Contestant {
  static final String TRAIN = "train";

  /** Asks for the {@link Times} since the last question. */
  static final String TIMES = "times";

  /**
   * Nanoseconds of some steps.
   *
   * @param forward of each node
   * @param backward of each node
   * @param steps of all else, too
   * @param count of steps
   */
  record Times(long[] forward, long[] backward, long steps, int count) {}

  private final ConvoyEngine engine;
  private final int nodes;
  private long[] forward;
  private long[] backward;
  private long elapsed;
  private int steps;

  LayersContestant(Network network) {
    nodes = network.nodes().size();
    engine = new ConvoyEngine(network, SyntheticBatch.of(network, Engine.BATCH), Engine.TIMED);
    engine.watch(
        new LayerClock() {
          @Override
          public void forward(int node, long nanoseconds) {
            forward[node] += nanoseconds;
          }

          @Override
          public void backward(int node, long nanoseconds) {
            backward[node] += nanoseconds;
          }
        });
    reset();
  }

  private void reset() {
    forward = new long[nodes];
    backward = new long[nodes];
    elapsed = 0;
    steps = 0;
  }

  @Override
  public String description() {
    return engine.description();
  }

  @Override
  public void run(String task, int times) {
    long start = System.nanoTime();
    for (int i = 0; i < times; i++) {
      engine.step();
    }
    elapsed += System.nanoTime() - start;
    steps += times;
  }

  @Override
  public String answer(String question) {
    if (!question.equals(TIMES)) {
      return Contestant.super.answer(question);
    }
    try {
      String times =
          new ObjectMapper().writeValueAsString(new Times(forward, backward, elapsed, steps));
      reset();
      return times;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
