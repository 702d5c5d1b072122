package dev.convoy.config.binding;

import dev.convoy.config.tree.Suggestion;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Tells what to write here for names that other frameworks use. */
final class ForeignNames {
  /** The name here by the names elsewhere, in lower case and without underscores. */
  private static final Map<String, List<String>> HERE = here();

  /**
   * What stands here for a layer that is no single one; the word is the kind that it begins with.
   */
  private static final Map<String, Map.Entry<String, String>> SENTENCES =
      Map.of(
          "depthwiseconv2d",
          Map.entry(
              "conv2d", "; write conv2d with groups and filters of as many as it has channels"),
          "separableconv2d",
          Map.entry(
              "conv2d",
              "; write conv2d with groups and filters of as many as it has channels, and after it"
                  + " conv2d with kernel: 1"),
          "nllloss",
          Map.entry(
              "softmaxCrossEntropy",
              "; write softmaxCrossEntropy, without a logSoftmax at the end"));

  private ForeignNames() {}

  /** A suggestion for a name that is not allowed; empty where there is none. */
  static String suggestion(String name, Collection<String> allowed) {
    String plain = name.toLowerCase(Locale.ROOT).replaceAll("[_-]", "");
    Map.Entry<String, String> sentence = SENTENCES.get(plain);
    if (sentence != null && allowed.contains(sentence.getKey())) {
      return sentence.getValue();
    }
    for (String here : HERE.getOrDefault(plain, List.of())) {
      if (allowed.contains(here)) {
        return "; did you mean " + here + "?";
      }
    }
    return Suggestion.of(name, allowed);
  }

  private static Map<String, List<String>> here() {
    Map<String, List<String>> names = new LinkedHashMap<>();
    put(names, "learningRate", "lr", "eta", "stepSize");
    put(names, "kernel", "kernelSize", "poolSize", "filterSize", "window");
    put(names, "filters", "outChannels", "channels", "numOutput");
    put(names, "units", "outFeatures", "nOut", "numHidden");
    put(names, "stride", "strides", "subsamplingSize");
    put(names, "padding", "pad", "pads");
    put(names, "bias", "useBias");
    put(names, "rate", "p", "dropProb", "probability");
    put(names, "epsilon", "eps");
    put(names, "initializer", "kernelInitializer", "weightInit", "init");
    put(names, "batchSize", "miniBatchSize", "batch");
    put(names, "epochs", "maxEpochs", "numEpochs", "maxIter");
    put(names, "schedule", "scheduler", "lrScheduler", "learningRateSchedule");
    put(names, "clipping", "gradientClipping", "clipNorm", "maxNorm");
    put(names, "beta1", "beta_1");
    put(names, "beta2", "beta_2");
    put(names, "dense", "linear", "fullyConnected", "innerProduct", "fc");
    put(names, "conv2d", "conv", "convolution", "convolution2d");
    put(names, "convTranspose2d", "conv2dTranspose", "deconv", "deconvolution2d");
    put(names, "batchNorm2d", "batchNorm", "batchNormalization", "bn", "batchNorm1d");
    put(names, "layerNorm", "layerNormalization", "layerNorm2d");
    put(names, "maxPool2d", "maxPooling2d", "maxPool", "maxPooling");
    put(names, "avgPool2d", "averagePooling2d", "avgPool", "averagePool2d", "meanPool2d");
    put(names, "globalAvgPool2d", "globalAveragePooling2d", "adaptiveAvgPool2d", "gap");
    put(names, "globalMaxPool2d", "globalMaxPooling2d", "adaptiveMaxPool2d");
    put(names, "pad2d", "zeroPadding2d", "zeroPad2d");
    put(names, "upsample2d", "upsampling2d", "upsample");
    put(names, "silu", "swish");
    put(names, "dropout2d", "spatialDropout2d");
    put(names, "concat", "concatenate", "cat");
    put(
        names,
        "softmaxCrossEntropy",
        "crossEntropy",
        "crossEntropyLoss",
        "categoricalCrossentropy",
        "sparseCategoricalCrossentropy");
    put(names, "binaryCrossEntropy", "bce", "bceLoss", "bceWithLogitsLoss");
    put(names, "meanSquaredError", "mse", "mseLoss", "l2Loss");
    put(names, "meanAbsoluteError", "mae", "l1Loss");
    put(names, "preset", "model", "architecture", "backbone");
    return names;
  }

  private static void put(Map<String, List<String>> names, String here, String... elsewhere) {
    for (String other : elsewhere) {
      String plain = other.toLowerCase(Locale.ROOT).replace("_", "");
      names.merge(plain, List.of(here), (a, b) -> Stream.concat(a.stream(), b.stream()).toList());
    }
  }
}
