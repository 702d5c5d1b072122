package dev.convoy.benchmark;

import dev.convoy.config.Job;
import dev.convoy.config.JobReader;
import dev.convoy.config.data.Idx;
import dev.convoy.data.IdxImages;
import dev.convoy.image.ImageBlock;
import dev.convoy.image.Targets;
import dev.convoy.kernel.Kernels;
import dev.convoy.optim.Nesterov;
import dev.convoy.optim.OuterOptimizer;
import dev.convoy.train.Trainer;
import dev.convoy.train.TrainingListener;
import dev.convoy.train.fault.NonFiniteException;
import dev.convoy.train.frequency.Staged;
import dev.convoy.train.frequency.Staged.Stage;
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
 * Accuracy against how often workers are averaged: each training by the local trainer, whose bits
 * are those of any cluster. Its arguments are a job with IDX data, epochs, and seeds.
 */
public final class FrequencyStudy {
  private static final int[] WORKERS = {1, 2, 4, 8};
  private static final int[] STEPS = {1, 8, 64};

  /** {@code null} is plain averaging. */
  private static final Float[] OUTER_MOMENTUM = {null, 0.5f, 0.9f};

  private final Job job;
  private final int epochs;
  private final ImageBlock training;
  private final ImageBlock test;

  private FrequencyStudy(Job job, int epochs) throws IOException {
    this.job = job;
    this.epochs = epochs;
    this.training = read((Idx) job.data().train());
    this.test = read((Idx) job.data().test());
  }

  /** As above. */
  public static void main(String[] args) throws IOException {
    Job job;
    try (InputStream in = Files.newInputStream(Path.of(args[0]))) {
      job = JobReader.read(in, args[0], List.of());
    }
    FrequencyStudy study = new FrequencyStudy(job, Integer.parseInt(args[1]));
    System.out.printf(
        "%s, %s epochs, batch %d, kernels %s; mean accuracy (least to most) of %s seeds%n",
        job.name(), args[1], job.training().batchSize(), Kernels.chosen().description(), args[2]);
    System.out.println(
        "| K | H | averagings | plain | outer, momentum 0.5 | outer, momentum 0.9 |");
    System.out.println("|---|---|---|---|---|---|");
    for (int workers : WORKERS) {
      for (int steps : STEPS) {
        System.out.println(study.row(workers, steps, Integer.parseInt(args[2])));
      }
    }
  }

  private String row(int workers, int steps, int seeds) {
    TrainingPlan plan = plan(workers, steps, null, 1);
    StringBuilder row = new StringBuilder();
    row.append("| ").append(workers).append(" | ").append(steps);
    row.append(" | ").append(plan.roundsBefore(epochs + 1));
    for (Float momentum : OUTER_MOMENTUM) {
      List<Double> accuracies = new ArrayList<>();
      for (int seed = 1; seed <= seeds; seed++) {
        accuracies.add(accuracy(plan(workers, steps, momentum, seed)));
      }
      row.append(" | ").append(summary(accuracies));
    }
    return row.append(" |").toString();
  }

  private static String summary(List<Double> accuracies) {
    if (accuracies.contains(Double.NaN)) {
      return "diverges";
    }
    return String.format(
        Locale.ROOT,
        "%.3f (%.3f to %.3f)",
        accuracies.stream().mapToDouble(a -> a).average().orElseThrow(),
        accuracies.stream().mapToDouble(a -> a).min().orElseThrow(),
        accuracies.stream().mapToDouble(a -> a).max().orElseThrow());
  }

  /** On all test images; NaN where the training came to a value that is not finite. */
  private double accuracy(TrainingPlan plan) {
    try {
      LocalRounds rounds = new LocalRounds(plan, blocks(plan.sampler()), Kernels.chosen());
      Trainer trainer = new Trainer(plan, rounds, null, new TrainingListener() {}, () -> false);
      State end = trainer.run(State.initial(plan, plan.network().initialWeights(plan.seed())));
      return new Evaluator(plan.network(), end.weights(), plan.normalization(), Kernels.chosen())
          .evaluate(test, plan.loss())
          .accuracy();
    } catch (NonFiniteException e) {
      return Double.NaN;
    }
  }

  /** One H may be compared with another: the order of examples is that of the largest. */
  private TrainingPlan plan(int workers, int steps, Float momentum, long seed) {
    int most = STEPS[STEPS.length - 1];
    int batch = job.training().batchSize();
    OuterOptimizer outer = momentum == null ? null : new Nesterov(null, momentum);
    return TrainingPlan.builder(
            job.network(),
            job.training().optimizer(),
            Sampler.of(
                training.size(), workers, batch, most, true, seed, job.network().input().size()))
        .normalization(job.data().normalize().values())
        .loss(job.training().loss())
        .schedule(job.training().schedule())
        .clipping(job.training().clip())
        .seed(seed)
        .epochs(epochs)
        .build()
        .withOuter(outer)
        .withFrequency(new Staged(List.of(new Stage(1, 1, steps)), most))
        .withContributions(job.distribution().contributions());
  }

  private static ImageBlock read(Idx source) throws IOException {
    IdxImages images =
        IdxImages.open(
            path -> Files.newInputStream(Path.of(path)), source.images(), source.labels(), 10);
    return images.read(images.count());
  }

  private List<ImageBlock> blocks(Sampler sampler) {
    List<ImageBlock> blocks = new ArrayList<>();
    int size = training.shape().size();
    for (int partition = 0; partition < sampler.partitions(); partition++) {
      int[] ids = sampler.ids(partition);
      Targets targets = training.targets().room(ids.length);
      byte[] pixels = new byte[ids.length * size];
      for (int i = 0; i < ids.length; i++) {
        targets.put(i, training.targets(), ids[i]);
        System.arraycopy(training.pixels(), ids[i] * size, pixels, i * size, size);
      }
      blocks.add(new ImageBlock(training.shape(), ids, targets, pixels));
    }
    return blocks;
  }
}
