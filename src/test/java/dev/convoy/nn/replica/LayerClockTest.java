package dev.convoy.nn.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.nn.Network;
import dev.convoy.nn.layer.Dense;
import dev.convoy.nn.layer.Relu;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayerClockTest {
  private static final class Protocol implements LayerClock {
    private final List<String> lines = new ArrayList<>();

    @Override
    public void forward(int node, long nanoseconds) {
      lines.add("forward " + node + (nanoseconds >= 0 ? "" : " before it began"));
    }

    @Override
    public void backward(int node, long nanoseconds) {
      lines.add("backward " + node + (nanoseconds >= 0 ? "" : " before it began"));
    }
  }

  @Test
  void isToldOfEachLayerInTheOrderOfThePassesUntilItIsTakenAway() {
    Network network = Network.of(Shape.of(3), new Relu(), Dense.of(4), new Relu());
    Replica replica = new Replica(network, 2);
    Protocol protocol = new Protocol();
    replica.watch(protocol);
    replica.forwardTraining(2, 1);
    replica.backward();
    replica.watch(null);
    replica.forwardTraining(2, 1);
    replica.backward();
    // Nobody asks for the gradient of the first, which has no parameters.
    assertEquals(
        List.of("forward 0", "forward 1", "forward 2", "backward 2", "backward 1"), protocol.lines);
  }
}
