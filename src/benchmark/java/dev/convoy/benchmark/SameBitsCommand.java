package dev.convoy.benchmark;

import dev.convoy.cluster.WholeTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileUtil;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Trains the same job in many ways, and compares the bits. */
@Command(
    name = "same-bits",
    description =
        "Trains LeNet-5 and ResNet-8 on clusters of every kind, whole and disturbed, and prints the"
            + " SHA-256 of the parameters that each leaves. It times nothing. Needs Spark under"
            + " target/spark-home (mvn -q -DskipTests package).")
final class SameBitsCommand extends BenchCommand {
  /** A network that is trained. */
  enum Trained {
    lenet5,
    resnet8
  }

  @Parameters(arity = "0..*", description = "Of ${COMPLETION-CANDIDATES}; both if none is given.")
  private Trained[] networks = Trained.values();

  @Option(
      names = "--keep",
      paramLabel = "DIR",
      description = "Keep what all runs leave, logs too, in this new folder.")
  private Path keep;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path sparkHome = Path.of("target/spark-home").toAbsolutePath();
    if (!Files.isDirectory(sparkHome)) {
      throw wrong("needs Spark in " + sparkHome + ": mvn -q -DskipTests package");
    }
    if (keep != null && Files.exists(keep)) {
      throw wrong("--keep needs a folder that is not there yet, but got " + keep);
    }
    checkFolder("--keep", keep);
    Path folder = keep == null ? Files.createTempDirectory("convoy-same-bits") : keep;
    List<String> arguments = new ArrayList<>();
    arguments.add(folder.toAbsolutePath().toString());
    arguments.add(sparkHome.toString());
    for (Trained network : networks) {
      arguments.add(network.name());
    }
    boolean done = SparkJvm.run(WholeTable.class, "1g", arguments.toArray(String[]::new));
    if (done && keep == null) {
      FileUtil.fullyDelete(folder.toFile());
    } else {
      say("What the runs left is in " + folder);
    }
    return done ? 0 : 1;
  }
}
