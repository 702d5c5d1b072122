package dev.convoy.benchmark;

import dev.convoy.config.tree.Suggestion;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line of the benchmarks. */
@Command(
    name = "convoy-bench",
    description = "Times Convoy, and what others have for the same work, on this machine.",
    subcommands = {
      AccuracyCommand.class,
      EnginesCommand.class,
      FrequencyCommand.class,
      LayersCommand.class,
      MemoryCommand.class,
      ProductCommand.class,
      RoundsCommand.class,
      FaultsCommand.class,
      LargeStateCommand.class,
      SameBitsCommand.class,
      PlanCommand.class,
      DecodeCommand.class,
      LargerThanMemoryCommand.class,
      SparkCommand.class,
      PackCommand.class,
      TransformCommand.class,
      MllibCommand.class,
      JmhCommand.class
    },
    footer = {
      "",
      "Leave the machine to itself meanwhile. Example:",
      "  deploy/convoy-bench engines --networks lenet5,resnet20",
      "",
      "Exit status: 0 done; 2 the arguments are wrong; 1 anything else failed."
    })
public final class Bench implements Runnable {
  private static final int WRONG_INPUT = 2;

  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help, and do nothing else.")
  @SuppressWarnings("unused") // picocli reads it.
  private boolean help;

  /** Runs a benchmark and ends the JVM with its exit status. */
  public static void main(String[] args) {
    System.exit(run(new PrintWriter(System.err, true, StandardCharsets.UTF_8), args));
  }

  /** Runs a benchmark and returns its exit status. */
  static int run(PrintWriter errors, String... args) {
    CommandLine line = new CommandLine(new Bench());
    line.setErr(errors);
    line.setParameterExceptionHandler((e, unused) -> refuse(e));
    line.setExecutionExceptionHandler((e, command, unused) -> fail(e, command));
    return line.execute(args);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "needs a command");
  }

  private static int refuse(ParameterException e) {
    CommandLine line = e.getCommandLine();
    String message = e.getMessage().replaceAll("\\s*\\R\\s*", "; ");
    String help = line.getCommandSpec().qualifiedName() + " --help";
    line.getErr().println("convoy-bench: " + message + suggestion(e) + " (see " + help + ")");
    return WRONG_INPUT;
  }

  /** The nearest option or command. */
  private static String suggestion(ParameterException e) {
    if (!(e instanceof UnmatchedArgumentException unmatched)) {
      return "";
    }
    String word = unmatched.getUnmatched().get(0).split("=", 2)[0];
    CommandSpec command = e.getCommandLine().getCommandSpec();
    return Suggestion.of(
        word,
        word.startsWith("-") ? command.optionsMap().keySet() : command.subcommands().keySet());
  }

  private static int fail(Exception e, CommandLine line) {
    line.getErr().println("convoy-bench: " + (e.getMessage() == null ? e : e.getMessage()));
    return 1;
  }
}
