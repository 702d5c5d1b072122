package dev.convoy.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Has contestants take turns: in each repetition every one does all tasks, each for about half a
 * second, while the others wait. So whatever slows the machine for a while slows all of them.
 */
final class Rounds {
  private static final double TURN_SECONDS = 0.5;

  private final List<ContestantJvm> contestants;
  private final List<String> tasks;

  Rounds(List<ContestantJvm> contestants, List<String> tasks) {
    this.contestants = contestants;
    this.tasks = tasks;
  }

  /** For each contestant, in order, how many times a second it did each task. */
  List<Map<String, Samples>> run(int repetitions) {
    List<Map<String, List<Double>>> rates = new ArrayList<>();
    List<Map<String, Integer>> times = new ArrayList<>();
    for (ContestantJvm contestant : contestants) {
      Map<String, Integer> ofOne = new LinkedHashMap<>();
      Map<String, List<Double>> none = new LinkedHashMap<>();
      for (String task : tasks) {
        ofOne.put(task, (int) Math.max(1, Math.round(contestant.warm(task) * TURN_SECONDS)));
        none.put(task, new ArrayList<>());
      }
      times.add(ofOne);
      rates.add(none);
    }
    for (int repetition = 0; repetition < repetitions; repetition++) {
      for (int i = 0; i < contestants.size(); i++) {
        for (String task : tasks) {
          rates.get(i).get(task).add(contestants.get(i).time(task, times.get(i).get(task)));
        }
      }
    }
    return rates.stream().map(Rounds::samples).toList();
  }

  private static Map<String, Samples> samples(Map<String, List<Double>> rates) {
    Map<String, Samples> samples = new LinkedHashMap<>();
    rates.forEach((task, values) -> samples.put(task, new Samples(values)));
    return samples;
  }
}
