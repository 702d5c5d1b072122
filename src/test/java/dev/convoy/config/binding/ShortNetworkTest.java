package dev.convoy.config.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.config.tree.ConfigException;
import dev.convoy.config.tree.Tree.Mapping;
import dev.convoy.config.tree.TreeReader;
import dev.convoy.nn.Network;
import dev.convoy.nn.preset.Presets;
import dev.convoy.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShortNetworkTest {
  private static final String DATA = "data: {classes: [a, b, c]}\n";

  private static Network read(String text) {
    Mapping job = ShortNetwork.writtenOut(TreeReader.read(text, "x.yaml"));
    return Binder.bind(job.get("network"), Network.class);
  }

  private static void assertSame(Network expected, Network actual) {
    assertEquals(TreeWriter.write(expected), TreeWriter.write(actual));
  }

  @Test
  void aPresetIsTheNetworkOfThatNameForTheJobsClasses() {
    Network network = read(DATA + "network: {preset: resnet18}");
    assertSame(Presets.of("resnet18").network(Shape.of(3, 224, 224), 3), network);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "data: {train: {format: cifar10, path: x}} | [3, 32, 32] | 10",
        "data: {train: {format: cifar100, path: x}} | [3, 32, 32] | 100",
        "data: {train: {format: cifar100, path: x, labels: coarse}} | [3, 32, 32] | 20",
        "data: {classes: [a, b], preprocess: [{resize: {size: 96}}, {centerCrop: {size: 64}}]} |"
            + " [3, 64, 64] | 2",
        "data: {classes: [a, b], train: {format: table, shape: [1, 48, 40]}} | [1, 48, 40] | 2",
        "data: {classes: [a, b], preprocess: [{resize: {shorterSide: 96}}]} | [3, 224, 224] | 2"
      })
  void inputAndClassesComeFromTheData(String data, String input, int classes) {
    Network network = read(data + "\nnetwork: {preset: resnet18}");
    assertEquals(input, network.input().toString());
    assertEquals(Shape.of(classes), network.output());
  }

  @Test
  void whatTheNetworkSaysGoesFirst() {
    Network network =
        read(DATA + "network: {preset: mobilenet_v2, input: [1, 64, 64], classes: 5, width: 0.5}");
    assertEquals(Shape.of(1, 64, 64), network.input());
    assertEquals(Shape.of(5), network.output());
    assertEquals(16, network.nodes().get(0).output().channels());
  }

  @Test
  void normAndActivationFollowTheirLayer() {
    assertSame(
        read(
            """
            network:
              input: [3, 8, 8]
              layers:
                - conv2d: {name: c, filters: 4, kernel: 3, bias: false}
                - batchNorm2d: {name: c.norm}
                - relu: {name: c.activation}
                - flatten
                - dense: {name: fc, units: 5}
                - leakyRelu: {name: fc.activation, slope: 0.1}
                - dense: {name: out, units: 3}
            """),
        read(
            DATA
                + """
                network:
                  input: [3, 8, 8]
                  layers:
                    - conv2d: {name: c, filters: 4, kernel: 3, norm: batchNorm2d, activation: relu}
                    - flatten
                    - dense: {name: fc, units: 5, activation: {leakyRelu: {slope: 0.1}}}
                    - dense: {name: out, units: classes}
                """));
  }

  @Test
  void defaultsHoldWhereALayerSaysNothing() {
    assertSame(
        read(
            """
            network:
              input: [3, 8, 8]
              layers:
                - conv2d: {name: a, filters: 4, kernel: 3, padding: same}
                - repeat: {times: 2, layers: [conv2d: {name: b, filters: 4, kernel: 5, padding: 1}]}
                - leakyRelu: {slope: 0.3}
            """),
        read(
            """
            network:
              input: [3, 8, 8]
              defaults: {conv2d: {padding: same, kernel: 3, filters: 4}, leakyRelu: {slope: 0.3}}
              layers:
                - conv2d: {name: a}
                - repeat: {times: 2, layers: [conv2d: {name: b, kernel: 5, padding: 1}]}
                - leakyRelu
            """));
  }

  @Test
  void aResidualBlockIsASumOfItsLayersAndItsShortcut() {
    assertSame(
        read(
            """
            network:
              input: [4, 8, 8]
              layers:
                - parallel:
                    name: one
                    join: add
                    branches:
                      - - conv2d: {name: c, filters: 4, kernel: 3, padding: 1}
                      - []
                - relu: {name: one.activation}
                - parallel:
                    name: two
                    join: add
                    branches:
                      - - conv2d: {name: c, filters: 6, kernel: 3, padding: 1}
                      - - conv2d: {name: s, filters: 6, kernel: 1}
            """),
        read(
            """
            network:
              input: [4, 8, 8]
              layers:
                - residual:
                    name: one
                    layers: [conv2d: {name: c, filters: 4, kernel: 3, padding: 1}]
                    activation: relu
                - residual:
                    name: two
                    layers: [conv2d: {name: c, filters: 6, kernel: 3, padding: 1}]
                    shortcut: [conv2d: {name: s, filters: 6, kernel: 1}]
            """));
  }

  @Test
  void aNamedBlockTakesParameters() {
    assertSame(
        read(
            """
            network:
              input: [3, 8, 8]
              layers:
                - conv2d: {name: a.c, filters: 4, kernel: 3}
                - relu: {name: a.r, inputs: a.c}
                - conv2d: {name: b.c, filters: 6, kernel: 1}
                - relu: {name: b.r, inputs: b.c}
            """),
        read(
            """
            network:
              input: [3, 8, 8]
              blocks:
                unit:
                  parameters: [width, side]
                  layers:
                    - conv2d: {name: c, filters: $width, kernel: $side}
                    - relu: {name: r, inputs: c}
              layers:
                - use: {block: unit, name: a, width: 4, side: 3}
                - use: {block: unit, name: b, width: 6, side: 1}
            """));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "network: {preset: resnet51} | x.yaml:1: network.preset must be a network that"
            + " 'convoy networks' lists, but was 'resnet51'; did you mean resnet50?",
        "network: {preset: resnet50} | x.yaml:1: network needs the number of classes: write"
            + " data.classes (their names) or network.classes (how many)",
        "network: {preset: resnet50, classes: 0} | x.yaml:1: network.classes must be at least 1,"
            + " but was 0",
        "network: {preset: resnet50, classes: 3, depth: 4} | x.yaml:1: network.depth is unknown"
            + " (allowed: preset, input, classes, width, dropout)",
        "network: {preset: resnet50, classes: 3, width: 2} | x.yaml:1: network.width must be absent"
            + " for resnet50, which has none, but was 2.0",
        "network: {preset: alexnet, classes: 3, input: [3, 8, 8]} | x.yaml:1: network.input:"
            + " maxPool2d 'features.2' needs [C, H>=3, W>=3], but got [64, 1, 1]",
        "network: {input: [3, 8, 8], layers: [flatten, dense: {units: classes}]} | x.yaml:1:"
            + " network.layers[1].dense.units needs the number of classes: write data.classes (their"
            + " names) or network.classes (how many)",
        "network: {input: [3, 8, 8], layers: [use: {block: a}]} | x.yaml:1:"
            + " network.layers[0].use.block needs one of , but was 'a'",
        "network: {input: [3, 8, 8], blocks: {a: {layers: [use: {block: a}]}}, layers: [use:"
            + " {block: a}]} | x.yaml:1: network.blocks.a.layers[0] must lie in at most 16 blocks,"
            + " but lies in more",
        "network: {input: [3, 8, 8], defaults: {conv2: {}}, layers: [relu]} | x.yaml:1:"
            + " network.defaults.conv2 is unknown; did you mean conv2d? (allowed: KINDS)",
        "network: {input: [3, 8, 8], layers: [residual: {shortcut: []}]} | x.yaml:1:"
            + " network.layers[0].residual.layers is required, but was absent"
      })
  void whatIsWrongIsToldWithItsPlace(String text, String message) {
    String found = assertThrows(ConfigException.class, () -> read(text)).getMessage();
    assertEquals(message, found.replaceAll("allowed: a.*", "allowed: KINDS)"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{conv2d: {filters: 3, kernel_size: 3}} | x.yaml:1: network.layers[0].conv2d.kernel_size is"
            + " unknown; did you mean kernel?",
        "{separableConv2d: {filters: 3}} | x.yaml:1: network.layers[0].separableConv2d is unknown;"
            + " write conv2d with groups and filters of as many as it has channels, and after it"
            + " conv2d with kernel: 1",
        "{depthwiseConv2d: {}} | x.yaml:1: network.layers[0].depthwiseConv2d is unknown; write"
            + " conv2d with groups and filters of as many as it has channels",
        "{linear: {}} | x.yaml:1: network.layers[0].linear is unknown; did you mean dense?",
        "{MaxPooling2D: {}} | x.yaml:1: network.layers[0].MaxPooling2D is unknown; did you mean"
            + " maxPool2d?"
      })
  void namesOfOtherFrameworksAreUnderstood(String layer, String message) {
    String text = "network: {input: [3, 8, 8], layers: [" + layer + "]}";
    String found = assertThrows(ConfigException.class, () -> read(text)).getMessage();
    assertEquals(message, found.replaceAll(" \\(allowed: .*", ""));
  }
}
