package dev.convoy.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.convoy.cli.console.LineStream;
import dev.convoy.cli.console.StandardOutput;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;

/**
 * What a command did.
 *
 * @param status that it exits with
 * @param out lines on standard output
 * @param err lines on standard error
 */
public record CommandRun(int status, List<String> out, List<String> err) {
  /** Runs a command line in this JVM. */
  public static CommandRun of(String... arguments) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream toOut = new ByteArrayOutputStream();
    ByteArrayOutputStream toErr = new ByteArrayOutputStream();
    System.setOut(new LineStream(new StandardOutput(toOut, false), UTF_8));
    System.setErr(new LineStream(toErr, UTF_8));
    try {
      int status = Convoy.run(arguments);
      System.out.flush();
      System.err.flush();
      return new CommandRun(
          status, toOut.toString(UTF_8).lines().toList(), toErr.toString(UTF_8).lines().toList());
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }
}
