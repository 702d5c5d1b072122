package dev.convoy.benchmark;

import dev.convoy.nn.NamedLayer;
import dev.convoy.nn.Network;
import dev.convoy.nn.Node;
import dev.convoy.nn.layer.Dropout;
import dev.convoy.optim.Sgd;
import java.util.ArrayList;
import java.util.List;

/** An engine with a network, as it is timed. */
final class EngineContestant implements Contestant {
  static final String TRAIN = "train";
  static final String INFER = "infer";

  /** Asks for the losses of the first steps, separated by blanks. */
  static final String LOSSES = "losses";

  /** Asks for {@link Engine#secondsOfCalls}. */
  static final String CALLS = "calls";

  /** Makes an engine. */
  @FunctionalInterface
  interface Opener {
    Engine open(Network network, SyntheticBatch batch, Sgd optimizer);
  }

  private final Opener opener;
  private final Network network;
  private final SyntheticBatch batch;
  private final Engine engine;

  EngineContestant(Network network, Opener opener) {
    this.opener = opener;
    this.network = network;
    this.batch = SyntheticBatch.of(network, Engine.BATCH);
    this.engine = opener.open(network, batch, Engine.TIMED);
  }

  @Override
  public String description() {
    return engine.description();
  }

  @Override
  public void run(String task, int times) {
    boolean trains = task.equals(TRAIN);
    for (int i = 0; i < times; i++) {
      if (trains) {
        engine.step();
      } else {
        engine.infer();
      }
    }
  }

  @Override
  public String answer(String question) {
    return switch (question) {
      case LOSSES -> String.join(" ", firstLosses().stream().map(String::valueOf).toList());
      case CALLS -> String.valueOf(engine.secondsOfCalls());
      default -> Contestant.super.answer(question);
    };
  }

  /** The loss before a fresh engine's first step, and after each step. */
  private List<Double> firstLosses() {
    Engine fresh = opener.open(withoutDropout(network), batch, Engine.CHECKED);
    List<Double> losses = new ArrayList<>();
    for (int i = 0; i <= Engine.CHECKED_STEPS; i++) {
      fresh.step();
      losses.add(fresh.loss());
    }
    return losses;
  }

  /** The same without the layers whose random numbers differ from engine to engine. */
  private static Network withoutDropout(Network network) {
    List<String> names = new ArrayList<>(List.of(Network.INPUT));
    List<NamedLayer> layers = new ArrayList<>();
    for (Node node : network.nodes()) {
      List<String> inputs = node.sources().stream().map(names::get).toList();
      if (node.layer() instanceof Dropout) {
        names.add(inputs.get(0));
      } else {
        names.add(node.name());
        layers.add(new NamedLayer(node.name(), inputs, node.layer()));
      }
    }
    return Network.of(network.input(), layers);
  }
}
