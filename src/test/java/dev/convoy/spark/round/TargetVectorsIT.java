package dev.convoy.spark.round;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.data.LabelRule;
import dev.convoy.image.ImageBlock;
import dev.convoy.kernel.Kernels;
import dev.convoy.loss.BinaryCrossEntropy;
import dev.convoy.loss.Huber;
import dev.convoy.loss.Loss;
import dev.convoy.loss.OutputActivation;
import dev.convoy.nn.Fingerprint;
import dev.convoy.nn.Weights;
import dev.convoy.optim.Adam;
import dev.convoy.spark.SparkSettings;
import dev.convoy.spark.block.BlockRdd;
import dev.convoy.spark.file.HadoopFiles;
import dev.convoy.spark.portion.ImageSource;
import dev.convoy.spark.use.SparkEvaluator;
import dev.convoy.testing.IdxBytes;
import dev.convoy.testing.VectorTraining;
import dev.convoy.train.Trainer;
import dev.convoy.train.TrainingListener;
import dev.convoy.train.round.Averaging;
import dev.convoy.train.round.LocalRounds;
import dev.convoy.train.round.State;
import dev.convoy.train.round.TrainingPlan;
import dev.convoy.train.score.Evaluation;
import dev.convoy.train.score.Evaluator;
import dev.convoy.train.score.LabelScores;
import dev.convoy.train.score.ValueScores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.mllib.evaluation.MultilabelMetrics;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.Tuple2;

/** Target vectors from IDX files through Spark: the bits of the local trainer, labels as MLlib. */
class TargetVectorsIT {
  private static final int EXAMPLES = 500;
  private static final Loss LABELS = new BinaryCrossEntropy(new float[] {1, 2, 0.5f, 1});
  private static final Loss NUMBERS = new Huber(0.5f);

  @TempDir private static Path folder;
  private static JavaSparkContext spark;

  @BeforeAll
  static void start() throws IOException {
    spark =
        new JavaSparkContext(
            SparkSettings.apply(new SparkConf())
                .setMaster("local[2]")
                .setAppName("target vectors")
                .set("spark.ui.enabled", "false"));
    for (Loss loss : List.of(LABELS, NUMBERS)) {
      ImageBlock all = all(loss);
      Files.write(folder.resolve("images"), IdxBytes.images(all));
      Files.write(
          folder.resolve(loss.kind()),
          loss == LABELS ? IdxBytes.byteVectors(all) : IdxBytes.gzip(IdxBytes.floatVectors(all)));
    }
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  private static ImageBlock all(Loss loss) {
    return VectorTraining.block(loss, IntStream.range(0, EXAMPLES).toArray());
  }

  private static TrainingPlan plan(Loss loss, Averaging averaging, int steps) {
    return VectorTraining.plan(loss, Adam.of(0.03f), averaging, EXAMPLES, 3, 10, steps, true);
  }

  private static BlockRdd rdd(TrainingPlan plan, int readers) {
    ImageSource source =
        ImageSource.idx(
            folder.resolve("images").toString(),
            folder.resolve(plan.loss().kind()).toString(),
            new LabelRule(VectorTraining.OUTPUTS, plan.loss()));
    HadoopFiles files = new HadoopFiles(spark.hadoopConfiguration());
    return new BlockRdd(spark, files, source, plan.network().input(), readers);
  }

  private static Weights local(TrainingPlan plan) {
    LocalRounds rounds =
        new LocalRounds(plan, VectorTraining.blocks(plan.loss(), plan.sampler()), Kernels.scalar());
    Trainer trainer = new Trainer(plan, rounds, null, new TrainingListener() {}, () -> false);
    return trainer.run(State.initial(plan, initial(plan))).weights();
  }

  private static Weights initial(TrainingPlan plan) {
    return plan.network().initialWeights(plan.seed());
  }

  @Test
  void sparkTrainsToTheBitsOfTheLocalTrainer() {
    for (TrainingPlan plan :
        List.of(
            plan(LABELS, Averaging.PARAMETERS, 4),
            plan(LABELS, Averaging.GRADIENTS, 1),
            plan(NUMBERS, Averaging.PARAMETERS, 4))) {
      JavaRDD<ImageBlock> blocks = rdd(plan, 3).sampled(plan.sampler());
      SparkTrainer trainer = new SparkTrainer(spark, blocks, null);
      float[] parameters =
          trainer
              .train(plan, initial(plan), new TrainingListener() {}, () -> false)
              .state()
              .parameters();
      assertEquals(Fingerprint.sha256(local(plan).parameters()), Fingerprint.sha256(parameters));
    }
  }

  private static Evaluation onSpark(TrainingPlan plan, Weights weights) {
    return new SparkEvaluator(
            spark,
            plan.network(),
            plan.normalization(),
            plan.loss(),
            rdd(plan, 3).inOrder("images", EXAMPLES))
        .apply(weights);
  }

  private static Evaluator evaluator(TrainingPlan plan, Weights weights) {
    return new Evaluator(plan.network(), weights, plan.normalization(), Kernels.scalar());
  }

  /** MLlib fails on a label that is never predicted right, and wants a set of labels an image. */
  @Test
  void labelsAreScoredAsMllibDoes() {
    TrainingPlan plan = plan(LABELS, Averaging.PARAMETERS, 4);
    Weights weights = local(plan);
    Evaluation evaluation = onSpark(plan, weights);
    ImageBlock all = all(LABELS);
    float[][] outputs = evaluator(plan, weights).predictions(all, OutputActivation.NONE);
    List<Tuple2<double[], double[]>> sets = new ArrayList<>();
    for (int i = 0; i < EXAMPLES; i++) {
      int image = i;
      double[] predicted = labels(c -> outputs[image][c] > 0);
      double[] right = labels(c -> all.targets().value(image, c) > 0);
      sets.add(new Tuple2<>(predicted, right));
    }
    MultilabelMetrics metrics = new MultilabelMetrics(spark.parallelize(sets).rdd());
    LabelScores scores = (LabelScores) evaluation.scores();
    for (int label = 0; label < 3; label++) {
      assertEquals(metrics.precision(label), scores.precision(label), 1e-15);
      assertEquals(metrics.recall(label), scores.recall(label), 1e-15);
      assertEquals(metrics.f1Measure(label), scores.f1(label), 1e-15);
    }
    assertEquals(
        1 - metrics.hammingLoss() * metrics.labels().length / VectorTraining.OUTPUTS,
        evaluation.accuracy(),
        1e-12);
  }

  private static double[] labels(IntPredicate has) {
    return IntStream.range(0, VectorTraining.OUTPUTS).filter(has).asDoubleStream().toArray();
  }

  @Test
  void errorsOfNumbersAreThoseOfOneThread() {
    TrainingPlan plan = plan(NUMBERS, Averaging.PARAMETERS, 4);
    Weights weights = local(plan);
    Evaluation evaluation = onSpark(plan, weights);
    Evaluation expected = evaluator(plan, weights).evaluate(all(NUMBERS), NUMBERS);
    assertEquals(expected.loss(), evaluation.loss());
    ValueScores scores = (ValueScores) evaluation.scores();
    ValueScores alone = (ValueScores) expected.scores();
    assertArrayEquals(alone.counts(), scores.counts());
    assertArrayEquals(alone.absoluteErrors(), scores.absoluteErrors());
    assertArrayEquals(alone.squaredErrors(), scores.squaredErrors());
  }
}
