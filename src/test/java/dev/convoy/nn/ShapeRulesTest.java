package dev.convoy.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.config.binding.Binder;
import dev.convoy.config.tree.ConfigException;
import dev.convoy.config.tree.TreeReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Layers that move values, written wrongly or given what does not fit: what a user reads. */
class ShapeRulesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [4, 2, 3] | slice: {to: 5} | slice 'a' needs 5 channels or more, but got [4, 2, 3]
          [4, 2, 3] | slice: {from: 4} | slice 'a' needs 5 channels or more, but got [4, 2, 3]
          [4, 2, 3] | slice: {from: 2147483647} | slice 'a' needs 2147483648 channels or more, but got [4, 2, 3]
          [4, 2, 3] | channelShuffle: {groups: 3} | channelShuffle 'a' needs a multiple of 3 channels (its groups), but got [4, 2, 3]
          [24] | globalAvgPool2d: {keepDimensions: true} | globalAvgPool2d 'a' needs [C, H, W], but got [24]
          [4, 2, 3] | reshape: {shape: [5, 5]} | network.layers[0].reshape.shape must be [C, H, W] or [F], but was [5, 5]
          [4, 2, 3] | reshape: {shape: [25]} | reshape 'a' needs the 25 values of its shape [25], but got [4, 2, 3]
          [4, 2, 3] | crop2d: {cropping: [1, 0, 1, 0]} | crop2d 'a' needs [C, H>=3, W>=1], but got [4, 2, 3]
          [4, 2, 3] | crop2d: {cropping: 2147483647} | crop2d 'a' needs [C, H>=4294967295, W>=4294967295], but got [4, 2, 3]
          [4, 2, 3] | crop2d: {cropping: same} | network.layers[0].crop2d.cropping must be given by its sides, but was same
          [6, 2, 3] | depthToSpace: {blockSize: 2} | depthToSpace 'a' needs [C, H, W] with a multiple of 4 channels (its blocks of 2x2), but got [6, 2, 3]
          [6, 2, 3] | depthToSpace: {blockSize: 65536} | network.layers[0].depthToSpace.blockSize must be at most 1024, but was 65536
          [6, 2, 3] | spaceToDepth: {blockSize: 2} | spaceToDepth 'a' needs [C, H, W] whose sides are multiples of its block's 2, but got [6, 2, 3]
          [24] | channelMean | channelMean 'a' needs [C, H, W], but got [24]
          [24] | channelMax | channelMax 'a' needs [C, H, W], but got [24]
          [24] | adaptiveAvgPool2d: {size: 7} | adaptiveAvgPool2d 'a' needs [C, H, W], but got [24]
          [4, 2, 3] | pad2d: {padding: 2, mode: reflect} | pad2d 'a' needs [C, H>=3, W>=3], wider than the border that reflects it, but got [4, 2, 3]
          [4, 2, 3] | pad2d: {padding: 2, mode: replicate, value: 1} | network.layers[0].pad2d.value has no meaning in the mode replicate, but was 1.0
          [4, 2, 3] | slice: {from: 2, to: 2} | network.layers[0].slice.to must be at least 3, but was 2
          [4, 2, 3] | slice: {to: 0} | network.layers[0].slice.to must be at least 1, but was 0
          [4, 2, 3] | slice: {from: -1} | network.layers[0].slice.from must be at least 0, but was -1
          [4, 2, 3] | slice | Slice needs from or to, but got neither
          """)
  void oneLineSaysWhatDoesNotFit(String input, String layer, String message) {
    String named = layer.contains("{") ? layer.replace("{", "{name: a, ") : layer + ": {name: a}";
    String job = "network: {input: " + input + ", layers: [{" + named + "}]}";
    ConfigException e =
        assertThrows(
            ConfigException.class,
            () -> Binder.bind(TreeReader.read(job, "job").get("network"), Network.class));
    assertEquals(
        message, e.getMessage().replaceFirst("^job:1: (network.layers\\[0\\](.slice)?: )?", ""));
  }
}
