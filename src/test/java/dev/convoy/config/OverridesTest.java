package dev.convoy.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.config.tree.ConfigException;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.Dropout;
import dev.convoy.nn.layer.Size;
import dev.convoy.optim.Adam;
import dev.convoy.train.frequency.Every;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverridesTest {
  @Test
  void aValueIsReplaced() {
    assertEquals(2, JobText.read("training.epochs=2").training().epochs());
  }

  @Test
  void theLastOneWins() {
    assertEquals(3, JobText.read("training.epochs=2", "training.epochs=3").training().epochs());
  }

  @Test
  void aValueMayHoldEqualsSignsAndSpaces() {
    assertEquals("a=b c", JobText.read("name=a=b c").name());
  }

  @Test
  void aWholeSectionIsReplacedByYaml() {
    Job job = JobText.read("training.optimizer={adam: {learningRate: 0.5}}");
    assertEquals(Adam.of(0.5f), job.training().optimizer());
  }

  @Test
  void aKeyThatIsNotInTheFileIsAdded() {
    assertEquals(
        new Every(8),
        JobText.read("distribution.averagingFrequency=8").distribution().averagingFrequency());
  }

  @Test
  void nothingAsAValueTakesTheKeyAway() {
    assertNull(JobText.read("data.test=").data().test());
  }

  @ParameterizedTest
  @CsvSource({"network.layers[0].conv2d.kernel=3", "network.layers.0.conv2d.kernel=3"})
  void itemsCountFromZero(String override) {
    Conv2d first = (Conv2d) JobText.read(override).network().nodes().get(0).layer();
    assertEquals(Size.of(3), first.kernel());
  }

  @Test
  void anItemIsReplaced() {
    Job job = JobText.read("network.layers[1]={dropout: {rate: 0.25}}");
    assertEquals(new Dropout(0.25f), job.network().nodes().get(1).layer());
  }

  @Test
  void aLayerGivenByItsKindAloneGetsKeys() {
    assertEquals(
        "r", JobText.read("network.layers[1].relu.name=r").network().nodes().get(1).name());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          training.epohcs=2 | training.epohcs is unknown; did you mean epochs? (allowed: epochs, batchSize, loss, optimizer, schedule, clip, earlyStopping, shuffle, initialWeights, trainable, frozen, rates, unfreeze, onNonFinite)
          training.epochs=two | training.epochs needs a whole number, but was 'two'
          training.epochs=0 | training.epochs must be at least 1, but was 0
          trainig.epochs=2 | trainig is unknown; did you mean training? (allowed: name, seed, data, network, training, distribution, checkpoint, output)
          network.layers[9].dense.units=2 | network.layers has 5 items, counted from 0, but no item '9'
          network.layers.last=relu | network.layers has 5 items, counted from 0, but no item 'last'
          training.epochs.x=2 | training.epochs is 5, which has no key 'x'
          name | needs KEY=VALUE, as in training.epochs=2
          =2 | needs KEY=VALUE, as in training.epochs=2
          a..b=2 | needs a key such as network.layers[0].conv2d.filters, but was 'a..b'
          "a[=2" | "needs a key such as network.layers[0].conv2d.filters, but was 'a['"
          "name=[a" | "not valid YAML: expected ',' or ']', but got <stream end>"
          checkpoint={keep: x} | checkpoint.keep needs a whole number, but was 'x'
          """)
  void errorsNameTheOption(String override, String message) {
    ConfigException e = assertThrows(ConfigException.class, () -> JobText.read(override));
    assertEquals("--set " + override + ": " + message, e.getMessage());
  }
}
