package dev.convoy.fuzz;

import dev.convoy.cli.CommandRun;
import dev.convoy.config.data.Pack;
import dev.convoy.run.DistributedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** A pack of pictures, evaluated on Spark. */
final class PackSubject extends Subject {
  private final SparkSession spark;

  PackSubject(Path sound, SparkSession spark) {
    super(sound);
    this.spark = spark;
  }

  @Override
  CommandRun run(Path folder, SplittableRandom random) throws IOException {
    Path pack = folder.resolve("pack");
    copy(sound.resolve("pack"), pack);
    List<Path> files;
    try (Stream<Path> all = Files.walk(pack)) {
      files =
          all.filter(Files::isRegularFile)
              .filter(file -> !file.getFileName().toString().startsWith("."))
              .sorted()
              .toList();
    }
    change(files, random);
    return call(
        () ->
            DistributedModel.load(spark, sound.resolve("model").toString())
                .evaluate(new Pack(pack.toString())));
  }
}
