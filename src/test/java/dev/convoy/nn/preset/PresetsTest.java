package dev.convoy.nn.preset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.nn.Network;
import dev.convoy.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PresetsTest {
  /** Counts as torchvision publishes them with its weights. */
  @ParameterizedTest
  @CsvSource({
    "alexnet, 61100840",
    "vgg11, 132863336",
    "vgg11_bn, 132868840",
    "vgg13, 133047848",
    "vgg13_bn, 133053736",
    "vgg16, 138357544",
    "vgg16_bn, 138365992",
    "vgg19, 143667240",
    "vgg19_bn, 143678248",
    "resnet18, 11689512",
    "resnet34, 21797672",
    "resnet50, 25557032",
    "resnet101, 44549160",
    "resnet152, 60192808",
    "resnext50_32x4d, 25028904",
    "resnext101_32x8d, 88791336",
    "wide_resnet50_2, 68883240",
    "wide_resnet101_2, 126886696",
    "squeezenet1_0, 1248424",
    "squeezenet1_1, 1235496",
    "densenet121, 7978856",
    "densenet161, 28681000",
    "densenet169, 14149480",
    "densenet201, 20013928",
    "googlenet, 6624904",
    "mobilenet_v2, 3504872",
    "mobilenet_v3_small, 2542856",
    "mobilenet_v3_large, 5483032",
    "efficientnet_b0, 5288548",
    "efficientnet_b1, 7794184",
    "efficientnet_b2, 9109994",
    "efficientnet_b3, 12233232",
    "efficientnet_b4, 19341616",
    "efficientnet_v2_s, 21458488",
    "regnet_y_400mf, 4344144",
    "regnet_y_800mf, 6432512",
    "regnet_y_1_6gf, 11202430",
    "regnet_y_3_2gf, 19436338",
    "convnext_tiny, 28589128",
    "convnext_small, 50223688",
    "mnasnet0_5, 2218512",
    "mnasnet0_75, 3170208",
    "mnasnet1_0, 4383312",
    "mnasnet1_3, 6282256",
    "regnet_x_400mf, 5495976",
    "regnet_x_800mf, 7259656",
    "regnet_x_1_6gf, 9190136",
    "regnet_x_3_2gf, 15296552",
    "shufflenet_v2_x0_5, 1366792",
    "shufflenet_v2_x1_0, 2278604",
    "shufflenet_v2_x1_5, 3503624",
    "shufflenet_v2_x2_0, 7393996"
  })
  void countsAreTorchvisions(String name, int parameters) {
    Network network = Presets.of(name).network();
    assertEquals(parameters, network.parameterCount());
    assertEquals(Shape.of(1000), network.output());
  }

  /** Counts of the papers, or of other code in wide use, for CIFAR's and MNIST's ten classes. */
  @ParameterizedTest
  @CsvSource({
    "lenet5, 61706",
    "resnet20, 272474",
    "resnet32, 466906",
    "resnet44, 661338",
    "resnet56, 855770",
    "resnet110, 1730714",
    "wrn28_10, 36479194"
  })
  void countsOfNetworksForSmallPicturesAreThePublishedOnes(String name, int parameters) {
    Network network = Presets.of(name).network();
    assertEquals(parameters, network.parameterCount());
    assertEquals(Shape.of(10), network.output());
  }

  /** Torchvision publishes 27,161,264 with the auxiliary head, whose own are 3,326,696. */
  @Test
  void inceptionHasAllButTheAuxiliaryHead() {
    assertEquals(27161264 - 3326696, Presets.of("inception_v3").network().parameterCount());
  }

  @Test
  void everyNetworkTakesOtherClasses() {
    for (Preset preset : Presets.byName().values()) {
      assertEquals(Shape.of(7), preset.network(preset.input(), 7).output(), preset.name());
      assertTrue(preset.source().matches(".*, .*\\d{4}"), preset.source());
    }
  }

  @Test
  void widthScalesChannels() {
    Preset preset = Presets.of("mobilenet_v2");
    Network half = preset.network(preset.input(), 1000, new Choices(0.5f, null));
    assertEquals(1968680, half.parameterCount());
  }

  @Test
  void whatANetworkHasNotCannotBeChosen() {
    Preset preset = Presets.of("resnet18");
    Choices wide = new Choices(2f, null);
    assertEquals(
        "Choices.width must be absent for resnet18, which has none, but was 2.0",
        assertThrows(IllegalArgumentException.class, () -> preset.network(preset.input(), 10, wide))
            .getMessage());
  }
}
