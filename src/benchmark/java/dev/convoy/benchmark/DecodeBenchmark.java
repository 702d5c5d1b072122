package dev.convoy.benchmark;

import dev.convoy.image.BatchFiller;
import dev.convoy.image.EncodedPictures;
import dev.convoy.image.ImageBlock;
import dev.convoy.image.ImageDecoder;
import dev.convoy.image.Normalization;
import dev.convoy.image.Preparation;
import dev.convoy.image.Resize;
import dev.convoy.image.augment.Augmentation;
import dev.convoy.image.augment.BatchAugmenter;
import dev.convoy.image.augment.ColorJitter;
import dev.convoy.image.augment.Cutmix;
import dev.convoy.image.augment.Cutout;
import dev.convoy.image.augment.HorizontalFlip;
import dev.convoy.image.augment.Mixup;
import dev.convoy.image.augment.RandomCrop;
import dev.convoy.image.augment.RandomResizedCrop;
import dev.convoy.image.augment.Rotate;
import dev.convoy.image.augment.VerticalFlip;
import dev.convoy.kernel.Kernels;
import dev.convoy.nn.Network;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.Dense;
import dev.convoy.nn.layer.Flatten;
import dev.convoy.nn.layer.MaxPool2d;
import dev.convoy.nn.layer.Padding;
import dev.convoy.nn.layer.Relu;
import dev.convoy.nn.layer.Size;
import dev.convoy.optim.Sgd;
import dev.convoy.random.Purpose;
import dev.convoy.random.SeededRandom;
import dev.convoy.tensor.Shape;
import dev.convoy.train.round.State;
import dev.convoy.train.round.TrainingPlan;
import dev.convoy.train.round.Worker;
import dev.convoy.train.sampling.Assignment;
import dev.convoy.train.sampling.Sampler;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** Times what pictures cost, each thing in turn, on one thread. */
public final class DecodeBenchmark {
  private static final int BATCH = 64;
  private static final int PICTURES = 256;
  private static final int REPETITIONS = 9;
  private static final int WARM_UP = 6;
  private static final long WINDOW_NANOS = 300_000_000;
  private static final Shape SMALL = Shape.of(3, 32, 32);
  private static final Size RESIZED = Size.of(160);
  private static final int LARGE_SIDE = 224;

  private DecodeBenchmark() {}

  /** Runs all. */
  public static void main(String[] args) throws IOException {
    ImageIO.setUseCache(false);
    System.out.printf(
        "JDK %s, kernels %s, one thread; microseconds an image, medians of %d%n",
        Runtime.version(), Kernels.chosen().description(), REPETITIONS);
    small();
    rounds(BenchmarkNetwork.RESNET20.network());
    rounds(lenet());
    large();
  }

  /** Rounds on a block of pixels, and on one of files that a thread decodes meanwhile. */
  private static void rounds(Network network) throws IOException {
    List<byte[]> files = pictures(32);
    ImageBlock pixels = block(files, new ImageDecoder(SMALL));
    ImageBlock encoded =
        new ImageBlock(
            SMALL,
            pixels.ids(),
            pixels.targets(),
            new EncodedPictures(new Preparation(SMALL, List.of()), files.toArray(byte[][]::new)));
    TrainingPlan plan =
        TrainingPlan.builder(
                network,
                Sgd.of(0.001f, 0.9f),
                Sampler.of(PICTURES, 1, BATCH, PICTURES / BATCH, true, 1, SMALL.size()))
            .normalization(Normalization.none(3))
            .seed(1)
            .build();
    State state = State.initial(plan, network.initialWeights(1));
    Assignment assignment = plan.assignment(1, 1, 0);
    Worker worker = new Worker(plan, Kernels.chosen());
    Map<String, Runnable> works = new LinkedHashMap<>();
    String name = "a round of " + network.parameterCount() + " parameters, cache: ";
    works.put(name + "decoded", () -> worker.run(state, assignment, pixels));
    works.put(name + "encoded", () -> worker.run(state, assignment, encoded));
    double[] times = measure(works, PICTURES);
    System.out.printf(
        "cache: encoded takes %.1f%% more, where its thread has no core of its own%n",
        100 * (times[1] / times[0] - 1));
  }

  private static Network lenet() {
    return Network.of(
        SMALL,
        Conv2d.of(6, 5).withPadding(Padding.SAME),
        new Relu(),
        MaxPool2d.of(2, 2),
        Conv2d.of(16, 5),
        new Relu(),
        MaxPool2d.of(2, 2),
        new Flatten(),
        Dense.of(120),
        new Relu(),
        Dense.of(84),
        new Relu(),
        Dense.of(10));
  }

  private static void small() throws IOException {
    List<byte[]> files = pictures(32);
    ImageDecoder decoder = new ImageDecoder(SMALL);
    Network network = BenchmarkNetwork.RESNET20.network();
    ConvoyEngine engine =
        new ConvoyEngine(network, SyntheticBatch.of(network, BATCH), Sgd.of(0.001f, 0.9f));
    ImageBlock block = block(files, decoder);
    float[] batch = new float[BATCH * SMALL.size()];
    int[] positions = IntStream.range(0, BATCH).toArray();
    BatchFiller filler = new BatchFiller(SMALL, Normalization.none(3));
    List<Augmentation> usual = List.of(new RandomCrop(4), new HorizontalFlip(null));
    List<Augmentation> all =
        List.of(
            new RandomCrop(4),
            new RandomResizedCrop(null, null),
            new HorizontalFlip(null),
            new VerticalFlip(null),
            new Rotate(15),
            new ColorJitter(0.2, 0.2, 0.2, 0.1),
            new Cutout(8, null),
            new Mixup(null, null),
            new Cutmix(null, null));
    Map<String, Runnable> works = new LinkedHashMap<>();
    works.put("step of ResNet-20, batch 64", engine::step);
    works.put("filling a batch", () -> filler.fill(block, positions, 0, BATCH, batch, 0));
    works.put("the same with randomCrop and horizontalFlip", filling(usual, block, batch));
    works.put("the same with all augmentations", filling(all, block, batch));
    for (Augmentation augmentation : all) {
      works.put(
          "the same with " + augmentation.kind(), filling(List.of(augmentation), block, batch));
    }
    works.put("decoding JPEGs of 32x32", () -> decode(decoder, files));
    works.put("the same by ImageIO.read", () -> read(files, null));
    double[] times = measure(works, BATCH);
    double step = times[0];
    double crop = times[2] - times[1];
    double decoding = times[times.length - 2];
    System.out.printf(
        "of a step of training: augmenting %.1f%% (crop and flip), %.1f%% (all); with decoding in"
            + " every epoch %.1f%% (crop and flip)%n",
        100 * crop / step, 100 * (times[3] - times[1]) / step, 100 * (crop + decoding) / step);
  }

  private static void large() throws IOException {
    List<byte[]> files = pictures(LARGE_SIDE).subList(0, BATCH);
    ImageDecoder plain = new ImageDecoder(Shape.of(3, LARGE_SIDE, LARGE_SIDE));
    Shape resized = Shape.of(3, RESIZED.height(), RESIZED.width());
    ImageDecoder resizing =
        new ImageDecoder(new Preparation(resized, List.of(new Resize(null, RESIZED))));
    Map<String, Runnable> works = new LinkedHashMap<>();
    works.put("decoding JPEGs of 224x224", () -> decode(plain, files));
    works.put("the same by ImageIO.read", () -> read(files, null));
    works.put("decoding and resizing to 160x160", () -> decode(resizing, files));
    works.put("the same by ImageIO.read and Graphics2D", () -> read(files, RESIZED));
    double[] times = measure(works, BATCH);
    System.out.printf(
        "pictures a second: decoded %,.0f (ImageIO %,.0f); decoded and resized %,.0f (ImageIO and"
            + " Graphics2D %,.0f)%n",
        1e6 / times[0], 1e6 / times[1], 1e6 / times[2], 1e6 / times[3]);
  }

  private static Runnable filling(
      List<Augmentation> augmentations, ImageBlock block, float[] batch) {
    BatchAugmenter augmenter =
        new BatchAugmenter(SMALL, Normalization.none(3), augmentations, BATCH);
    int[] positions = IntStream.range(0, BATCH).toArray();
    long[] epoch = new long[1];
    return () -> augmenter.fill(block, positions, 0, BATCH, batch, 0, epoch[0]++);
  }

  private static void decode(ImageDecoder decoder, List<byte[]> files) {
    for (int i = 0; i < BATCH; i++) {
      decoder.decode(files.get(i), "made");
    }
  }

  /** Decodes by ImageIO alone, and draws it in another size where one is given. */
  private static void read(List<byte[]> files, Size size) {
    for (int i = 0; i < BATCH; i++) {
      try {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(files.get(i)));
        if (size != null) {
          BufferedImage smaller =
              new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_3BYTE_BGR);
          Graphics2D graphics = smaller.createGraphics();
          graphics.setRenderingHint(
              RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
          graphics.drawImage(image, 0, 0, size.width(), size.height(), null);
          graphics.dispose();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Microseconds an image of each work, which does so many; prints them. */
  private static double[] measure(Map<String, Runnable> works, int images) {
    List<Runnable> all = new ArrayList<>(works.values());
    double[][] times = new double[all.size()][REPETITIONS];
    for (int repetition = -WARM_UP; repetition < REPETITIONS; repetition++) {
      for (int i = 0; i < all.size(); i++) {
        double time = window(all.get(i)) / images;
        if (repetition >= 0) {
          times[i][repetition] = time;
        }
      }
    }
    double[] medians = new double[all.size()];
    int next = 0;
    for (String name : works.keySet()) {
      Arrays.sort(times[next]);
      medians[next] = times[next][REPETITIONS / 2];
      System.out.printf("  %-45s %9.2f%n", name, medians[next]);
      next++;
    }
    return medians;
  }

  private static double window(Runnable work) {
    long start = System.nanoTime();
    double batches = 0;
    while (System.nanoTime() - start < WINDOW_NANOS) {
      work.run();
      batches++;
    }
    return (System.nanoTime() - start) * 1e-3 / batches;
  }

  private static ImageBlock block(List<byte[]> files, ImageDecoder decoder) {
    byte[] pixels = new byte[files.size() * SMALL.size()];
    for (int i = 0; i < files.size(); i++) {
      System.arraycopy(
          decoder.decode(files.get(i), "made"), 0, pixels, i * SMALL.size(), SMALL.size());
    }
    int[] ids = IntStream.range(0, files.size()).toArray();
    return new ImageBlock(SMALL, ids, new int[ids.length], pixels);
  }

  /** Discs of random colours on slopes of random colours, with some noise, as JPEG. */
  private static List<byte[]> pictures(int side) throws IOException {
    List<byte[]> files = new ArrayList<>();
    for (int i = 0; i < PICTURES; i++) {
      SeededRandom random = SeededRandom.of(7, Purpose.DEAL, side, i);
      BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_3BYTE_BGR);
      int[] ground = {random.nextInt(256), random.nextInt(256), random.nextInt(256)};
      int[] disc = {random.nextInt(256), random.nextInt(256), random.nextInt(256)};
      double middleX = random.nextDouble() * side;
      double middleY = random.nextDouble() * side;
      double radius = (0.1 + 0.4 * random.nextDouble()) * side;
      for (int y = 0; y < side; y++) {
        for (int x = 0; x < side; x++) {
          boolean inside = Math.hypot(x - middleX, y - middleY) < radius;
          int rgb = 0;
          for (int c = 0; c < 3; c++) {
            int value = (inside ? disc : ground)[c] + (x + y) * 40 / side + random.nextInt(24);
            rgb = rgb << 8 | Math.min(255, value);
          }
          image.setRGB(x, y, rgb);
        }
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ImageIO.write(image, "jpg", out);
      files.add(out.toByteArray());
    }
    return files;
  }
}
