package dev.convoy.cli.console;

import dev.convoy.run.RunListener;

/** Prints skipped records as they are, without the program's name before them. */
public final class SkippedRecords implements RunListener {
  @Override
  public void onNote(String sentence) {
    System.out.println(sentence);
  }

  @Override
  public void onWarning(String sentence) {
    System.err.println(sentence);
  }
}
