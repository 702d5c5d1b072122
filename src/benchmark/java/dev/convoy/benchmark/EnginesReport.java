package dev.convoy.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.convoy.report.Numbers;
import dev.convoy.report.TextTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a run of {@code engines} found.
 *
 * @param machine it ran on
 * @param threads of each engine
 * @param batch images of a batch
 * @param repetitions of each measurement
 * @param networks one after the other
 */
record EnginesReport(
    Machine machine, int threads, int batch, int repetitions, List<NetworkFigures> networks) {

  /** A table a mode. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (Mode mode : Mode.values()) {
      lines.add("");
      lines.add(
          String.format(
              Locale.ROOT,
              "%s, images/s: median (least to most) of %d repetitions",
              mode,
              repetitions));
      lines.addAll(table(mode));
    }
    return lines;
  }

  private List<String> table(Mode mode) {
    TextTable table =
        new TextTable(
            "<network",
            "Convoy",
            "<",
            "PyTorch",
            "<",
            "<layout",
            "Convoy/PyTorch",
            "Convoy GFLOP/s",
            "of peak",
            "PyTorch GFLOP/s");
    for (NetworkFigures figures : networks) {
      EngineFigures convoy = figures.convoy();
      EngineFigures pytorch = figures.pytorch(mode);
      table.row(
          figures.network(),
          Numbers.rate(convoy.of(mode).median()),
          range(convoy.of(mode)),
          Numbers.rate(pytorch.of(mode).median()),
          range(pytorch.of(mode)),
          pytorch.layout(),
          String.format(Locale.ROOT, "%.2f", figures.ratio(mode)),
          String.format(Locale.ROOT, "%.1f", figures.gflops(mode, convoy)),
          String.format(
              Locale.ROOT, "%.0f%%", 100 * figures.gflops(mode, convoy) / machine.peakGflops()),
          String.format(Locale.ROOT, "%.1f", figures.gflops(mode, pytorch)));
    }
    return table.lines();
  }

  private static String range(Samples samples) {
    return "(" + Numbers.rate(samples.least()) + " to " + Numbers.rate(samples.greatest()) + ")";
  }

  /** Writes all of it as JSON. */
  void writeJson(Path file) throws IOException {
    ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    Files.writeString(file, mapper.writeValueAsString(this) + "\n");
  }
}
