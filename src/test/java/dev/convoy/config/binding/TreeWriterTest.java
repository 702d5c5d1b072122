package dev.convoy.config.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.config.Job;
import dev.convoy.config.JobText;
import dev.convoy.config.tree.Names;
import dev.convoy.config.tree.Tree;
import dev.convoy.config.tree.TreeReader;
import dev.convoy.nn.layer.AdaptiveAvgPool2d;
import dev.convoy.nn.layer.Add;
import dev.convoy.nn.layer.AvgPool2d;
import dev.convoy.nn.layer.BatchNorm2d;
import dev.convoy.nn.layer.ChannelMax;
import dev.convoy.nn.layer.ChannelMean;
import dev.convoy.nn.layer.ChannelShuffle;
import dev.convoy.nn.layer.Clip;
import dev.convoy.nn.layer.Concat;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.ConvTranspose2d;
import dev.convoy.nn.layer.Crop2d;
import dev.convoy.nn.layer.Dense;
import dev.convoy.nn.layer.DepthToSpace;
import dev.convoy.nn.layer.Dropout;
import dev.convoy.nn.layer.Dropout2d;
import dev.convoy.nn.layer.Elu;
import dev.convoy.nn.layer.Flatten;
import dev.convoy.nn.layer.Gelu;
import dev.convoy.nn.layer.GlobalAvgPool2d;
import dev.convoy.nn.layer.GlobalMaxPool2d;
import dev.convoy.nn.layer.GroupNorm;
import dev.convoy.nn.layer.HardSigmoid;
import dev.convoy.nn.layer.HardSwish;
import dev.convoy.nn.layer.Initializer;
import dev.convoy.nn.layer.Layer;
import dev.convoy.nn.layer.LayerNorm;
import dev.convoy.nn.layer.LeakyRelu;
import dev.convoy.nn.layer.LocalResponseNorm;
import dev.convoy.nn.layer.LogSoftmax;
import dev.convoy.nn.layer.MaxPool2d;
import dev.convoy.nn.layer.Mish;
import dev.convoy.nn.layer.Multiply;
import dev.convoy.nn.layer.Pad2d;
import dev.convoy.nn.layer.Padding;
import dev.convoy.nn.layer.Prelu;
import dev.convoy.nn.layer.Relu;
import dev.convoy.nn.layer.Relu6;
import dev.convoy.nn.layer.Reshape;
import dev.convoy.nn.layer.Scale;
import dev.convoy.nn.layer.Selu;
import dev.convoy.nn.layer.Sigmoid;
import dev.convoy.nn.layer.Silu;
import dev.convoy.nn.layer.Size;
import dev.convoy.nn.layer.Slice;
import dev.convoy.nn.layer.Softmax;
import dev.convoy.nn.layer.Softplus;
import dev.convoy.nn.layer.SpaceToDepth;
import dev.convoy.nn.layer.StochasticDepth;
import dev.convoy.nn.layer.Tanh;
import dev.convoy.nn.layer.Upsample2d;
import dev.convoy.optim.Adadelta;
import dev.convoy.optim.Adagrad;
import dev.convoy.optim.Adam;
import dev.convoy.optim.Adamax;
import dev.convoy.optim.Adamw;
import dev.convoy.optim.Clipping;
import dev.convoy.optim.Constant;
import dev.convoy.optim.Cosine;
import dev.convoy.optim.Exponential;
import dev.convoy.optim.MultiStep;
import dev.convoy.optim.Nadam;
import dev.convoy.optim.OneCycle;
import dev.convoy.optim.Optimizer;
import dev.convoy.optim.Pace;
import dev.convoy.optim.Polynomial;
import dev.convoy.optim.ReduceOnPlateau;
import dev.convoy.optim.Rmsprop;
import dev.convoy.optim.Schedule;
import dev.convoy.optim.Sgd;
import dev.convoy.optim.Step;
import dev.convoy.optim.Warmup;
import dev.convoy.tensor.Shape;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TreeWriterTest {
  @ParameterizedTest
  @ValueSource(strings = {"job.yaml", "job.json"})
  void aJobSurvivesTheWayThroughText(String name) {
    Job job =
        JobText.read(
            "training.optimizer={adam: {epsilon: 1e-8, amsgrad: true}}",
            "training.schedule={multiStep: {milestones: [2, 4], warmup: {steps: 10}}}",
            "training.clip={norm: 5}",
            "training.earlyStopping={patience: 2, metric: testAccuracy}",
            "data.classes=['0', 'null', 'a: \"b\"']",
            "network.layers[0].conv2d.padding=[1, 2, 3, 4]");
    Tree tree = TreeWriter.write(job);
    String text = name.endsWith("json") ? TreeText.json(tree) : TreeText.yaml(tree);
    Job again = Binder.bind(TreeReader.read(text, name), Job.class);
    assertEquals(TreeText.json(tree), TreeText.json(TreeWriter.write(again)));
    assertEquals(job.training(), again.training());
    assertEquals(job.data(), again.data());
    assertEquals(job.network().nodes(), again.network().nodes());
  }

  /** One layer of every kind at least, with no component at its default where there is another. */
  static List<Layer> layers() {
    Size size = new Size(2, 3);
    return List.of(
        new Conv2d(8, size, size, Padding.of(1, 2), size, 2, false, Initializer.GLOROT_UNIFORM),
        new MaxPool2d(size, Size.of(1), Padding.of(1), size, true),
        new AvgPool2d(size, Size.of(1), Padding.of(0, 1, 1, 0), true, false, 3),
        new Dense(4, false, Initializer.ZEROS),
        new Dropout(0.1f),
        new Dropout2d(0.2f),
        new ConvTranspose2d(
            8, size, size, Padding.of(1), 1, size, 2, false, Initializer.GLOROT_UNIFORM),
        new GlobalAvgPool2d(true),
        new GlobalMaxPool2d(true),
        new Slice(2, 5),
        new ChannelShuffle(4),
        new Pad2d(Padding.of(1, 2, 3, 4), -1.5f),
        new Pad2d(Padding.of(1), 0, Pad2d.Border.REFLECT),
        new Crop2d(Padding.of(1, 2, 3, 4)),
        new Reshape(Shape.of(4, 3, 5)),
        new DepthToSpace(2, DepthToSpace.ChannelOrder.DCR),
        new SpaceToDepth(2, DepthToSpace.ChannelOrder.DCR),
        new ChannelMean(),
        new ChannelMax(),
        new AdaptiveAvgPool2d(size),
        new Upsample2d(size, Upsample2d.Interpolation.BILINEAR),
        new BatchNorm2d(1e-3f, 0.01f, false),
        new Add(),
        new Concat(),
        new Multiply(),
        new StochasticDepth(0.2f),
        new Scale(1e-6f),
        new LayerNorm(1e-6f, false),
        new GroupNorm(4, 1e-3f, false),
        new LocalResponseNorm(3, 1e-3f, 0.5f, 2f),
        new Clip(-1f, 1.5f),
        new Clip(null, 6f),
        new Prelu(true, 0.1f),
        new Dense(4, null, new Initializer.Fill(0.5f)),
        new Dense(4, null, new Initializer.Normal(0.01f)),
        new Dense(4, null, new Initializer.Uniform(0.1f)),
        new Dense(4, null, new Initializer.TruncatedNormal(0.02f, 0.04f)),
        Conv2d.of(4, 3).withInitializer(Initializer.HE_NORMAL_FAN_OUT),
        Conv2d.of(4, 3).withInitializer(Initializer.LECUN_NORMAL),
        new Flatten(),
        new Relu(),
        new Sigmoid(),
        new Tanh(),
        new LeakyRelu(0.2f),
        new Elu(0.5f),
        new Selu(),
        new Gelu(Gelu.Approximation.TANH),
        new Silu(),
        new Softplus(2f, 30f),
        new Relu6(),
        new HardSigmoid(),
        new HardSwish(),
        new Mish(),
        new Softmax(),
        new LogSoftmax(),
        Conv2d.of(1, 3).withPadding(Padding.SAME));
  }

  @Test
  void everyKindOfLayerIsAmongThem() {
    Set<Class<?>> tested = new HashSet<>(layers().stream().map(Object::getClass).toList());
    assertEquals(new HashSet<>(Names.kinds(Layer.class).values()), tested);
  }

  @ParameterizedTest
  @MethodSource("layers")
  void everyLayerIsReadAsItWasWritten(Layer layer) {
    assertEquals(layer, throughText(layer, Layer.class));
  }

  @ParameterizedTest
  @MethodSource
  void everyOptimizerIsReadAsItWasWritten(Optimizer optimizer) {
    assertEquals(optimizer, throughText(optimizer, Optimizer.class));
  }

  static List<Optimizer> everyOptimizerIsReadAsItWasWritten() {
    return List.of(
        new Sgd(0.1f, 0.9f, true, 0, 5e-4f),
        new Adam(1e-3f, 0.8f, 0.99f, 1e-7f, 0.01f, true, false),
        new Adamw(1e-2f, 0.8f, 0.99f, 1e-7f, 0.02f, true),
        new Adamax(1e-2f, 0.8f, 0.99f, 1e-7f, 0.02f),
        new Nadam(1e-2f, 0.8f, 0.99f, 1e-7f, 0.02f, 0.01f),
        new Rmsprop(1e-3f, 0.9f, 1e-7f, 0.02f, 0.8f, true),
        new Adagrad(1e-3f, 0.1f, 0.02f, 0.3f, 1e-7f),
        new Adadelta(0.5f, 0.8f, 1e-7f, 0.02f));
  }

  @ParameterizedTest
  @MethodSource
  void everyScheduleIsReadAsItWasWritten(Schedule schedule) {
    assertEquals(schedule, throughText(schedule, Schedule.class));
  }

  static List<Schedule> everyScheduleIsReadAsItWasWritten() {
    return List.of(
        new Constant(),
        new Constant(Warmup.epochs(2)),
        new Step(3, 0.3, Warmup.steps(200)),
        new MultiStep(List.of(3, 7), 0.3, new Warmup(2, null, 0.0)),
        new Exponential(0.97, Warmup.epochs(2)),
        new Polynomial(0.9, 1e-5, 7, Pace.STEP, Warmup.epochs(2)),
        new Cosine(1e-5, 7, Pace.STEP, Warmup.epochs(2)),
        new OneCycle(0.4, 10.0, 100.0, Warmup.epochs(2)),
        new ReduceOnPlateau(0.3, 4, 0.01, 1e-5, 2, Warmup.epochs(2)));
  }

  @Test
  void everyKindOfOptimizerAndScheduleIsAmongThem() {
    assertEquals(
        Set.of(Optimizer.class.getPermittedSubclasses()),
        new HashSet<>(
            everyOptimizerIsReadAsItWasWritten().stream().map(Object::getClass).toList()));
    assertEquals(
        Set.of(Schedule.class.getPermittedSubclasses()),
        new HashSet<>(everyScheduleIsReadAsItWasWritten().stream().map(Object::getClass).toList()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {norm: 5} | {"norm": 5.0}
          {value: 0.5} | {"value": 0.5}
          """)
  void clippingIsReadAsItWasWritten(String text, String written) {
    Clipping clipping = Binder.bind(TreeReader.read("c: " + text, "x").get("c"), Clipping.class);
    assertEquals(written, TreeText.json(TreeWriter.write(clipping)).strip());
    assertEquals(clipping, throughText(clipping, Clipping.class));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          valid | "valid"
          0 | "valid"
          same | "same"
          3 | 3
          [2, 2] | 2
          [1, 2] | [1, 2]
          [1, 2, 3, 4] | [1, 2, 3, 4]
          [1, 2, 1, 2] | [1, 2]
          """)
  void paddingIsWrittenInItsShortestForm(String text, String shortest) {
    Tree tree = TreeReader.read("p: " + text, "x").get("p");
    Padding padding = Binder.bind(tree, Padding.class);
    assertEquals(shortest, TreeText.json(TreeWriter.write(padding)).strip());
  }

  private static <T> T throughText(T value, Class<T> type) {
    String json = TreeText.json(TreeWriter.mapping(Map.of("v", TreeWriter.write(value))));
    return Binder.bind(TreeReader.read(json, "x.json").get("v"), type);
  }
}
