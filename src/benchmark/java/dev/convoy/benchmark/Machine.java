package dev.convoy.benchmark;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What figures hold for.
 *
 * @param cpu the CPU's model
 * @param cores that this process may use
 * @param system the operating system
 * @param java the JDK
 * @param peak floating-point operations a second of one thread, see {@link Peak}
 */
record Machine(String cpu, int cores, String system, String java, double peak) {
  private static final Path CPUS = Path.of("/proc/cpuinfo");
  private static final int REPETITIONS = 5;

  /** This one, whose peak it measures. */
  static Machine here() {
    return new Machine(
        model(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        Runtime.version().toString(),
        measurePeak());
  }

  private static String model() {
    try (Stream<String> lines = Files.lines(CPUS)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown CPU");
    } catch (IOException e) {
      return "unknown CPU";
    }
  }

  private static double measurePeak() {
    try (ContestantJvm jvm = ContestantJvm.start(ContestantKind.PEAK, "")) {
      double flops = Double.parseDouble(jvm.ask(PeakContestant.FLOPS));
      Rounds rounds = new Rounds(List.of(jvm), List.of(PeakContestant.PEAK));
      return rounds.run(REPETITIONS).get(0).get(PeakContestant.PEAK).greatest() * flops;
    }
  }

  /** As in {@code AMD EPYC, 2 cores, Linux amd64, Java 17.0.15+6}. */
  @Override
  public String toString() {
    return cpu + ", " + cores + (cores == 1 ? " core, " : " cores, ") + system + ", Java " + java;
  }

  /** The peak in GFLOP/s. */
  @JsonProperty
  double peakGflops() {
    return peak * 1e-9;
  }
}
