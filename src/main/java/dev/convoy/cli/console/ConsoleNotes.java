package dev.convoy.cli.console;

import dev.convoy.model.weights.LoadedWeights;
import dev.convoy.report.WeightsTable;
import dev.convoy.run.DataReport;
import dev.convoy.run.RunListener;
import java.io.PrintStream;

/**
 * Prints what a run tells beside its rounds.
 *
 * @param out for notes
 * @param err for warnings
 */
public record ConsoleNotes(PrintStream out, PrintStream err) implements RunListener {
  @Override
  public void onNote(String sentence) {
    out.println(sentence);
  }

  @Override
  public void onData(DataReport data) {
    data.lines().forEach(out::println);
  }

  @Override
  public void onInitialWeights(LoadedWeights loaded) {
    WeightsTable.lines(loaded).forEach(out::println);
  }

  @Override
  public void onWarning(String sentence) {
    err.println("convoy: " + sentence);
  }
}
