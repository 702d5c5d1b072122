package dev.convoy.cli.console;

import dev.convoy.config.binding.Binder;
import dev.convoy.config.data.BadRecordRule;
import dev.convoy.config.data.Skip;
import dev.convoy.config.tree.Place;
import dev.convoy.config.tree.YamlTree;
import dev.convoy.run.WrongInputException;
import dev.convoy.spark.portion.BadShare;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pictures of a command line that can't be used, and what is done about them. */
public final class BadPictures {
  private final BadRecordRule rule;
  private final SkippedRecords skipped = new SkippedRecords();
  private final List<String> problems = new ArrayList<>();

  /** None so far. */
  public BadPictures(BadRecordRule rule) {
    this.rule = rule;
  }

  /**
   * The rule that two options say, of which one may stand.
   *
   * @param onBadRecord in the syntax of a job
   * @param skipBad the share that may be bad
   */
  public static BadRecordRule rule(@Nullable String onBadRecord, @Nullable Double skipBad) {
    if (skipBad == null) {
      return rule(onBadRecord == null ? "fail" : onBadRecord);
    } else if (onBadRecord != null) {
      throw new WrongInputException(
          "--skip-bad SHARE is --on-bad-record '{skip: {share: SHARE}}': one of the two may stand");
    } else if (!(skipBad >= 0 && skipBad <= 1)) {
      throw new WrongInputException("--skip-bad must be from 0 to 1, but was " + skipBad);
    }
    return new Skip(skipBad);
  }

  /** The rule that an option's value says, in the syntax of a job. */
  public static BadRecordRule rule(String value) {
    return Binder.bind(YamlTree.of(value, Place.option("--on-bad-record")), BadRecordRule.class);
  }

  /** Names a picture that is skipped, or throws what is wrong with it, if none may be. */
  public void add(RuntimeException problem) {
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
  public void check(int pictures) {
    BadShare.check(problems, pictures, rule);
  }
}
