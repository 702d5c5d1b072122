package dev.convoy.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;

/**
 * The JVM of a contestant. Its first line says what it runs on; then each line that arrives is
 * answered by one, until there are no more:
 *
 * <ul>
 *   <li>{@code warm TASK}: does the task until it gets no faster; its times a second
 *   <li>{@code time TASK N}: does the task N times; nanoseconds that went by, and nanoseconds of
 *       CPU time
 *   <li>{@code ask QUESTION}: what {@link Contestant#answer} says
 * </ul>
 */
final class ContestantMain {
  /** Long enough that a stop of the garbage collector or the compiler is a small part of it. */
  private static final long WINDOW_NANOSECONDS = 500_000_000;

  private static final int LEAST_WINDOWS = 6;
  private static final int MOST_WINDOWS = 30;

  /** Windows after the fastest that show that it gets no faster. */
  private static final int SLOWER_WINDOWS = 3;

  /** Faster by less is the same. */
  private static final double SAME = 1.01;

  private final Contestant contestant;

  private ContestantMain(Contestant contestant) {
    this.contestant = contestant;
  }

  /** Takes the name of a {@link ContestantKind} and what that needs. */
  public static void main(String[] args) throws IOException {
    PrintStream answers =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    System.setOut(System.err);
    ContestantMain main =
        new ContestantMain(ContestantKind.valueOf(args[0]).open(args.length > 1 ? args[1] : ""));
    answers.println(main.contestant.description());
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      answers.println(main.obey(line.split(" ")));
    }
    // PyTorch's destructors at exit are no part of this.
    Runtime.getRuntime().halt(0);
  }

  private String obey(String[] words) {
    return switch (words[0]) {
      case "warm" -> String.valueOf(warm(words[1]));
      case "time" -> time(words[1], Integer.parseInt(words[2]));
      case "ask" -> contestant.answer(words[1]);
      default -> throw new IllegalArgumentException("no such command: " + words[0]);
    };
  }

  private double warm(String task) {
    double best = 0;
    int slower = 0;
    for (int i = 0; i < MOST_WINDOWS && (i < LEAST_WINDOWS || slower < SLOWER_WINDOWS); i++) {
      double rate = rate(task);
      slower = rate > best * SAME ? 0 : slower + 1;
      best = Math.max(best, rate);
    }
    return best;
  }

  private double rate(String task) {
    long start = System.nanoTime();
    int times = 0;
    long elapsed = 0;
    while (elapsed < WINDOW_NANOSECONDS) {
      contestant.run(task, 1);
      times++;
      elapsed = System.nanoTime() - start;
    }
    return times * 1e9 / elapsed;
  }

  private String time(String task, int times) {
    long startOfCpu = cpuTime();
    long start = System.nanoTime();
    contestant.run(task, times);
    long elapsed = System.nanoTime() - start;
    return elapsed + " " + (cpuTime() - startOfCpu);
  }

  private static long cpuTime() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }
}
