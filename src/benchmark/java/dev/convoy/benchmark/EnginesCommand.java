package dev.convoy.benchmark;

import dev.convoy.nn.Network;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Convoy and PyTorch, on the same networks in the same run. */
@Command(
    name = "engines",
    sortOptions = false,
    description =
        "Times training and forward passes of Convoy and of PyTorch (NCHW and channels last), one"
            + " thread each, in turns.")
final class EnginesCommand extends BenchCommand {
  private static final List<ContestantKind> ENGINES =
      List.of(ContestantKind.CONVOY, ContestantKind.PYTORCH, ContestantKind.PYTORCH_CHANNELS_LAST);

  /** Of a loss, relative: sums in float of another order differ by less, other layers by more. */
  private static final double TOLERANCE = 1e-4;

  @Mixin private NetworkOption networks;

  @Option(
      names = "--repetitions",
      paramLabel = "N",
      defaultValue = "9",
      description = "Turns of each engine. Default: ${DEFAULT-VALUE}.")
  private int repetitions;

  @Option(names = "--json", paramLabel = "FILE", description = "Write all figures there.")
  private Path json;

  @Option(names = "--svg", paramLabel = "FILE", description = "Draw the figures there.")
  private Path svg;

  private boolean saidWhatRuns;

  @Override
  public Integer call() throws IOException {
    checkPositive("--repetitions", repetitions);
    checkFolder("--json", json);
    checkFolder("--svg", svg);
    Machine machine = Machine.here();
    say(machine.toString());
    say("peak of one thread: %.1f GFLOP/s", machine.peakGflops());
    say("batch %d, one thread, SGD with momentum, softmax cross-entropy", Engine.BATCH);
    List<NetworkFigures> figures = new ArrayList<>();
    for (BenchmarkNetwork network : networks.chosen()) {
      figures.add(time(network));
    }
    EnginesReport report = new EnginesReport(machine, 1, Engine.BATCH, repetitions, figures);
    report.lines().forEach(this::say);
    if (json != null) {
      report.writeJson(json);
    }
    if (svg != null) {
      EnginesPlot.write(report, svg);
    }
    return 0;
  }

  private NetworkFigures time(BenchmarkNetwork which) {
    List<ContestantJvm> jvms = new ArrayList<>();
    try {
      for (ContestantKind kind : ENGINES) {
        jvms.add(ContestantJvm.start(kind, which.toString()));
      }
      sayWhatRuns(jvms);
      compareLosses(which, jvms);
      List<Map<String, Samples>> rates =
          new Rounds(jvms, List.of(EngineContestant.TRAIN, EngineContestant.INFER))
              .run(repetitions);
      NetworkFigures figures = figures(which.network(), which, jvms, rates);
      say(
          "%s: training %.2f times as fast as PyTorch, inference %.2f times%s",
          which, figures.ratio(Mode.TRAIN), figures.ratio(Mode.INFER), callsShare(jvms, rates));
      warnOfLosses(jvms);
      return figures;
    } finally {
      jvms.forEach(ContestantJvm::close);
    }
  }

  /** Once, as it is the same for all networks. */
  private void sayWhatRuns(List<ContestantJvm> jvms) {
    if (!saidWhatRuns) {
      jvms.forEach(jvm -> say("%s: %s", jvm.kind(), jvm.description()));
      saidWhatRuns = true;
    }
  }

  private void compareLosses(BenchmarkNetwork network, List<ContestantJvm> jvms) {
    List<double[]> losses = jvms.stream().map(EnginesCommand::losses).toList();
    double difference = 0;
    for (double[] other : losses) {
      for (int i = 0; i < other.length; i++) {
        double expected = losses.get(0)[i];
        difference = Math.max(difference, Math.abs(other[i] - expected) / Math.abs(expected));
      }
    }
    // NaN is no agreement either.
    if (!(difference <= TOLERANCE)) {
      throw new IllegalStateException(
          network + ": losses disagree: " + losses.stream().map(Arrays::toString).toList());
    }
    say(
        "%s: losses of the first %d steps agree to %.0e",
        network, Engine.CHECKED_STEPS, Math.max(difference, 1e-9));
  }

  private static double[] losses(ContestantJvm jvm) {
    return Arrays.stream(jvm.ask(EngineContestant.LOSSES).split(" "))
        .mapToDouble(Double::parseDouble)
        .toArray();
  }

  /** What the bindings cost at most, of a step of the faster layout. */
  private static String callsShare(List<ContestantJvm> jvms, List<Map<String, Samples>> rates) {
    double fastest = 0;
    for (Map<String, Samples> ofOne : rates.subList(1, rates.size())) {
      fastest = Math.max(fastest, ofOne.get(EngineContestant.TRAIN).median());
    }
    double seconds = Double.parseDouble(jvms.get(1).ask(EngineContestant.CALLS));
    return String.format(
        Locale.ROOT,
        "; calls from Java are at most %.1f%% of PyTorch's step",
        100 * seconds * fastest);
  }

  private static NetworkFigures figures(
      Network network,
      BenchmarkNetwork which,
      List<ContestantJvm> jvms,
      List<Map<String, Samples>> rates) {
    List<EngineFigures> engines = new ArrayList<>();
    for (int i = 0; i < jvms.size(); i++) {
      engines.add(
          new EngineFigures(
              jvms.get(i).kind().toString(),
              jvms.get(i).description(),
              rates.get(i).get(EngineContestant.TRAIN).times(Engine.BATCH),
              rates.get(i).get(EngineContestant.INFER).times(Engine.BATCH)));
    }
    return new NetworkFigures(
        which.toString(),
        network.parameterCount(),
        Flops.training(network),
        Flops.forward(network),
        engines);
  }
}
