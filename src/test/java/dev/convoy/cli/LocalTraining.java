package dev.convoy.cli;

import dev.convoy.config.Job;
import dev.convoy.config.JobReader;
import dev.convoy.config.data.Idx;
import dev.convoy.data.IdxImages;
import dev.convoy.data.LabelRule;
import dev.convoy.image.ImageBlock;
import dev.convoy.kernel.Kernels;
import dev.convoy.nn.Fingerprint;
import dev.convoy.run.TrainingInput;
import dev.convoy.spark.file.HadoopFiles;
import dev.convoy.spark.format.DataAccess;
import dev.convoy.testing.SampleImages;
import dev.convoy.train.Trainer;
import dev.convoy.train.TrainingListener;
import dev.convoy.train.round.LocalRounds;
import dev.convoy.train.round.State;
import dev.convoy.train.round.TrainingPlan;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** Trains a job whose data are IDX files of class numbers in this thread, without Spark. */
public final class LocalTraining {
  private LocalTraining() {}

  /** The SHA-256 of the final parameters. */
  public static String weightsSha256(Path jobFile, List<String> overrides, Kernels kernels)
      throws IOException {
    Job job;
    try (InputStream in = Files.newInputStream(jobFile)) {
      job = JobReader.read(in, jobFile.toString(), overrides);
    }
    HadoopFiles files = new HadoopFiles(new Configuration());
    TrainingInput input =
        TrainingInput.read(
            jobFile.toString(),
            job,
            new DataAccess(
                files,
                () -> {
                  throw new IllegalStateException("without Spark");
                }));
    TrainingPlan plan = input.plan();
    Trainer trainer =
        new Trainer(
            plan,
            new LocalRounds(plan, blocks(job, plan, files), kernels),
            null,
            new TrainingListener() {},
            () -> false);
    State end = trainer.run(State.initial(plan, input.initialWeights(files)));
    return Fingerprint.sha256(end.parameters());
  }

  private static List<ImageBlock> blocks(Job job, TrainingPlan plan, HadoopFiles files)
      throws IOException {
    Idx data = (Idx) job.data().train();
    ImageBlock all;
    try (IdxImages images =
        IdxImages.open(
            files,
            data.images(),
            data.labels(),
            LabelRule.classes(plan.network().output().size()))) {
      all = images.read(plan.sampler().examples());
    }
    List<ImageBlock> blocks = new ArrayList<>();
    for (int partition = 0; partition < plan.sampler().partitions(); partition++) {
      blocks.add(SampleImages.choose(all, plan.sampler().ids(partition)));
    }
    return blocks;
  }
}
