package dev.convoy.spark.round;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.data.IdxImages;
import dev.convoy.image.ImageBlock;
import dev.convoy.image.Normalization;
import dev.convoy.image.augment.ColorJitter;
import dev.convoy.image.augment.Cutmix;
import dev.convoy.image.augment.Cutout;
import dev.convoy.image.augment.HorizontalFlip;
import dev.convoy.image.augment.Mixup;
import dev.convoy.image.augment.RandomCrop;
import dev.convoy.image.augment.Rotate;
import dev.convoy.kernel.Kernels;
import dev.convoy.nn.Fingerprint;
import dev.convoy.nn.Network;
import dev.convoy.nn.Weights;
import dev.convoy.nn.layer.BatchNorm2d;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.Dense;
import dev.convoy.nn.layer.Dropout;
import dev.convoy.nn.layer.Flatten;
import dev.convoy.nn.layer.MaxPool2d;
import dev.convoy.nn.layer.Padding;
import dev.convoy.nn.layer.Relu;
import dev.convoy.nn.layer.Tanh;
import dev.convoy.optim.Adam;
import dev.convoy.optim.Optimizer;
import dev.convoy.optim.Sgd;
import dev.convoy.spark.block.BlockRdd;
import dev.convoy.spark.block.Placement;
import dev.convoy.spark.file.HadoopFiles;
import dev.convoy.spark.portion.ImageSource;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.SampleImages;
import dev.convoy.train.Trainer;
import dev.convoy.train.TrainingListener;
import dev.convoy.train.round.Aggregation;
import dev.convoy.train.round.Averaging;
import dev.convoy.train.round.LocalRounds;
import dev.convoy.train.round.State;
import dev.convoy.train.round.TrainingPlan;
import dev.convoy.train.sampling.Sampler;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The promise: the same job on the same data with the same K ends in the same bits, however it is
 * run. The network holds what could break it: convolution, pooling, dropout, tanh; the share of
 * each worker ends in a short batch.
 */
class SameBitsIT {
  private static final String SAMPLES = "data-samples/fashion-mnist/";
  private static final int EXAMPLES = 1000;

  private static final ImageSource SOURCE =
      ImageSource.idx(
          SAMPLES + "t10k-images-idx3-ubyte.gz", SAMPLES + "t10k-labels-idx1-ubyte.gz", 10);

  private static final TrainingPlan PARAMETERS = plan(Averaging.PARAMETERS, 4, Sgd.of(0.01f, 0.9f));
  private static final TrainingPlan GRADIENTS = plan(Averaging.GRADIENTS, 1, Adam.of(0.001f));

  private static final TrainingPlan AUGMENTED =
      plan(Averaging.PARAMETERS, 4, Sgd.of(0.01f, 0.9f), true)
          .withAugment(
              List.of(
                  new RandomCrop(2),
                  new HorizontalFlip(null),
                  new Rotate(10),
                  new ColorJitter(0.2, 0.2, 0, 0),
                  new Cutout(6, 0.5),
                  new Mixup(null, null),
                  new Cutmix(null, null)));

  private static String ofParameters;
  private static String ofGradients;
  private static String ofAugmented;

  @BeforeAll
  static void trainInThisThread() {
    ofParameters = local(PARAMETERS, Kernels.vector());
    ofGradients = local(GRADIENTS, Kernels.vector());
    ofAugmented = local(AUGMENTED, Kernels.vector());
  }

  @Test
  void scalarKernelsGiveTheBitsOfVectorKernels() {
    assertEquals(ofParameters, local(PARAMETERS, Kernels.scalar()));
    assertEquals(ofGradients, local(GRADIENTS, Kernels.scalar()));
    assertEquals(ofAugmented, local(AUGMENTED, Kernels.scalar()));
  }

  @Test
  void oneSparkThreadGivesTheBitsOfTheLocalTrainer() {
    assertSameBits(new SparkConf().setMaster("local[1]"), 1);
  }

  @Test
  void twoSparkThreadsGiveTheBitsOfTheLocalTrainer() {
    assertSameBits(new SparkConf().setMaster("local[2]"), 3);
  }

  @Test
  void executorsOfTheirOwnGiveTheBitsOfTheLocalTrainer() {
    assertSameBits(cluster(), 2);
  }

  @Test
  void executorsWithScalarKernelsGiveTheBitsOfTheLocalTrainer() {
    SparkConf conf = cluster();
    String options = conf.get("spark.executor.extraJavaOptions");
    assertSameBits(
        conf.set("spark.executor.extraJavaOptions", options + " -Dconvoy.kernels=scalar"), 1);
  }

  private static SparkConf cluster() {
    return new SparkConf()
        .setMaster("local-cluster[2,1,1024]")
        .set("spark.executor.extraClassPath", classes())
        .set("spark.executor.extraJavaOptions", "--add-modules=jdk.incubator.vector");
  }

  /** Where Convoy's classes lie: each Spark line has a folder of its own. */
  private static String classes() {
    return TrainingPlan.class.getProtectionDomain().getCodeSource().getLocation().getPath();
  }

  private static void assertSameBits(SparkConf conf, int readers) {
    conf.setAppName("same bits").set("spark.ui.enabled", "false");
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      assertEquals(ofParameters, onSpark(spark, PARAMETERS, readers));
      assertEquals(ofGradients, onSpark(spark, GRADIENTS, readers));
      assertEquals(ofAugmented, onSpark(spark, AUGMENTED, readers));
    }
  }

  private static String onSpark(JavaSparkContext spark, TrainingPlan plan, int readers) {
    HadoopFiles files = new HadoopFiles(spark.hadoopConfiguration());
    BlockRdd rdd = new BlockRdd(spark, files, SOURCE, plan.network().input(), readers);
    // Of three readers' images, no block is kept.
    TrainingBlocks blocks = TrainingBlocks.sampled(readers == 3 ? rdd.uncached() : rdd);
    SparkTrainer trainer = new SparkTrainer(spark, blocks, null, Aggregation.AUTO);
    State end = trainer.train(plan, initial(plan), new TrainingListener() {}, () -> false).state();
    return fingerprint(end);
  }

  private static String local(TrainingPlan plan, Kernels kernels) {
    LocalRounds rounds = new LocalRounds(plan, epoch -> blocks(plan.sampler().in(epoch)), kernels);
    Trainer trainer = new Trainer(plan, rounds, null, new TrainingListener() {}, () -> false);
    return fingerprint(trainer.run(State.initial(plan, initial(plan))));
  }

  private static String fingerprint(State end) {
    return Fingerprint.sha256(end.parameters()) + Fingerprint.sha256(end.buffers());
  }

  private static Weights initial(TrainingPlan plan) {
    return plan.network().initialWeights(plan.seed());
  }

  /** The blocks by hand, image by image. */
  private static List<ImageBlock> blocks(Sampler sampler) {
    ImageBlock all = ((IdxImages) SOURCE.open(new HadoopFiles(new Configuration()))).read(EXAMPLES);
    Placement placement = Placement.sampled(sampler);
    List<ImageBlock> blocks = new ArrayList<>();
    for (int partition = 0; partition < placement.partitions(); partition++) {
      blocks.add(SampleImages.choose(all, placement.ids(partition)));
    }
    return blocks;
  }

  private static TrainingPlan plan(Averaging averaging, int frequency, Optimizer optimizer) {
    return plan(averaging, frequency, optimizer, false);
  }

  private static TrainingPlan plan(
      Averaging averaging, int frequency, Optimizer optimizer, boolean reshuffled) {
    Network network =
        Network.of(
            Shape.of(1, 28, 28),
            Conv2d.of(5, 3).withPadding(Padding.SAME),
            new BatchNorm2d(),
            new Relu(),
            MaxPool2d.of(2, 2),
            Conv2d.of(7, 3).withStride(2),
            new Tanh(),
            new Flatten(),
            new Dropout(0.25f),
            Dense.of(33),
            new Relu(),
            Dense.of(10));
    // Blocks of two rounds, so that a worker has several and a short one.
    Sampler sampler = new Sampler(EXAMPLES, 3, 20, frequency, true, 42, 2 * 20 * frequency);
    return TrainingPlan.builder(network, optimizer, reshuffled ? sampler.anewEvery(1) : sampler)
        .normalization(Normalization.none(1))
        .averaging(averaging)
        .seed(42)
        .epochs(2)
        .build();
  }
}
