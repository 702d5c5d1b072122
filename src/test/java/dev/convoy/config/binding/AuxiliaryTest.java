package dev.convoy.config.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.config.tree.ConfigException;
import dev.convoy.config.tree.TreeReader;
import dev.convoy.nn.Auxiliary;
import dev.convoy.nn.Network;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Auxiliary outputs as a job names them. */
class AuxiliaryTest {
  private static final String LAYERS =
      "[{flatten: {name: flat}}, {dense: {name: aux, units: 3}},"
          + " {dense: {name: wide, units: 5, inputs: [flat]}}, {dense: {name: last, units: 3}}]";

  private static Network read(String auxiliary) {
    return network("{input: [4], layers: " + LAYERS + ", " + auxiliary + "}");
  }

  private static Network network(String text) {
    return Binder.bind(TreeReader.read("network: " + text, "job").get("network"), Network.class);
  }

  @Test
  void auxiliaryOutputsAreReadAsTheyAreWritten() {
    Network network = read("auxiliary: [{output: aux, weight: 0.3}]");
    assertEquals(List.of(new Auxiliary("aux", 0.3f)), network.auxiliaries());
    String json = TreeText.json(TreeWriter.write(network));
    Network again =
        Binder.bind(TreeReader.read("{\"n\": " + json + "}", "x.json").get("n"), Network.class);
    assertEquals(network.auxiliaries(), again.auxiliaries());
    assertEquals(network.nodes(), again.nodes());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          auxiliary: [] | network.layers[1]: Every layer but the last must be the input of another, but 'aux' is not
          auxiliary: [{output: aux}] | network.auxiliary[0].weight is required, but was absent
          auxiliary: [{output: aux, weight: 0}] | network.auxiliary[0].weight must be above 0, but was 0.0
          auxiliary: [{output: aus, weight: 1}] | network.auxiliary[0]: auxiliary names the output 'aus', but no layer is named so
          auxiliary: [{output: input, weight: 1}] | network.auxiliary[0]: auxiliary names the output 'input', but no layer is named so
          auxiliary: [{output: wide, weight: 1}] | network.auxiliary[0]: auxiliary names the output 'wide', which must be the input of no layer and named once
          auxiliary: [{output: aux, weight: 1}, {output: aux, weight: 1}] | network.auxiliary[1]: auxiliary names the output 'aux', which must be the input of no layer and named once
          auxiliary: [{output: aux, weight: 1}, {output: last, weight: 1}] | network: auxiliary names the output 'last', but that is the network's own: the last layer's
          auxiliary: {output: aux, weight: 1} | network.auxiliary needs a list such as [{output: aux, weight: 0.3}], but was a mapping
          """)
  void oneLineSaysWhatIsWrong(String auxiliary, String message) {
    ConfigException e = assertThrows(ConfigException.class, () -> read(auxiliary));
    assertEquals(message, e.getMessage().replaceFirst("^job:1: ", ""));
  }

  @Test
  void anAuxiliaryOutputHasAsManyValuesAsTheMainOne() {
    String text =
        "{input: [4], layers: [{dense: {name: a, units: 2}}, {dense: {name: b, units: 3, inputs:"
            + " [input]}}], auxiliary: [{output: a, weight: 1}]}";
    ConfigException e = assertThrows(ConfigException.class, () -> network(text));
    assertEquals(
        "job:1: network: auxiliary names the output 'a', which must have as many values as the"
            + " network's own [3], but has [2]",
        e.getMessage());
  }
}
