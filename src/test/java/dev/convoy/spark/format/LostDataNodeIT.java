package dev.convoy.spark.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.config.binding.TreeWriter;
import dev.convoy.image.ImageBlock;
import dev.convoy.image.Normalization;
import dev.convoy.kernel.Kernels;
import dev.convoy.model.CheckpointFolder;
import dev.convoy.model.RunIdentity;
import dev.convoy.nn.Network;
import dev.convoy.nn.layer.Dense;
import dev.convoy.nn.layer.Flatten;
import dev.convoy.optim.Sgd;
import dev.convoy.spark.block.BlockRdd;
import dev.convoy.spark.file.CheckpointStore;
import dev.convoy.spark.file.HadoopFiles;
import dev.convoy.spark.portion.ImageSource;
import dev.convoy.spark.round.SparkTrainer;
import dev.convoy.spark.round.TrainingBlocks;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.Bits;
import dev.convoy.testing.IdxBytes;
import dev.convoy.testing.SampleImages;
import dev.convoy.train.Checkpoint;
import dev.convoy.train.Checkpointing;
import dev.convoy.train.EpochResult;
import dev.convoy.train.Trainer;
import dev.convoy.train.TrainingListener;
import dev.convoy.train.round.Aggregation;
import dev.convoy.train.round.LocalRounds;
import dev.convoy.train.round.State;
import dev.convoy.train.round.TrainingPlan;
import dev.convoy.train.sampling.Sampler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On an HDFS of two data nodes that each hold everything, one is lost while a training runs. */
class LostDataNodeIT {
  private static final int EXAMPLES = 40;
  private static final ImageBlock ALL = SampleImages.random(EXAMPLES, Shape.of(1, 6, 5), 3, 5);

  /** Four epochs, each of which reads the files again. */
  private static final TrainingPlan PLAN =
      TrainingPlan.builder(
              Network.of(ALL.shape(), new Flatten(), Dense.of(3)),
              Sgd.of(0.05f, 0.9f),
              new Sampler(EXAMPLES, 2, 4, 2, true, 42, 8).anewEvery(1))
          .normalization(Normalization.none(1))
          .seed(42)
          .epochs(4)
          .build();

  private static final RunIdentity RUN =
      new RunIdentity(TreeWriter.text("job"), "train", null, 8, "1.0");

  @TempDir private Path folder;

  @Test
  void trainingGoesOnWithTheDataAndTheCheckpointsThatTheOtherNodeHolds() throws IOException {
    Configuration configuration = new Configuration();
    configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.toString());
    configuration.set("dfs.replication", "2");
    MiniDFSCluster hdfs = new MiniDFSCluster.Builder(configuration).numDataNodes(2).build();
    try {
      hdfs.waitActive();
      SparkConf conf =
          new SparkConf()
              .setMaster("local[2]")
              .setAppName("a lost data node")
              .set("spark.ui.enabled", "false")
              .set("spark.hadoop.dfs.replication", "2");
      try (JavaSparkContext spark = new JavaSparkContext(conf)) {
        train(spark, hdfs);
      }
    } finally {
      hdfs.shutdown();
    }
  }

  private static void train(JavaSparkContext spark, MiniDFSCluster hdfs) throws IOException {
    HadoopFiles files = new HadoopFiles(spark.hadoopConfiguration());
    String images = hdfs.getURI() + "/images";
    String labels = hdfs.getURI() + "/labels";
    files.save(images, out -> out.write(IdxBytes.images(ALL)));
    files.save(labels, out -> out.write(IdxBytes.labels(ALL)));
    CheckpointStore store = new CheckpointStore(files, hdfs.getURI() + "/checkpoints");
    BlockRdd read =
        new BlockRdd(spark, files, ImageSource.idx(images, labels, 3), ALL.shape(), 2).uncached();
    TrainingListener loss =
        new TrainingListener() {
          @Override
          public void onEpoch(EpochResult epoch) {
            if (epoch.epoch() == 1) {
              hdfs.stopDataNode(0);
            }
          }
        };
    State state =
        new SparkTrainer(spark, TrainingBlocks.sampled(read), null, Aggregation.DRIVER)
            .train(PLAN, LostDataNodeIT::start, into(store), loss, () -> false)
            .state();
    State expected = undisturbed();
    Bits.assertSame(expected.parameters(), state.parameters(), "parameters");
    assertEquals(1, hdfs.getDataNodes().size(), "data nodes that are left");
    String newest = store.newestFirst().get(0);
    assertEquals(store.path(expected.round()), newest);
    Checkpoint last =
        CheckpointFolder.read(files, newest, CheckpointFolder.describe(files, newest), PLAN);
    Bits.assertSame(expected.parameters(), last.state().parameters(), "parameters on HDFS");
  }

  private static Checkpoint start() {
    return Checkpoint.initial(PLAN, PLAN.network().initialWeights(PLAN.seed()));
  }

  private static Checkpointing into(CheckpointStore store) {
    return (checkpoint, due) -> {
      try {
        store.write(checkpoint, RUN, PLAN, 2, () -> {});
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  private static State undisturbed() {
    LocalRounds rounds = new LocalRounds(PLAN, LostDataNodeIT::blocks, Kernels.chosen());
    return new Trainer(PLAN, rounds, null, new TrainingListener() {}, () -> false).run(start());
  }

  private static List<ImageBlock> blocks(int epoch) {
    Sampler sampler = PLAN.sampler().in(epoch);
    List<ImageBlock> blocks = new ArrayList<>();
    for (int partition = 0; partition < sampler.partitions(); partition++) {
      blocks.add(SampleImages.choose(ALL, sampler.ids(partition)));
    }
    return blocks;
  }
}
