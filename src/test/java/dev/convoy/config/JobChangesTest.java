package dev.convoy.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.config.binding.TreeWriter;
import dev.convoy.config.tree.Tree.Mapping;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobChangesTest {
  private static List<String> changes(String... overrides) {
    return JobChanges.between(TreeWriter.write(JobText.read()), JobText.read(overrides));
  }

  @Test
  void theSameJobHasNone() {
    assertEquals(List.of(), changes());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          seed=43                                             | seed 42 -> 43
          training.batchSize=7                                | training.batchSize 64 -> 7
          distribution.workers=3                              | distribution.workers 2 -> 3
          distribution.averagingFrequency=17                  | distribution.averagingFrequency 16 -> 17
          training.clip={norm: 5}                             | training.clip.norm none -> 5.0
          training.shuffle=true                               | training.shuffle false -> true
          training.initialWeights=w.safetensors               | training.initialWeights none -> w.safetensors
          """)
  void whatTheWeightsDependOnIsShownWithBothValues(String override, String change) {
    assertEquals(List.of(change), changes(override));
  }

  @Test
  void severalAreShownInAlphabeticalOrder() {
    assertEquals(
        List.of(
            "distribution.outer.nesterov.learningRate none -> 1.0",
            "distribution.outer.nesterov.momentum none -> 0.5",
            "distribution.workers 2 -> 5",
            "seed 42 -> 1"),
        changes(
            "seed=1", "distribution.workers=5", "distribution.outer={nesterov: {momentum: 0.5}}"));
  }

  @Test
  void whatTheWeightsDoNotDependOnMayChange() {
    assertEquals(
        List.of(),
        changes(
            "name=other",
            "output=elsewhere",
            "checkpoint={everyRounds: 1, keep: 9}",
            "distribution.reduction=sharded",
            "training.epochs=50",
            "data.train.images=hdfs:///moved",
            "data.test="));
  }

  /** As of a job that was run before a key was known. */
  @Test
  void aKeyThatCameLaterHadItsDefault() {
    Mapping job = (Mapping) TreeWriter.write(JobText.read());
    Mapping training = ((Mapping) job.get("training")).without("schedule").without("loss");
    assertEquals(List.of(), JobChanges.between(job.with("training", training), JobText.read()));
  }
}
