package dev.convoy.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.config.binding.Binder;
import dev.convoy.config.binding.TreeText;
import dev.convoy.config.binding.TreeWriter;
import dev.convoy.config.data.Fail;
import dev.convoy.config.data.Idx;
import dev.convoy.config.tree.ConfigException;
import dev.convoy.config.tree.Names;
import dev.convoy.config.tree.TreeReader;
import dev.convoy.image.CenterCrop;
import dev.convoy.image.Normalization;
import dev.convoy.image.Resize;
import dev.convoy.loss.SoftmaxCrossEntropy;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.Dense;
import dev.convoy.nn.layer.Layer;
import dev.convoy.nn.layer.MaxPool2d;
import dev.convoy.nn.layer.Padding;
import dev.convoy.nn.layer.Size;
import dev.convoy.optim.Adam;
import dev.convoy.optim.ClipByNorm;
import dev.convoy.optim.ClipByValue;
import dev.convoy.optim.Constant;
import dev.convoy.optim.Cosine;
import dev.convoy.optim.Nesterov;
import dev.convoy.optim.Pace;
import dev.convoy.optim.Sgd;
import dev.convoy.optim.Warmup;
import dev.convoy.tensor.MessageLine;
import dev.convoy.tensor.Shape;
import dev.convoy.train.frequency.Auto;
import dev.convoy.train.frequency.Every;
import dev.convoy.train.frequency.PostLocal;
import dev.convoy.train.frequency.Quadratic;
import dev.convoy.train.frequency.Staged;
import dev.convoy.train.round.Aggregation;
import dev.convoy.train.round.Averaging;
import dev.convoy.train.round.EarlyStopping;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobReaderTest {
  @Test
  void everyKeyArrives() {
    Job job = JobText.read();
    assertEquals("sample", job.name());
    assertEquals(42, job.seed());
    assertEquals(new Idx("train-images", "train-labels"), job.data().train());
    assertEquals(new Idx("test-images", "test-labels"), job.data().test());
    assertEquals(List.of("a", "b", "c"), job.data().classes());
    assertEquals(
        new Normalization(new float[] {0.286f}, new float[] {0.353f}),
        job.data().normalize().values());
    assertEquals(5, job.training().epochs());
    assertEquals(64, job.training().batchSize());
    assertEquals(new SoftmaxCrossEntropy(), job.training().loss());
    assertEquals(Sgd.of(0.05f, 0.9f), job.training().optimizer());
    assertEquals(new Constant(), job.training().schedule());
    assertFalse(job.training().shuffle());
    assertNull(job.training().initialWeights());
    assertEquals(
        new Distribution(2, Averaging.PARAMETERS, new Every(16), null, null, null),
        job.distribution());
    assertEquals("out/sample", job.output());
  }

  @Test
  void theNetworkHasTheLayersOfTheJob() {
    var nodes = JobText.read().network().nodes();
    assertEquals(Conv2d.of(6, 5).withPadding(Padding.SAME), nodes.get(0).layer());
    assertEquals(MaxPool2d.of(2, 2), nodes.get(2).layer());
    assertEquals(Dense.of(3), nodes.get(4).layer());
    assertEquals(
        List.of("conv1", "relu_2", "maxPool2d_3", "flatten_4", "fc"),
        nodes.stream().map(node -> node.name()).toList());
    assertEquals(Shape.of(1, 8, 8), JobText.read().network().input());
  }

  @Test
  void absentKeysTakeTheDefaultsOfTheRecords() {
    Job job =
        JobText.readText(
            """
            name: small
            data: {train: {format: idx, images: a, labels: b}}
            network: {input: [2, 4, 4], layers: [flatten, dense: {units: 2}]}
            training: {epochs: 1, batchSize: 1, optimizer: adam}
            distribution: {workers: 1}
            output: out
            """);
    assertEquals(0, job.seed());
    assertNull(job.data().test());
    assertNull(job.data().classes(), "the data may name them");
    assertEquals(List.of(), job.data().preprocess());
    assertEquals(new Fail(), job.data().onBadRecord());
    assertEquals(Normalization.none(2), job.data().normalize().values());
    assertEquals(Adam.of(0.001f), job.training().optimizer());
    assertTrue(job.training().shuffle());
    assertEquals(new Constant(), job.training().schedule());
    assertEquals(new SoftmaxCrossEntropy(), job.training().loss());
    assertEquals(Averaging.PARAMETERS, job.distribution().averaging());
    assertEquals(new Every(16), job.distribution().averagingFrequency());
  }

  @Test
  void howOftenIsAveragedMayBeARule() {
    assertEquals(
        new PostLocal(2, null, 1, 16),
        JobText.read("distribution.averagingFrequency={postLocal: {epochs: 2, then: 16}}")
            .distribution()
            .averagingFrequency());
    assertEquals(
        new Quadratic(0.2, 4, 64),
        JobText.read(
                "distribution.averagingFrequency={quadratic: {alpha: 0.2, minimum: 4, maximum: 64}}")
            .distribution()
            .averagingFrequency());
  }

  @Test
  void howOftenIsAveragedMayBeMeasuredOrListed() {
    assertEquals(
        new Auto(8, 1024, 0.05),
        JobText.read("distribution.averagingFrequency=auto").distribution().averagingFrequency());
    Staged listed = new Staged(List.of(new Staged.Stage(1, 1, 8), new Staged.Stage(2, 3, 64)), 128);
    Job job =
        JobText.read(
            "distribution.averagingFrequency={staged: {stages: [{epoch: 1, round: 1, steps: 8},"
                + " {epoch: 2, round: 3, steps: 64}], maximum: 128}}");
    assertEquals(listed, job.distribution().averagingFrequency());
    assertEquals(job.distribution(), Binder.bind(TreeWriter.write(job), Job.class).distribution());
  }

  @Test
  void gradientsAreAveragedEveryStepWhateverAutoWouldMeasure() {
    ConfigException e =
        assertThrows(
            ConfigException.class,
            () ->
                JobText.read(
                    "distribution.averaging=gradients", "distribution.averagingFrequency=auto"));
    assertTrue(
        e.getMessage()
            .endsWith(
                "averagingFrequency must be 1 where gradients are averaged, but was every 8 steps"
                    + " until auto has measured"),
        e.getMessage());
  }

  @Test
  void whereIsSummedAndAnOuterOptimizerMayBeChosen() {
    Job job = JobText.read("distribution.reduction=sharded", "distribution.outer={nesterov: {}}");
    assertEquals(Aggregation.SHARDED, job.distribution().reduction());
    assertEquals(new Nesterov(1f, 0.9f), job.distribution().outer());
    assertEquals(Aggregation.AUTO, JobText.read().distribution().reduction());
    assertNull(JobText.read().distribution().outer());
  }

  @Test
  void averagedGradientsMeanOneStepARound() {
    Job job = JobText.read("distribution.averaging=gradients");
    assertEquals(
        new Distribution(2, Averaging.GRADIENTS, new Every(1), Aggregation.AUTO, null, null),
        job.distribution());
  }

  @Test
  void whatMovesTheRateAndEndsATrainingArrives() {
    Job job =
        JobText.read(
            "training.schedule={cosine: {minimum: 0.001, epochs: 3, pace: step, warmup: {epochs: 2}}}",
            "training.clip={norm: 5}",
            "training.earlyStopping={patience: 3, minDelta: 1e-3, metric: testAccuracy}");
    assertEquals(new Cosine(0.001, 3, Pace.STEP, Warmup.epochs(2)), job.training().schedule());
    assertEquals(new ClipByNorm(5), job.training().clip());
    assertEquals(
        new EarlyStopping(3, 1e-3, EarlyStopping.Metric.TEST_ACCURACY),
        job.training().earlyStopping());
    assertEquals(new ClipByValue(1), JobText.read("training.clip={value: 1.0}").training().clip());
    assertNull(JobText.read().training().clip());
    assertNull(JobText.read().training().earlyStopping());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          "constant: {}" | "reduceOnPlateau: {patience: 2}" | conf/x.yaml:24: training.schedule needs data.validation, or else data.test, whose loss it watches, but there is neither
          shuffle: false | "earlyStopping: {patience: 2}" | conf/x.yaml:25: training.earlyStopping needs data.validation, or else data.test, whose examples it watches, but there is neither
          """)
  void whatWatchesTheTestExamplesNeedsThem(String right, String wrong, String message) {
    String text = JobText.LENET.replace(right, wrong);
    JobText.readText(text);
    ConfigException e =
        assertThrows(ConfigException.class, () -> JobText.readText(text, "data.test="));
    assertEquals(message, e.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          epochs: 5 | epohcs: 5 | conf/x.yaml:20: training.epohcs is unknown; did you mean epochs? (allowed: epochs, batchSize, loss, optimizer, schedule, clip, earlyStopping, shuffle, initialWeights, trainable, frozen, rates, unfreeze, onNonFinite)
          batchSize: 64 | batchsize: 64 | conf/x.yaml:21: training.batchsize is unknown; did you mean batchSize? (allowed: epochs, batchSize, loss, optimizer, schedule, clip, earlyStopping, shuffle, initialWeights, trainable, frozen, rates, unfreeze, onNonFinite)
          seed: 42 | sede: 42 | conf/x.yaml:2: sede is unknown; did you mean seed? (allowed: name, seed, data, network, training, distribution, checkpoint, output)
          units: 3 | untis: 3 | conf/x.yaml:18: network.layers[4].dense.untis is unknown; did you mean units? (allowed: units, bias, initializer)
          epochs: 5 | zzz: 5 | conf/x.yaml:20: training.zzz is unknown (allowed: epochs, batchSize, loss, optimizer, schedule, clip, earlyStopping, shuffle, initialWeights, trainable, frozen, rates, unfreeze, onNonFinite)
          epochs: 5 | "" | conf/x.yaml:19: training.epochs is required, but was absent
          epochs: 5 | epochs: five | conf/x.yaml:20: training.epochs needs a whole number, but was 'five'
          epochs: 5 | "epochs: '5'" | conf/x.yaml:20: training.epochs needs a whole number, but was '5'
          epochs: 5 | epochs: 5.0 | conf/x.yaml:20: training.epochs needs a whole number, but was 5.0
          epochs: 5 | epochs: 0 | conf/x.yaml:20: training.epochs must be at least 1, but was 0
          epochs: 5 | epochs: 2147483648 | conf/x.yaml:20: training.epochs needs a whole number below 2^31, but was 2147483648
          epochs: 5 | epochs: [5] | conf/x.yaml:20: training.epochs needs a whole number, but was a list of 1
          epochs: 5 | epochs: {a: 5} | conf/x.yaml:20: training.epochs needs a whole number, but was a mapping
          shuffle: false | shuffle: no | conf/x.yaml:25: training.shuffle needs true or false, but was 'no'
          kernel: 5 | kernel: -5 | conf/x.yaml:12: network.layers[0].conv2d.kernel must be at least 1, but was -5
          kernel: 5 | kernel: [5, 0] | conf/x.yaml:12: network.layers[0].conv2d.kernel[1] must be at least 1, but was 0
          kernel: 5 | kernel: [5, 5, 5] | conf/x.yaml:12: network.layers[0].conv2d.kernel needs one number, or [height, width], but was a list of 3
          ", kernel: 5" | "" | conf/x.yaml:12: network.layers[0].conv2d.kernel is required, but was absent
          filters: 6 | filters: 0 | conf/x.yaml:12: network.layers[0].conv2d.filters must be at least 1, but was 0
          padding: same | padding: -1 | conf/x.yaml:12: network.layers[0].conv2d.padding must be at least 0, but was -1
          padding: same | padding: wide | conf/x.yaml:12: network.layers[0].conv2d.padding needs valid, same, a number, [vertical, horizontal] or [top, left, bottom, right], but was 'wide'
          "kernel: 5, padding: same" | kernel: 9 | "conf/x.yaml:12: network.layers[0]: conv2d 'conv1' needs [C, H>=9, W>=9], but got [1, 8, 8]"
          kernel: 2 | kernel: 12 | "conf/x.yaml:14: network.layers[2]: maxPool2d 'maxPool2d_3' needs [C, H>=12, W>=12], but got [6, 8, 8]"
          - relu | - rleu | conf/x.yaml:13: network.layers[1] needs one of COUNT names, but was 'rleu'; did you mean relu? (allowed: LAYERS)
          - maxPool2d | - maxPol2d | conf/x.yaml:14: network.layers[2].maxPol2d is unknown; did you mean maxPool2d? (allowed: LAYERS)
          - flatten | - 7 | conf/x.yaml:15: network.layers[3] needs one of COUNT names, but was 7 (allowed: LAYERS)
          - flatten | - dropout | conf/x.yaml:15: network.layers[3].dropout.rate is required, but was absent
          - flatten | - relu | "conf/x.yaml:16: network.layers[4]: dense 'fc' needs [F] (put a flatten before it), but got [6, 4, 4]"
          name: fc | name: conv1 | "conf/x.yaml:16: network.layers[4]: Layer names must differ, but two are 'conv1'"
          name: fc | name: a/b | conf/x.yaml:17: network.layers[4].dense.name needs letters, digits, '_', '-' and '.' alone, but was 'a/b'
          units: 3 | units: 4 | conf/x.yaml:6: data.classes must name as many classes as the network has outputs, 4, but there are 3
          "[a, b, c]" | "[a, b, a]" | "conf/x.yaml:6: data.classes must differ, but were [a, b, a]"
          "mean: [0.2860]" | "mean: [0.1, 0.2]" | conf/x.yaml:7: data.normalize.mean and std need one value a channel each, but have 2 and 1
          "mean: [0.2860], std: [0.3530]" | "mean: [0.1, 0.2], std: [1, 1]" | conf/x.yaml:7: data.normalize must have one value a channel of network.input, 1, but has 2
          ", std: [0.3530]" | "" | conf/x.yaml:7: data.normalize.std is required, but was absent
          "[1, 8, 8]" | "[1, 0, 8]" | "conf/x.yaml:10: network.input: Shape dimensions must be at least 1, but were [1, 0, 8]"
          learningRate: 0.05 | learningRate: -1 | conf/x.yaml:23: training.optimizer.sgd.learningRate must be above 0, but was -1.0
          learningRate: 0.05 | learningRate: 1e50 | conf/x.yaml:23: training.optimizer.sgd.learningRate needs a number that a float holds, but was 1e50
          "sgd:" | "sdg:" | conf/x.yaml:23: training.optimizer.sdg is unknown; did you mean sgd? (allowed: adadelta, adagrad, adam, adamax, adamw, nadam, rmsprop, sgd)
          "optimizer: {sgd" | "optimizer: {adam: {beta1: 1}, sgd" | conf/x.yaml:23: training.optimizer needs one of adadelta, adagrad, adam, adamax, adamw, nadam, rmsprop, sgd, but has the keys adam, sgd
          "sgd: {learningRate: 0.05, momentum: 0.9}" | "adamw: {weightDecay: -1}" | conf/x.yaml:23: training.optimizer.adamw.weightDecay must be at least 0, but was -1.0
          "sgd: {learningRate: 0.05, momentum: 0.9}" | "adamax: {beta2: 1}" | conf/x.yaml:23: training.optimizer.adamax.beta2 must be at least 0 and below 1, but was 1.0
          "sgd: {learningRate: 0.05, momentum: 0.9}" | "nadam: {momentumDecay: -1}" | conf/x.yaml:23: training.optimizer.nadam.momentumDecay must be at least 0, but was -1.0
          "sgd: {learningRate: 0.05, momentum: 0.9}" | "rmsprop: {alpha: 1.5}" | conf/x.yaml:23: training.optimizer.rmsprop.alpha must be at least 0 and below 1, but was 1.5
          "sgd: {learningRate: 0.05, momentum: 0.9}" | "adagrad: {initialAccumulator: -1}" | conf/x.yaml:23: training.optimizer.adagrad.initialAccumulator must be at least 0, but was -1.0
          "sgd: {learningRate: 0.05, momentum: 0.9}" | "adadelta: {epsilon: 0}" | conf/x.yaml:23: training.optimizer.adadelta.epsilon must be above 0, but was 0.0
          "constant: {}" | "step: {gamma: 0.5}" | conf/x.yaml:24: training.schedule.step.every is required, but was absent
          "constant: {}" | "step: {every: 5}" | conf/x.yaml:24: training.schedule.step.every must be below training.epochs, 5, but was 5
          "constant: {}" | "step: {every: 2, gamma: 0}" | conf/x.yaml:24: training.schedule.step.gamma must be above 0, but was 0.0
          "constant: {}" | "multiStep: {milestones: [2, 5]}" | conf/x.yaml:24: training.schedule.multiStep.milestones must be below training.epochs, 5, but the last was 5
          "constant: {}" | "multiStep: {milestones: [3, 2]}" | conf/x.yaml:24: training.schedule.multiStep.milestones must be at least 1 and ascend, but were [3, 2]
          "constant: {}" | "multiStep: {milestones: []}" | conf/x.yaml:24: training.schedule.multiStep.milestones must not be empty
          "constant: {}" | "multiStep: {milestones: [2.5]}" | conf/x.yaml:24: training.schedule.multiStep.milestones[0] needs a whole number, but was 2.5
          "constant: {}" | "exponential: {}" | conf/x.yaml:24: training.schedule.exponential.gamma is required, but was absent
          "constant: {}" | "polynomial: {power: 0}" | conf/x.yaml:24: training.schedule.polynomial.power must be above 0, but was 0.0
          "constant: {}" | "polynomial: {epochs: 6}" | conf/x.yaml:24: training.schedule.polynomial.epochs must be at most training.epochs, 5, but was 6
          "constant: {}" | "cosine: {epochs: 4, warmup: {epochs: 2}}" | conf/x.yaml:24: training.schedule.cosine.epochs must be at most training.epochs less the warm-up, 3, but was 4
          "constant: {}" | "cosine: {minimum: 0.1}" | conf/x.yaml:24: training.schedule.cosine.minimum must be at most the optimizer's learningRate, 0.05, but was 0.1
          "constant: {}" | "cosine: {pace: often}" | conf/x.yaml:24: training.schedule.cosine.pace needs one of epoch, step, but was 'often'
          "constant: {}" | "constant: {warmup: {epochs: 5}}" | conf/x.yaml:24: training.schedule.constant.warmup.epochs must be below training.epochs, 5, but was 5
          "constant: {}" | "constant: {warmup: {epochs: 1, steps: 9}}" | "conf/x.yaml:24: training.schedule.constant.warmup: Warmup needs either epochs or steps, but has both"
          "constant: {}" | "constant: {warmup: {steps: 0}}" | conf/x.yaml:24: training.schedule.constant.warmup.steps must be at least 1, but was 0
          "constant: {}" | "constant: {warmup: {steps: 9, from: 1}}" | conf/x.yaml:24: training.schedule.constant.warmup.from must be at least 0 and below 1, but was 1.0
          "constant: {}" | "constant: {warmup: 5}" | conf/x.yaml:24: training.schedule.constant.warmup needs keys (epochs, steps, from), but was 5
          "constant: {}" | "oneCycle: {peakAt: 1}" | conf/x.yaml:24: training.schedule.oneCycle.peakAt must be at least 0 and below 1, but was 1.0
          "constant: {}" | "oneCycle: {finalDivisor: 0.5}" | conf/x.yaml:24: training.schedule.oneCycle.finalDivisor must be at least 1, but was 0.5
          "constant: {}" | "reduceOnPlateau: {patience: 5}" | conf/x.yaml:24: training.schedule.reduceOnPlateau.patience must be below training.epochs, 5, but was 5
          "constant: {}" | "reduceOnPlateau: {factor: 2}" | conf/x.yaml:24: training.schedule.reduceOnPlateau.factor must be at least 0 and below 1, but was 2.0
          "constant: {}" | "cosin: {}" | conf/x.yaml:24: training.schedule.cosin is unknown; did you mean cosine? (allowed: constant, cosine, exponential, multiStep, oneCycle, polynomial, reduceOnPlateau, step)
          shuffle: false | clip: 5 | conf/x.yaml:25: training.clip needs keys (value, norm), but was 5
          shuffle: false | clip: {} | conf/x.yaml:25: training.clip needs either value or norm, but has none
          shuffle: false | "clip: {value: 1, norm: 5}" | conf/x.yaml:25: training.clip needs either value or norm, but has both
          shuffle: false | "clip: {nrom: 5}" | conf/x.yaml:25: training.clip.nrom is unknown; did you mean norm? (allowed: value, norm)
          shuffle: false | "clip: {norm: 0}" | conf/x.yaml:25: training.clip.norm must be above 0, but was 0.0
          shuffle: false | "clip: {value: -1}" | conf/x.yaml:25: training.clip.value must be above 0, but was -1.0
          shuffle: false | "earlyStopping: {minDelta: 0.1}" | conf/x.yaml:25: training.earlyStopping.patience is required, but was absent
          shuffle: false | "earlyStopping: {patience: 0}" | conf/x.yaml:25: training.earlyStopping.patience must be at least 1, but was 0
          shuffle: false | "earlyStopping: {patience: 1, minDelta: -1}" | conf/x.yaml:25: training.earlyStopping.minDelta must be at least 0, but was -1.0
          shuffle: false | "earlyStopping: {patience: 1, metric: trainLoss}" | conf/x.yaml:25: training.earlyStopping.metric needs one of validationLoss, validationAccuracy, testLoss, testAccuracy, but was 'trainLoss'
          averaging: parameters | averaging: gradient | conf/x.yaml:29: distribution.averaging needs one of parameters, gradients, but was 'gradient'; did you mean gradients?
          averaging: parameters | averagingFrequency: 0 | conf/x.yaml:29: distribution.averagingFrequency must be at least 1, but was 0
          averaging: parameters | averagingFrequency: often | conf/x.yaml:29: distribution.averagingFrequency needs a whole number, but was 'often'
          averaging: parameters | "averagingFrequency: {postLocal: {then: 4}}" | "conf/x.yaml:29: distribution.averagingFrequency.postLocal: PostLocal needs either epochs or steps, but has none"
          averaging: parameters | "averagingFrequency: {postLocal: {epochs: 0, then: 4}}" | conf/x.yaml:29: distribution.averagingFrequency.postLocal.epochs must be at least 1, but was 0
          averaging: parameters | "averagingFrequency: {postLocal: {epochs: 1}}" | conf/x.yaml:29: distribution.averagingFrequency.postLocal.then is required, but was absent
          averaging: parameters | "averagingFrequency: {quadratic: {alpha: 0, minimum: 4, maximum: 64}}" | conf/x.yaml:29: distribution.averagingFrequency.quadratic.alpha must be above 0, but was 0.0
          averaging: parameters | "averagingFrequency: {quadratic: {alpha: 1, minimum: 4, maximum: 3}}" | conf/x.yaml:29: distribution.averagingFrequency.quadratic.maximum must be at least 4, but was 3
          averaging: parameters | averagingFrequency: atuo | conf/x.yaml:29: distribution.averagingFrequency needs a whole number, but was 'atuo'
          averaging: parameters | "averagingFrequency: {auto: {share: 1}}" | conf/x.yaml:29: distribution.averagingFrequency.auto.share must be above 0 and below 1, but was 1.0
          averaging: parameters | "averagingFrequency: {auto: {first: 0}}" | conf/x.yaml:29: distribution.averagingFrequency.auto.first must be at least 1, but was 0
          averaging: parameters | "averagingFrequency: {staged: {stages: []}}" | conf/x.yaml:29: distribution.averagingFrequency.staged.stages must begin with epoch 1, round 1, but is empty
          averaging: parameters | "averagingFrequency: {staged: {stages: [{epoch: 2, round: 1, steps: 4}]}}" | conf/x.yaml:29: distribution.averagingFrequency.staged.stages must begin with epoch 1, round 1, but begins with epoch 2, round 1
          averaging: parameters | "averagingFrequency: {staged: {stages: [{epoch: 1, round: 1, steps: 4}, {epoch: 1, round: 1, steps: 8}]}}" | conf/x.yaml:29: distribution.averagingFrequency.staged.stages must be in the order of their rounds, but epoch 1, round 1 stands before epoch 1, round 1
          averaging: parameters | "averagingFrequency: {staged: {stages: [{epoch: 1, round: 1, steps: 4}], maximum: 3}}" | conf/x.yaml:29: distribution.averagingFrequency.staged.maximum must be at least 4, but was 3
          averaging: parameters | "averagingFrequency: {staged: {stages: [{epoch: 1, round: 1, steps: 0}]}}" | conf/x.yaml:29: distribution.averagingFrequency.staged.stages[0].steps must be at least 1, but was 0
          averaging: parameters | "reduction: drver" | conf/x.yaml:29: distribution.reduction needs one of auto, driver, sharded, but was 'drver'; did you mean driver?
          averaging: parameters | "contributions: bfloat" | conf/x.yaml:29: distribution.contributions needs one of float32, bfloat16, but was 'bfloat'; did you mean bfloat16?
          averaging: parameters | "outer: {nesterov: {momentum: 1}}" | conf/x.yaml:29: distribution.outer.nesterov.momentum must be at least 0 and below 1, but was 1.0
          averaging: parameters | "outer: {nesterov: {learningRate: 0}}" | conf/x.yaml:29: distribution.outer.nesterov.learningRate must be above 0, but was 0.0
          "test: {format: idx" | "test: {format: png" | conf/x.yaml:5: data.test.format needs one of cifar10, cifar100, idx, images, pack, parquet, sequencefile, table, but was 'png'
          "test: {format: idx, " | "test: {" | conf/x.yaml:5: data.test needs format, one of cifar10, cifar100, idx, images, pack, parquet, sequencefile, table
          checkpoint: null | checkpoint: {keep: 0} | conf/x.yaml:30: checkpoint.keep must be at least 1, but was 0
          checkpoint: null | checkpoint: {everyRounds: -1} | conf/x.yaml:30: checkpoint.everyRounds must be at least 0, but was -1
          checkpoint: null | checkpoint: {everyRound: 9} | conf/x.yaml:30: checkpoint.everyRound is unknown; did you mean everyRounds? (allowed: everyRounds, keep)
          "augment: []" | "augment: [flipHorizontal]" | conf/x.yaml:8: data.augment[0] needs one of colorJitter, cutmix, cutout, horizontalFlip, mixup, randomCrop, randomResizedCrop, rotate, verticalFlip, but was 'flipHorizontal'
          "augment: []" | "augment: [{randomCrop: {padding: 0}}]" | "conf/x.yaml:8: data.augment[0].randomCrop.padding must be at least 1, but was 0"
          "augment: []" | "augment: [horizontalFlip, {cutout: {size: 99}}]" | "conf/x.yaml:8: data.augment does not suit images of [1, 8, 8]: [1].cutout.size must be at most the image's shorter side, 8, but was 99"
          "augment: []" | "preprocess: [{centerCrop: {size: 8}}]" | "conf/x.yaml:8: data.preprocess must be empty for idx, whose images go in as they are, but has 1 steps"
          "augment: []" | "preprocess: [{resize: {}}]" | "conf/x.yaml:8: data.preprocess[0].resize.shorterSide must be given, or else size, but none is"
          "augment: []" | "onBadRecord: {skip: {share: 2}}" | "conf/x.yaml:8: data.onBadRecord.skip.share must be from 0 to 1, but was 2.0"
          "augment: []" | "reshuffle: {everyEpochs: 0}" | "conf/x.yaml:8: data.reshuffle.everyEpochs must be at least 1, but was 0"
          "augment: []" | "cache: memory" | "conf/x.yaml:8: data.cache needs one of decoded, encoded, none, but was 'memory'"
          "augment: []" | "onBadRecord: ignore" | "conf/x.yaml:8: data.onBadRecord needs one of fail, skip, but was 'ignore'"
          "format: idx, images: test-images, labels: test-labels" | "format: cifar10, path: []" | "conf/x.yaml:5: data.test.path needs one path at least, but was an empty list"
          "format: idx, images: test-images, labels: test-labels" | "format: cifar100, path: x, labels: fin" | "conf/x.yaml:5: data.test.labels needs one of fine, coarse, but was 'fin'; did you mean fine?"
          "format: idx, images: test-images, labels: test-labels" | "format: images" | "conf/x.yaml:5: data.test.path must be given, or else list, but neither is"
          "format: idx, images: test-images, labels: test-labels" | "format: parquet, path: x, shape: [2, 3, 3]" | "conf/x.yaml:5: data.test.shape must be [1, height, width] or [3, height, width], but was [2, 3, 3]"
          "format: idx, images: test-images, labels: test-labels" | "format: parquet, path: x, labels: [a, b], target: c" | "conf/x.yaml:5: data.test.target must be absent where labels is given, as an image has a class, several labels or a target, but they are [c] and [a, b]"
          "format: idx, images: test-images, labels: test-labels" | "format: parquet, path: x, target: []" | "conf/x.yaml:5: data.test.target needs one column at least, but was an empty list"
          "format: idx, images: test-images, labels: test-labels" | "format: parquet, path: x, weight: label" | "conf/x.yaml:5: data.test.weight must be another column than those of the target, but is label"
          "format: idx, images: test-images, labels: test-labels" | "format: images, path: x, labels: [a, b]" | "conf/x.yaml:5: data.test.labels must name a column of a list, which pictures in folders of their classes have not, but is a"
          "format: idx, images: test-images, labels: test-labels" | "format: sequencefile, path: x, labelPattern: cat" | "conf/x.yaml:5: data.test.labelPattern must be a regular expression with a group, but 'cat' has none"
          output: out/sample | output: '' | conf/x.yaml:31: output must not be blank
          output: out/sample | "" | conf/x.yaml:1: output is required, but was absent
          """)
  void whatIsWrongIsSaidInOneLineWithFileLineAndKey(String right, String wrong, String message) {
    String text = JobText.LENET.replace(right, wrong == null ? "" : wrong);
    ConfigException e = assertThrows(ConfigException.class, () -> JobText.readText(text));
    Set<String> layers = Names.kinds(Layer.class).keySet();
    String count = Integer.toString(layers.size());
    String all = message.replace("LAYERS", String.join(", ", layers)).replace("COUNT", count);
    assertEquals(MessageLine.of(all), e.getMessage());
  }

  @Test
  void preprocessingEndsInTheNetworksSize() {
    String text =
        JobText.LENET
            .replaceFirst("train: .*", "train: {format: images, path: a}")
            .replaceFirst("test: .*", "test: {format: images, path: b}");
    String steps = "preprocess: [{resize: {shorterSide: 9}}, {centerCrop: {size: 8}}]";
    Job job = JobText.readText(text.replace("augment: []", steps));
    assertEquals(List.of(new Resize(9, null), new CenterCrop(Size.of(8))), job.data().preprocess());
    String wrong = text.replace("augment: []", steps.replace("size: 8", "size: [8, 7]"));
    ConfigException e = assertThrows(ConfigException.class, () -> JobText.readText(wrong));
    assertEquals(
        "conf/x.yaml:8: data.preprocess must end in the size of network.input, 8, but ends in 8x7",
        e.getMessage());
  }

  @Test
  void everyJobThatComesWithConvoyIsRight() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("conf"))) {
      List<Path> jobs = files.filter(file -> file.toString().endsWith(".yaml")).toList();
      assertFalse(jobs.isEmpty());
      for (Path job : jobs) {
        try (InputStream in = Files.newInputStream(job)) {
          assertEquals(10, JobReader.read(in, job.toString(), List.of()).network().output().size());
        }
      }
    }
  }

  @Test
  void jsonIsReadAsWell() throws Exception {
    Job job = JobText.read();
    String json = TreeText.json(TreeWriter.write(job)).replace("  ", "\t");
    Job again = JobReader.read(new ByteArrayInputStream(json.getBytes(UTF_8)), "x.json", List.of());
    assertEquals(json.replace("\t", "  "), TreeText.json(TreeWriter.write(again)));
  }

  @Test
  void theLineOfAJsonKeyIsNamed() {
    String json = TreeText.json(TreeWriter.write(JobText.read())).replace("epochs", "epoch");
    ConfigException e =
        assertThrows(
            ConfigException.class, () -> Binder.bind(TreeReader.read(json, "x.json"), Job.class));
    long line = json.lines().takeWhile(l -> !l.contains("\"epoch\"")).count() + 1;
    assertTrue(
        e.getMessage().startsWith("x.json:" + line + ": training.epoch is unknown; did you mean"),
        e.getMessage());
  }
}
