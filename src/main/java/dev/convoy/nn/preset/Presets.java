package dev.convoy.nn.preset;

import dev.convoy.api.PublicApi;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The networks that are known by a name. */
@PublicApi
public final class Presets {
  private static final Map<String, Preset> ALL = all();

  private Presets() {}

  /** The networks by their names, families one after the other. */
  public static Map<String, Preset> byName() {
    return ALL;
  }

  /**
   * The network of this name, as in {@code resnet50}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Preset of(String name) {
    Preset preset = ALL.get(name);
    if (preset == null) {
      throw new IllegalArgumentException(
          "No network is named '" + name + "'; there are " + String.join(", ", ALL.keySet()));
    }
    return preset;
  }

  private static Map<String, Preset> all() {
    Map<String, Preset> all = new LinkedHashMap<>();
    Stream.of(
            LeNet.presets(),
            AlexNet.presets(),
            Vgg.presets(),
            ResNet.presets(),
            CifarResNet.presets(),
            WideResNet.presets(),
            SqueezeNet.presets(),
            DenseNet.presets(),
            GoogLeNet.presets(),
            InceptionV3.presets(),
            MobileNetV2.presets(),
            MobileNetV3.presets(),
            MnasNet.presets(),
            EfficientNet.presets(),
            RegNet.presets(),
            ShuffleNetV2.presets(),
            ConvNext.presets(),
            UNetEncoder.presets())
        .flatMap(List::stream)
        .forEach(preset -> all.put(preset.name(), preset));
    return Collections.unmodifiableMap(all);
  }
}
