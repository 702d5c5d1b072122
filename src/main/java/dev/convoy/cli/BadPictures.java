package dev.convoy.cli;

import dev.convoy.config.binding.Binder;
import dev.convoy.config.data.BadRecordRule;
import dev.convoy.config.data.Skip;
import dev.convoy.config.tree.Place;
import dev.convoy.config.tree.YamlTree;
import dev.convoy.spark.portion.BadShare;
import java.util.ArrayList;
import java.util.List;

/** The pictures of a command line that can't be used, and what is done about them. */
final class BadPictures {
  private final BadRecordRule rule;
  private final SkippedRecords skipped = new SkippedRecords();
  private final List<String> problems = new ArrayList<>();

  /** None so far. */
  BadPictures(BadRecordRule rule) {
    this.rule = rule;
  }

  /** The rule that an option's value says, in the syntax of a job. */
  static BadRecordRule rule(String value) {
    return Binder.bind(YamlTree.of(value, Place.option("--on-bad-record")), BadRecordRule.class);
  }

  /** Names a picture that is skipped, or throws what is wrong with it, if none may be. */
  void add(RuntimeException problem) {
    if (!(rule instanceof Skip)) {
      throw problem;
    }
    problems.add(problem.getMessage());
    skipped.onWarning("skipped: " + problem.getMessage());
  }

  /**
   * Refuses more bad pictures than the rule allows.
   *
   * @param pictures good and bad
   * @throws dev.convoy.image.DataException if there are, or all are bad
   */
  void check(int pictures) {
    BadShare.check(problems, pictures, rule);
  }
}
