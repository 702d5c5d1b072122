package dev.convoy.fuzz;

import com.sun.management.OperatingSystemMXBean;
import dev.convoy.cli.CommandRun;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * Runs cases of all subjects in turn in this JVM, whose heap is their budget of memory, and prints
 * a line for each that breaks a rule, then how many of which status there were. Ends at once at a
 * case that hangs.
 */
public final class FuzzMain {
  /** The status of a JVM in which a case took too long. */
  static final int TOO_LONG = 3;

  /** Of processors' time. */
  private static final double BUDGET_SECONDS = 5;

  /** Of the clock's time, after which a case hangs. */
  private static final long HANGING_SECONDS = 60;

  private static final int MESSAGE_CHARACTERS = 500;

  private FuzzMain() {}

  /**
   * Runs them.
   *
   * @param arguments folder of sound files, folder to work in, first case, number of cases,
   *     examples that the checkpoint's training had
   */
  public static void main(String[] arguments) throws IOException {
    Path sound = Path.of(arguments[0]);
    Path work = Path.of(arguments[1]);
    int first = Integer.parseInt(arguments[2]);
    int cases = Integer.parseInt(arguments[3]);
    int examples = Integer.parseInt(arguments[4]);
    try (SparkSession spark =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", "false")
            .config("spark.testing.memory", "471859200")
            .getOrCreate()) {
      Map<String, Subject> subjects = new LinkedHashMap<>();
      subjects.put("picture", new PictureSubject(sound));
      subjects.put("model", new ModelSubject(sound));
      subjects.put("job", new JobSubject(sound));
      subjects.put("list", new ListSubject(sound));
      subjects.put("checkpoint", new CheckpointSubject(sound, examples));
      subjects.put("pack", new PackSubject(sound, spark));
      run(subjects, work, first, cases);
    }
    System.exit(0);
  }

  private static void run(Map<String, Subject> subjects, Path work, int first, int cases)
      throws IOException {
    List<String> names = new ArrayList<>(subjects.keySet());
    for (Subject subject : subjects.values()) {
      // What is sound is accepted; and classes are loaded by now, which is no case's business.
      CommandRun run = inFolder(subject, work, new SplittableRandom(-1));
      if (run.status() != 0) {
        throw new IllegalStateException("a sound file was refused: " + run);
      }
      subject.beginToChange();
    }
    ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (int number = first; number < first + cases; number++) {
      String name = names.get(number % names.size());
      Future<?> watch = watch(clock, name + " " + number);
      long before = cpuNanoseconds();
      CommandRun run = inFolder(subjects.get(name), work, new SplittableRandom(number));
      double seconds = (cpuNanoseconds() - before) * 1e-9;
      watch.cancel(false);
      check(name + " " + number, run, seconds);
      counts.merge(name + " " + run.status(), 1, Integer::sum);
    }
    clock.shutdownNow();
    System.out.println("done: " + counts);
  }

  /** Time of all threads, which does not depend on what else the machine does. */
  private static long cpuNanoseconds() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static CommandRun inFolder(Subject subject, Path work, SplittableRandom random)
      throws IOException {
    Path folder = Files.createTempDirectory(work, "case");
    try {
      return subject.run(folder, random);
    } finally {
      remove(folder);
    }
  }

  private static void remove(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> found = Files.walk(folder)) {
      all = new ArrayList<>(found.toList());
    }
    for (int i = all.size() - 1; i >= 0; i--) {
      Files.delete(all.get(i));
    }
  }

  private static void check(String name, CommandRun run, double seconds) {
    List<String> broken = new ArrayList<>();
    if (run.status() != 0 && run.status() != 2) {
      broken.add("status " + run.status());
    }
    if (run.status() == 2 && run.err().size() != 1) {
      broken.add(run.err().size() + " lines");
    }
    if (seconds > BUDGET_SECONDS) {
      broken.add(String.format("%.1f s", seconds));
    }
    for (String line : Stream.concat(run.err().stream(), run.out().stream()).toList()) {
      if (run.status() != 0 && line.length() > MESSAGE_CHARACTERS) {
        broken.add("a line of " + line.length());
      }
      if (line.codePoints().anyMatch(c -> c != '\t' && Character.isISOControl(c))) {
        broken.add("control characters");
      }
    }
    if (!broken.isEmpty()) {
      String said = run.err().isEmpty() ? "" : run.err().get(0);
      System.out.println(
          name
              + ": "
              + String.join(", ", broken)
              + ": "
              + said.substring(0, Math.min(300, said.length())).replaceAll("\\p{Cntrl}", "?"));
    }
  }

  /** Ends this JVM at a case that hangs; it is cancelled where the case ends. */
  private static Future<?> watch(ScheduledExecutorService clock, String name) {
    return clock.schedule(
        () -> {
          System.out.println(name + ": not done after " + HANGING_SECONDS + " s");
          Runtime.getRuntime().halt(TOO_LONG);
        },
        HANGING_SECONDS,
        TimeUnit.SECONDS);
  }
}
