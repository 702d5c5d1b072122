package dev.convoy.benchmark;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of the benchmarks. */
@Command(
    name = "convoy-bench",
    mixinStandardHelpOptions = true,
    description = "Times Convoy, and what others have for the same work, on this machine.",
    subcommands = {
      EnginesCommand.class,
      LayersCommand.class,
      ProductCommand.class,
      SparkCommand.class,
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

  /** Runs a benchmark and ends the JVM with its exit status. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  /** Runs a benchmark and returns its exit status. */
  static int run(String... args) {
    CommandLine line = new CommandLine(new Bench());
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
    line.getErr().println("convoy-bench: " + message + " (see " + help + ")");
    return WRONG_INPUT;
  }

  private static int fail(Exception e, CommandLine line) {
    line.getErr().println("convoy-bench: " + (e.getMessage() == null ? e : e.getMessage()));
    return 1;
  }
}
