package dev.convoy.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.config.binding.Binder;
import dev.convoy.config.tree.ConfigException;
import dev.convoy.config.tree.TreeReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Layers that weigh, bound or normalise values, written wrongly: what a user reads. */
class NormRulesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [4, 2, 3] | clip | .clip: Clip needs min, max or both, but has neither
          [4, 2, 3] | clip: {min: 1, max: 1} | .clip.max must be above its min, but were 1.0 and 1.0
          [4, 2, 3] | clip: {min: 2, max: -2} | .clip.max must be above its min, but were -2.0 and 2.0
          [4, 2, 3] | clip: {min: .nan} | .clip.min needs a number, but was '.nan'
          [4, 2, 3] | prelu: {slope: .inf} | .prelu.slope needs a number, but was '.inf'
          [4, 2, 3] | prelu: {slope: 1e39} | .prelu.slope needs a number that a float holds, but was 1e39
          [4, 2, 3] | prelu: {perChannel: 1} | .prelu.perChannel needs true or false, but was 1
          [4, 2, 3] | prelu: {alpha: 0.2} | .prelu.alpha is unknown (allowed: perChannel, slope)
          [4, 2, 3] | layerNorm: {epsilon: 0} | .layerNorm.epsilon must be above 0, but was 0.0
          [4, 2, 3] | layerNorm: {epsilon: -1e-5} | .layerNorm.epsilon must be above 0, but was -1.0E-5
          [4, 2, 3] | layerNorm: {affine: maybe} | .layerNorm.affine needs true or false, but was 'maybe'
          [4, 2, 3] | groupNorm | .groupNorm.groups is required, but was absent
          [4, 2, 3] | groupNorm: {groups: 0} | .groupNorm.groups must be at least 1, but was 0
          [4, 2, 3] | groupNorm: {groups: 3} | groupNorm 'a' needs a multiple of 3 channels (its groups), but got [4, 2, 3]
          [24] | groupNorm: {groups: 48} | groupNorm 'a' needs a multiple of 48 channels (its groups), but got [24]
          [4, 2, 3] | groupNorm: {groups: 2, epsilon: 0} | .groupNorm.epsilon must be above 0, but was 0.0
          [4, 2, 3] | localResponseNorm | .localResponseNorm.size is required, but was absent
          [4, 2, 3] | localResponseNorm: {size: 0} | .localResponseNorm.size must be at least 1, but was 0
          [4, 2, 3] | localResponseNorm: {size: 5, alpha: -1} | .localResponseNorm.alpha must be at least 0, but was -1.0
          [4, 2, 3] | localResponseNorm: {size: 5, beta: -0.5} | .localResponseNorm.beta must be at least 0, but was -0.5
          [4, 2, 3] | localResponseNorm: {size: 5, k: 0} | .localResponseNorm.k must be above 0, but was 0.0
          [4, 2, 3] | scale: {initial: .nan} | .scale.initial needs a number, but was '.nan'
          [4, 2, 3] | scale: {initial: 1e39} | .scale.initial needs a number that a float holds, but was 1e39
          [4, 2, 3] | stochasticDepth | .stochasticDepth.rate is required, but was absent
          [4, 2, 3] | stochasticDepth: {rate: 1} | .stochasticDepth.rate must be at least 0 and below 1, but was 1.0
          [4, 2, 3] | stochasticDepth: {rate: -0.1} | .stochasticDepth.rate must be at least 0 and below 1, but was -0.1
          [4, 2, 3] | multiply | multiply 'a' needs two inputs or more, named by 'inputs', but got one
          [4, 2, 3] | multiply: {inputs: [input]} | multiply 'a' needs two inputs or more, named by 'inputs', but got one
          [4, 2, 3] | multiply: {inputs: [input, input, input]} | multiply 'a' takes two inputs, but 'inputs' names 3
          [4, 2, 3] | multiply: {inputs: [input, b]} | multiply 'a' takes the input 'b', but no earlier layer is named so (a network has no cycles: inputs come first)
          """)
  void oneLineSaysWhatIsWrong(String input, String layer, String message) {
    assertEquals(message, refusal(input, layer));
  }

  private static String refusal(String input, String layer) {
    String named = layer.contains("{") ? layer.replace("{", "{name: a, ") : layer + ": {name: a}";
    String job = "network: {input: " + input + ", layers: [{" + named + "}]}";
    ConfigException e =
        assertThrows(
            ConfigException.class,
            () -> Binder.bind(TreeReader.read(job, "job").get("network"), Network.class));
    return e.getMessage().replaceFirst("^job:1: network.layers\\[0\\](: )?", "");
  }

  /** A layer of another shape is called b, and multiplied by the input. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [4, 2, 3] | slice: {to: 2, name: b} | [2, 2, 3] and [4, 2, 3]
          [4, 2, 3] | slice: {to: 3, name: b} | [3, 2, 3] and [4, 2, 3]
          [4, 2, 3] | flatten: {name: b} | [24] and [4, 2, 3]
          [4, 2, 3] | crop2d: {cropping: [0, 0, 0, 1], name: b} | [4, 2, 2] and [4, 2, 3]
          [24] | dense: {units: 1, name: b} | [1] and [24]
          """)
  void factorsThatFitNoMapAreRefused(String input, String other, String shapes) {
    String job =
        "network: {input: "
            + input
            + ", layers: [{"
            + other
            + "}, {multiply: {name: a, inputs: [b, input]}}]}";
    ConfigException e =
        assertThrows(
            ConfigException.class,
            () -> Binder.bind(TreeReader.read(job, "job").get("network"), Network.class));
    assertEquals(
        "job:1: network.layers[1]: multiply 'a' needs two inputs of one shape, or a map [C, H, W]"
            + " and factors [C], [C, 1, 1] or [1, H, W], but got "
            + shapes,
        e.getMessage());
  }
}
