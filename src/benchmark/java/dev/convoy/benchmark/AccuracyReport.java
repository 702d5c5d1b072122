package dev.convoy.benchmark;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.convoy.report.TextTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Accuracies of trainings with the convolutions that Convoy chooses, and with all by taps.
 *
 * @param job that was trained
 * @param epochs of each training
 * @param testImages that the accuracies are of
 * @param kernels in use
 * @param seeds in order
 * @param chosen Winograd's algorithm where it suits
 * @param direct all convolutions by taps
 */
record AccuracyReport(
    String job,
    int epochs,
    int testImages,
    String kernels,
    List<Long> seeds,
    Trainings chosen,
    Trainings direct) {
  /** So many standard errors apart are two means of the same in 19 of 20 cases. */
  private static final double ERRORS = 2;

  /** By how much the mean with Winograd's algorithm is above the other. */
  @JsonProperty
  double difference() {
    return chosen.mean() - direct.mean();
  }

  /** Of the difference, as if no two trainings had anything in common. */
  @JsonProperty
  double standardError() {
    return Math.hypot(chosen.standardError(), direct.standardError());
  }

  /** Whether the difference is one that chance explains. */
  @JsonProperty
  boolean alike() {
    return Math.abs(difference()) <= ERRORS * standardError();
  }

  /** A row a seed, and what they come to. */
  List<String> lines() {
    TextTable table = new TextTable("<seed", "Winograd", "taps");
    for (int i = 0; i < seeds.size(); i++) {
      table.row(
          Long.toString(seeds.get(i)),
          number(chosen.accuracies().get(i)),
          number(direct.accuracies().get(i)));
    }
    table.row("mean", number(chosen.mean()), number(direct.mean()));
    table.row(
        "standard deviation",
        number(chosen.standardDeviation()),
        number(direct.standardDeviation()));
    List<String> lines = new ArrayList<>(table.lines());
    lines.add(
        String.format(
            Locale.ROOT,
            "difference of the means %+.4f, its standard error %.4f: %s",
            difference(),
            standardError(),
            alike() ? "alike" : "NOT alike"));
    return lines;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  /** Writes all of it as JSON. */
  void writeJson(Path file) throws IOException {
    ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    Path beside = file.resolveSibling(file.getFileName() + ".part");
    Files.writeString(beside, mapper.writeValueAsString(this) + "\n");
    Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
  }
}
