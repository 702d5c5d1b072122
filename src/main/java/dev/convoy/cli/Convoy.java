package dev.convoy.cli;

import dev.convoy.cli.console.OutputException;
import dev.convoy.cli.console.StandardOutput;
import dev.convoy.config.tree.Suggestion;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
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
      NetworksCommand.class,
      PlanCommand.class,
      PackCommand.class,
      FilterCommand.class,
      ExplainCommand.class,
      ExportCommand.class,
      ImportCommand.class
    },
    footer = {
      "",
      "Example:",
      "  deploy/convoy train conf/fashion-sample.yaml --master 'local[2]'",
      "",
      "Exit status: 0 done; 2 the input is wrong; 130 stopped by Ctrl-C; 141 nobody",
      "reads the output any more; 1 anything else failed."
    })
public final class Convoy implements Runnable {
  @Spec private CommandSpec spec;

  /**
   * Runs a command and ends the JVM with its exit status. In a driver that YARN runs it returns, or
   * throws: there a program that ends its JVM counts as failed.
   */
  public static void main(String[] args) {
    StandardOutput.install();
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
    CommandLine line = line();
    line.setParameterExceptionHandler((e, unused) -> refuse(e));
    line.setExecutionExceptionHandler((e, command, unused) -> fail(e, args));
    // Picocli has its own way with errors while it prints help.
    StringWriter help = new StringWriter();
    line.setOut(new PrintWriter(help));
    int status;
    try {
      status = line.execute(args);
      System.out.print(help);
    } catch (OutputException | Error e) {
      return fail(e, args);
    }
    OutputException unseen = StandardOutput.current().failure();
    return status == Failure.DONE && unseen != null ? fail(unseen, args) : status;
  }

  /** Returns what parses a command line, and knows its help. */
  static CommandLine line() {
    CommandLine line = new CommandLine(new Convoy());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    // A name that begins with @ is a name.
    line.setExpandAtFiles(false);
    Map<String, IHelpSectionRenderer> sections = new HashMap<>(line.getHelpSectionMap());
    sections.put(UsageMessageSpec.SECTION_KEY_FOOTER, Convoy::footer);
    line.setHelpSectionMap(sections);
    return line;
  }

  /** An example that was wrapped would not be one when it is pasted. */
  private static String footer(CommandLine.Help help) {
    String[] lines = help.commandSpec().usageMessage().footer();
    return Stream.of(lines)
        .map(text -> text + System.lineSeparator())
        .collect(Collectors.joining());
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  private static int refuse(CommandLine.ParameterException e) {
    CommandLine line = e.getCommandLine();
    String help = line.getCommandSpec().qualifiedName() + " --help";
    String message = String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", "; ");
    System.err.println("convoy: " + message + suggestion(e) + " (see " + help + ")");
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

  private static int fail(Throwable e, String... args) {
    if (Interrupt.isEnding()) {
      return Failure.STOPPED; // by a signal, and Spark's end is no news
    }
    if (List.of(args).contains(ConvoyCommand.DEBUG)) {
      Failure.trace(e).forEach(System.err::println);
    }
    int status = Failure.status(e);
    if (status != Failure.UNREAD) {
      System.err.println("convoy: " + Failure.message(e));
    }
    return status;
  }
}
