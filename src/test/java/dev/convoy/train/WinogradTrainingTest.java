package dev.convoy.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.data.IdxImages;
import dev.convoy.image.ImageBlock;
import dev.convoy.image.Normalization;
import dev.convoy.kernel.Kernels;
import dev.convoy.nn.NamedLayer;
import dev.convoy.nn.Network;
import dev.convoy.nn.layer.Add;
import dev.convoy.nn.layer.BatchNorm2d;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.Dense;
import dev.convoy.nn.layer.GlobalAvgPool2d;
import dev.convoy.nn.layer.Layer;
import dev.convoy.nn.layer.Padding;
import dev.convoy.nn.layer.Relu;
import dev.convoy.nn.layer.Size;
import dev.convoy.optim.Cosine;
import dev.convoy.optim.Pace;
import dev.convoy.optim.Sgd;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.DirectTwin;
import dev.convoy.testing.SampleImages;
import dev.convoy.train.round.Averaging;
import dev.convoy.train.round.LocalRounds;
import dev.convoy.train.round.State;
import dev.convoy.train.round.TrainingPlan;
import dev.convoy.train.sampling.Sampler;
import dev.convoy.train.score.Evaluation;
import dev.convoy.train.score.Evaluator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A residual network learns as well with Winograd's convolutions as with direct ones.
 *
 * <p>The network with direct ones is its {@link DirectTwin}.
 */
class WinogradTrainingTest {
  private static final Shape IMAGE = Shape.of(1, 16, 16);
  private static final int CLASSES = 10;
  private static final int BATCH = 32;
  private static final int EPOCHS = 4;
  private static final int TRAINING = 1536;
  private static final int TEST = 1000;

  /** Trainings from different first weights, whose accuracies are averaged. */
  private static final int SEEDS = 2;

  /** Far above the tenth that guesses give. */
  private static final double LEARNT = 0.65;

  /**
   * How much the mean accuracies may differ. Roundings grow to other weights in so many steps, as
   * those of another order of sums do: single trainings end up to 0.03 apart, either way.
   */
  private static final double MARGIN = 0.02;

  /** Largest difference of the test loss after one step, of the loss. */
  private static final double ONE_STEP = 1e-6;

  @Test
  void winogradAndDirectConvolutionsLearnAlike() throws IOException {
    ImageBlock train = images("train", TRAINING);
    ImageBlock test = images("t10k", TEST);
    Network winograd = network();
    Network direct = DirectTwin.of(winograd);

    ImageBlock oneBatch = choose(train, BATCH);
    double loss = train(winograd, winograd, 1, oneBatch, test, 1).loss();
    double directLoss = train(direct, winograd, 1, oneBatch, test, 1).loss();
    assertEquals(directLoss, loss, ONE_STEP * directLoss, "loss after a step");

    double accuracy = 0;
    double directAccuracy = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
      accuracy += train(winograd, winograd, seed, train, test, EPOCHS).accuracy() / SEEDS;
      directAccuracy += train(direct, winograd, seed, train, test, EPOCHS).accuracy() / SEEDS;
    }
    assertTrue(directAccuracy > LEARNT, "accuracy of direct convolutions: " + directAccuracy);
    assertEquals(directAccuracy, accuracy, MARGIN, "mean accuracy");
  }

  /**
   * How the network does on {@code test} after it was trained from {@code like}'s first weights.
   */
  private static Evaluation train(
      Network network, Network like, int seed, ImageBlock train, ImageBlock test, int epochs) {
    Sampler sampler = new Sampler(train.size(), 1, BATCH, 1, true, 42, train.size());
    TrainingPlan plan =
        TrainingPlan.builder(network, Sgd.of(0.05f, 0.9f), sampler)
            .normalization(new Normalization(new float[] {0.4f}, new float[] {0.35f}))
            .schedule(new Cosine(0, null, Pace.STEP, null))
            .averaging(Averaging.GRADIENTS)
            .seed(42)
            .epochs(epochs)
            .build();
    List<ImageBlock> blocks = List.of(SampleImages.choose(train, sampler.ids(0)));
    Kernels kernels = Kernels.vector();
    LocalRounds rounds = new LocalRounds(plan, blocks, kernels);
    State state = State.initial(plan, like.initialWeights(seed));
    State end = new Trainer(plan, rounds, null, new TrainingListener() {}, () -> false).run(state);
    return new Evaluator(network, end.weights(), plan.normalization(), kernels)
        .evaluate(test, plan.loss());
  }

  /** ResNet-8, He et al., CVPR 2016: a block in each of three stages. */
  private static Network network() {
    List<NamedLayer> layers = new ArrayList<>();
    convolution(layers, "conv1", 16, 1, Network.INPUT);
    String from = "conv1.relu";
    layers.add(NamedLayer.of(from, new Relu()));
    for (int filters = 16; filters <= 64; filters *= 2) {
      String block = "block" + filters;
      int stride = filters == 16 ? 1 : 2;
      convolution(layers, block + ".conv1", filters, stride, from);
      layers.add(NamedLayer.of(block + ".relu1", new Relu()));
      convolution(layers, block + ".conv2", filters, 1, block + ".relu1");
      String shortcut = from;
      if (stride > 1) {
        shortcut = block + ".shortcut";
        Layer projection =
            new Conv2d(filters, Size.of(1), Size.of(2), null, null, null, false, null);
        layers.add(NamedLayer.of(shortcut, projection, from));
      }
      layers.add(NamedLayer.of(block + ".add", new Add(), block + ".conv2.norm", shortcut));
      from = block + ".relu2";
      layers.add(NamedLayer.of(from, new Relu()));
    }
    layers.add(NamedLayer.of(new GlobalAvgPool2d()));
    layers.add(NamedLayer.of(Dense.of(CLASSES)));
    return Network.of(IMAGE, layers);
  }

  /** A convolution by 3x3 filters, and its normalisation. */
  private static void convolution(
      List<NamedLayer> layers, String name, int filters, int stride, String from) {
    Layer layer =
        new Conv2d(filters, Size.of(3), Size.of(stride), Padding.of(1), null, null, false, null);
    layers.add(NamedLayer.of(name, layer, from));
    layers.add(NamedLayer.of(name + ".norm", new BatchNorm2d()));
  }

  /** The first images of a sample file, without all but their middle. */
  private static ImageBlock images(String file, int count) throws IOException {
    String folder = "data-samples/fashion-mnist/" + file;
    try (IdxImages stream =
        IdxImages.open(
            path -> Files.newInputStream(Path.of(path)),
            folder + "-images-idx3-ubyte.gz",
            folder + "-labels-idx1-ubyte.gz",
            CLASSES)) {
      ImageBlock whole = stream.read(count);
      int side = whole.shape().width();
      int border = (side - IMAGE.width()) / 2;
      byte[] pixels = new byte[count * IMAGE.size()];
      for (int i = 0; i < count; i++) {
        for (int row = 0; row < IMAGE.height(); row++) {
          int source = (i * side + border + row) * side + border;
          int target = (i * IMAGE.height() + row) * IMAGE.width();
          System.arraycopy(whole.pixels(), source, pixels, target, IMAGE.width());
        }
      }
      return new ImageBlock(IMAGE, whole.ids(), whole.labels(), pixels);
    }
  }

  private static ImageBlock choose(ImageBlock all, int count) {
    int[] ids = new int[count];
    for (int i = 0; i < count; i++) {
      ids[i] = i;
    }
    return SampleImages.choose(all, ids);
  }
}
