package dev.convoy.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.convoy.nn.Network;
import dev.convoy.nn.Node;
import dev.convoy.report.TextTable;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the time of Convoy's steps goes. */
@Command(
    name = "layers",
    sortOptions = false,
    description =
        "Shows what each layer takes of a step of training with Convoy, one thread, and how near it"
            + " comes to the CPU's peak.")
final class LayersCommand extends BenchCommand {
  @Mixin private NetworkOption networks;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "5",
      description = "How long each network is measured, warm. Default: ${DEFAULT-VALUE}.")
  private int seconds;

  @Override
  public Integer call() throws IOException {
    checkPositive("--seconds", seconds);
    Machine machine = Machine.here();
    say(machine.toString());
    say("peak of one thread: %.1f GFLOP/s", machine.peakGflops());
    for (BenchmarkNetwork network : networks.chosen()) {
      show(network, machine);
    }
    return 0;
  }

  private void show(BenchmarkNetwork which, Machine machine) throws IOException {
    try (ContestantJvm jvm = ContestantJvm.start(ContestantKind.LAYERS, which.toString())) {
      double rate = jvm.warm(LayersContestant.TRAIN);
      jvm.ask(LayersContestant.TIMES);
      jvm.time(LayersContestant.TRAIN, (int) Math.max(1, Math.round(rate * seconds)));
      LayersContestant.Times times =
          new ObjectMapper()
              .readValue(jvm.ask(LayersContestant.TIMES), LayersContestant.Times.class);
      say("");
      say(
          "%s, kernels %s, batch %d: %.0f images/s",
          which,
          jvm.description(),
          Engine.BATCH,
          times.count() * 1e9 / times.steps() * Engine.BATCH);
      table(which.network(), times, machine).forEach(this::say);
      warnOfLosses(List.of(jvm));
    }
  }

  private static List<String> table(
      Network network, LayersContestant.Times times, Machine machine) {
    TextTable table =
        new TextTable(
            "<layer",
            "forward µs",
            "GFLOP/s",
            "of peak",
            "backward µs",
            "GFLOP/s",
            "of peak",
            "of the step");
    long rest = times.steps();
    for (int i = 0; i < network.nodes().size(); i++) {
      Node node = network.nodes().get(i);
      long forward = times.forward()[i];
      long backward = times.backward()[i];
      rest -= forward + backward;
      double steps = times.count();
      double forwardRate = Flops.forward(node) * Engine.BATCH * steps / forward;
      double backwardRate = Flops.backward(node) * Engine.BATCH * steps / backward;
      table.row(
          node.name(),
          microseconds(forward / steps),
          gflops(forwardRate),
          share(forwardRate / machine.peakGflops()),
          microseconds(backward / steps),
          gflops(backwardRate),
          share(backwardRate / machine.peakGflops()),
          percent((double) (forward + backward) / times.steps()));
    }
    table.row("(all else)", "", "", "", "", "", "", percent((double) rest / times.steps()));
    return table.lines();
  }

  private static String microseconds(double nanoseconds) {
    return nanoseconds == 0 ? "-" : String.format(Locale.ROOT, "%,.0f", nanoseconds / 1000);
  }

  /** Nothing where a layer has no operations that count, or no time of its own. */
  private static String gflops(double rate) {
    return counts(rate) ? String.format(Locale.ROOT, "%.1f", rate) : "";
  }

  private static String share(double rate) {
    return counts(rate) ? String.format(Locale.ROOT, "%.0f%%", 100 * rate) : "";
  }

  private static boolean counts(double rate) {
    return rate > 0 && Double.isFinite(rate);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f%%", 100 * share);
  }
}
