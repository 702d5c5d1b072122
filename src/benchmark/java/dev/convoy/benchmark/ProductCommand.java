package dev.convoy.benchmark;

import dev.convoy.report.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Convoy's kernel and OpenBLAS on a product of matrices. */
@Command(
    name = "product",
    sortOptions = false,
    description =
        "Times a product of two matrices of 768x768 floats by Convoy's kernel and by OpenBLAS, one"
            + " thread each, in turns.")
final class ProductCommand extends BenchCommand {
  /** Of the sum of all values: the same numbers, added in another order. */
  private static final double TOLERANCE = 1e-4;

  @Option(
      names = "--repetitions",
      paramLabel = "N",
      defaultValue = "15",
      description = "Turns of each. Default: ${DEFAULT-VALUE}.")
  private int repetitions;

  @Override
  public Integer call() {
    checkPositive("--repetitions", repetitions);
    Machine machine = Machine.here();
    say(machine.toString());
    say("peak of one thread: %.1f GFLOP/s", machine.peakGflops());
    try (ContestantJvm convoy = ContestantJvm.start(ContestantKind.CONVOY_PRODUCT, "");
        ContestantJvm openblas = ContestantJvm.start(ContestantKind.OPENBLAS_PRODUCT, "")) {
      List<ContestantJvm> jvms = List.of(convoy, openblas);
      List<Samples> gflops = new ArrayList<>();
      for (Map<String, Samples> rates :
          new Rounds(jvms, List.of(MatrixProduct.PRODUCT)).run(repetitions)) {
        gflops.add(rates.get(MatrixProduct.PRODUCT).times(MatrixProduct.FLOPS * 1e-9));
      }
      compareSums(jvms);
      show(machine, jvms, gflops);
      warnOfLosses(jvms);
    }
    return 0;
  }

  private static void compareSums(List<ContestantJvm> jvms) {
    double one = Double.parseDouble(jvms.get(0).ask(MatrixProduct.SUM));
    double other = Double.parseDouble(jvms.get(1).ask(MatrixProduct.SUM));
    if (!(Math.abs(one - other) <= TOLERANCE * Math.abs(other))) {
      throw new IllegalStateException("the products disagree: sums are " + one + " and " + other);
    }
  }

  private void show(Machine machine, List<ContestantJvm> jvms, List<Samples> gflops) {
    say(
        "%dx%dx%d product, one thread: median (least to most) of %d repetitions",
        MatrixProduct.SIZE, MatrixProduct.SIZE, MatrixProduct.SIZE, repetitions);
    TextTable table = new TextTable("<", "<runs on", "milliseconds", "GFLOP/s", "<", "of peak");
    for (int i = 0; i < jvms.size(); i++) {
      Samples samples = gflops.get(i);
      table.row(
          jvms.get(i).kind().toString(),
          jvms.get(i).description(),
          String.format(Locale.ROOT, "%.2f", MatrixProduct.FLOPS * 1e-6 / samples.median()),
          String.format(Locale.ROOT, "%.1f", samples.median()),
          String.format(Locale.ROOT, "(%.1f to %.1f)", samples.least(), samples.greatest()),
          String.format(Locale.ROOT, "%.0f%%", 100 * samples.median() / machine.peakGflops()));
    }
    table.lines().forEach(this::say);
    say("Convoy/OpenBLAS: %.2f", gflops.get(0).over(gflops.get(1)).median());
  }
}
