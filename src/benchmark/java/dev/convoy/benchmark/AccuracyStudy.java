package dev.convoy.benchmark;

import dev.convoy.config.Job;
import dev.convoy.config.JobReader;
import dev.convoy.config.data.DataSource;
import dev.convoy.config.data.Images;
import dev.convoy.config.tree.ConfigException;
import dev.convoy.image.DataException;
import dev.convoy.image.ImageBlock;
import dev.convoy.kernel.Kernels;
import dev.convoy.nn.Network;
import dev.convoy.nn.Weights;
import dev.convoy.testing.DirectTwin;
import dev.convoy.testing.SampleImages;
import dev.convoy.train.Trainer;
import dev.convoy.train.TrainingListener;
import dev.convoy.train.frequency.AveragingFrequency;
import dev.convoy.train.round.LocalRounds;
import dev.convoy.train.round.State;
import dev.convoy.train.round.TrainingPlan;
import dev.convoy.train.sampling.Sampler;
import dev.convoy.train.score.Evaluator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Accuracy of a job's trainings with Winograd's convolutions and with direct ones alone, from the
 * same first weights, on the same batches, each changed at random alike; by the local trainer,
 * whose bits are those of any cluster. Its arguments are a job with pictures in folders, epochs,
 * seeds, and a file for JSON or nothing.
 */
public final class AccuracyStudy {
  private final Job job;
  private final ImageBlock training;
  private final ImageBlock test;

  private AccuracyStudy(Job job) throws IOException {
    this.job = job;
    this.training = pictures(job.data().train());
    this.test = pictures(job.data().test());
  }

  /** As above. */
  public static void main(String[] args) throws IOException {
    Job job = read(Path.of(args[0]), Integer.parseInt(args[1]));
    AccuracyStudy study = new AccuracyStudy(job);
    System.out.printf(
        "%s, %s epochs of %,d images, tested on %,d; kernels %s%n",
        job.name(),
        args[1],
        study.training.size(),
        study.test.size(),
        Kernels.chosen().description());
    AccuracyReport report = study.run(Integer.parseInt(args[2]));
    report.lines().forEach(System.out::println);
    if (args.length > 3) {
      report.writeJson(Path.of(args[3]));
    }
    System.exit(report.alike() ? 0 : 1);
  }

  /**
   * A job of so many epochs.
   *
   * @throws ConfigException if it is none
   * @throws DataException if its pictures do not lie in folders that are there
   */
  static Job read(Path file, int epochs) throws IOException {
    Job job;
    try (InputStream in = Files.newInputStream(file)) {
      job = JobReader.read(in, file.toString(), List.of("training.epochs=" + epochs));
    }
    checkFolder(file, "data.train", job.data().train());
    checkFolder(file, "data.test", job.data().test());
    return job;
  }

  private static void checkFolder(Path file, String key, DataSource source) {
    if (!(source instanceof Images pictures) || pictures.list() != null) {
      throw new DataException(file + ": " + key + " must be pictures in a folder for each class");
    }
    if (!Files.isDirectory(Path.of(pictures.path()))) {
      throw new DataException(
          file + ": " + key + " needs a folder, but there is none at " + pictures.path());
    }
  }

  private AccuracyReport run(int count) {
    Network network = job.network();
    Network twin = DirectTwin.of(network);
    List<Long> seeds = new ArrayList<>();
    List<Double> chosen = new ArrayList<>();
    List<Double> direct = new ArrayList<>();
    for (long seed = 1; seed <= count; seed++) {
      seeds.add(seed);
      Weights first = network.initialWeights(seed);
      chosen.add(accuracy(plan(network, seed), first));
      say(seed, "Winograd", chosen);
      direct.add(accuracy(plan(twin, seed), first));
      say(seed, "taps", direct);
    }
    return new AccuracyReport(
        job.name(),
        job.training().epochs(),
        test.size(),
        Kernels.chosen().description(),
        seeds,
        new Trainings(chosen),
        new Trainings(direct));
  }

  private static void say(long seed, String way, List<Double> accuracies) {
    double last = accuracies.get(accuracies.size() - 1);
    System.out.printf(Locale.ROOT, "  seed %d, %s: %.4f%n", seed, way, last);
  }

  /** On all test images. */
  private double accuracy(TrainingPlan plan, Weights first) {
    List<ImageBlock> blocks = new ArrayList<>();
    for (int partition = 0; partition < plan.sampler().partitions(); partition++) {
      blocks.add(SampleImages.choose(training, plan.sampler().ids(partition)));
    }
    LocalRounds rounds = new LocalRounds(plan, blocks, Kernels.chosen());
    Trainer trainer = new Trainer(plan, rounds, null, new TrainingListener() {}, () -> false);
    State end = trainer.run(State.initial(plan, first));
    return new Evaluator(plan.network(), end.weights(), plan.normalization(), Kernels.chosen())
        .evaluate(test, plan.loss())
        .accuracy();
  }

  /** As the job says, of this network. */
  private TrainingPlan plan(Network network, long seed) {
    int workers = job.distribution().workers();
    int batch = job.training().batchSize();
    int size = network.input().size();
    AveragingFrequency frequency =
        job.distribution().averagingFrequency().fitting((long) batch * size);
    return TrainingPlan.builder(
            network,
            job.training().optimizer(),
            Sampler.of(
                training.size(),
                workers,
                batch,
                frequency.most(),
                job.training().shuffle(),
                seed,
                size))
        .normalization(job.data().normalize().values())
        .loss(job.training().loss())
        .schedule(job.training().schedule())
        .clipping(job.training().clip())
        .averaging(job.distribution().averaging())
        .seed(seed)
        .epochs(job.training().epochs())
        .build()
        .withOuter(job.distribution().outer())
        .withFrequency(frequency)
        .withContributions(job.distribution().contributions())
        .withAugment(job.data().augment());
  }

  private ImageBlock pictures(DataSource source) throws IOException {
    return PictureFolder.read(Path.of(((Images) source).path()), job.network().input());
  }
}
