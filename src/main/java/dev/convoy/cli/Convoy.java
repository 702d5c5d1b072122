package dev.convoy.cli;

import dev.convoy.config.tree.Suggestion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command line: one class a command. */
@Command(
    name = "convoy",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    description = "Trains convolutional networks on Apache Spark.",
    subcommands = {
      TrainCommand.class,
      EvaluateCommand.class,
      PredictCommand.class,
      ReplayCommand.class,
      InspectCommand.class,
      PlanCommand.class,
      PackCommand.class,
      FilterCommand.class,
      ExplainCommand.class
    },
    footer = {
      "",
      "Example:",
      "  deploy/convoy train conf/fashion-sample.yaml --master 'local[2]'",
      "",
      "Exit status: 0 done; 2 the input is wrong; 130 stopped by Ctrl-C; 1 anything else failed."
    })
public final class Convoy implements Runnable {
  @Spec private CommandSpec spec;

  /**
   * Runs a command and ends the JVM with its exit status. In a driver that YARN runs it returns, or
   * throws: there a program that ends its JVM counts as failed.
   */
  public static void main(String[] args) {
    int status = run(args);
    if (!isApplicationMaster()) {
      System.exit(status);
    }
    if (status != Failure.DONE) {
      throw new IllegalStateException(
          "convoy ended with exit status " + status + "; the driver's log says why");
    }
  }

  private static boolean isApplicationMaster() {
    return "yarn".equals(System.getProperty("spark.master"))
        && "cluster".equals(System.getProperty("spark.submit.deployMode"));
  }

  /** Runs a command and returns its exit status. */
  static int run(String... args) {
    CommandLine line = new CommandLine(new Convoy());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler((e, unused) -> refuse(e));
    line.setExecutionExceptionHandler((e, command, unused) -> fail(e, command));
    return line.execute(args);
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  private static int refuse(CommandLine.ParameterException e) {
    CommandLine line = e.getCommandLine();
    String help = line.getCommandSpec().qualifiedName() + " --help";
    String message = String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", "; ");
    line.getErr().println("convoy: " + message + suggestion(e) + " (see " + help + ")");
    return Failure.WRONG_INPUT;
  }

  /** The nearest option or command. */
  private static String suggestion(CommandLine.ParameterException e) {
    if (!(e instanceof CommandLine.UnmatchedArgumentException unmatched)) {
      return "";
    }
    String word = unmatched.getUnmatched().get(0).split("=", 2)[0];
    CommandSpec command = e.getCommandLine().getCommandSpec();
    return Suggestion.of(
        word,
        word.startsWith("-") ? command.optionsMap().keySet() : command.subcommands().keySet());
  }

  private static int fail(Exception e, CommandLine line) {
    if (line.getCommand() instanceof ConvoyCommand command && command.debug()) {
      e.printStackTrace(line.getErr());
    }
    line.getErr().println("convoy: " + Failure.message(e));
    return Failure.status(e);
  }
}
