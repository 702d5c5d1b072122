package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is asked of predictions into tables that can't be, and what is never replaced. */
class PredictTableOptionsIT extends PredictTableCase {
  @Test
  void aColumnThatIsCalledAsAPredictionHasACure() {
    String pictures = folder.resolve("predicted").toString();
    withSpark(
        session -> {
          session
              .createDataFrame(rows(), TABLE)
              .selectExpr("id", "image", "label AS Prediction")
              .write()
              .parquet(pictures);
          return 0;
        });
    String output = folder.resolve("out").toString();
    String[] command = {
      "predict", MODEL, "--data", source(pictures), "--output", output, "--format", "parquet"
    };
    CommandRun run = CommandRun.of(command);
    assertEquals(2, run.status());
    assertEquals(
        List.of(
            "convoy: Column Prediction can't be kept, as a column of the predictions has its name:"
                + " give these a prefix (--prefix model_), or name the columns to keep without it"
                + " (--keep)"),
        run.err());
    List<String> cured = new ArrayList<>(List.of(command));
    cured.addAll(List.of("--prefix", "m_"));
    run = CommandRun.of(cured.toArray(String[]::new));
    assertEquals(0, run.status(), run::toString);
    assertEquals(
        List.of("id", "Prediction", "m_prediction", "m_predictedLabel", "m_probability"),
        withSpark(session -> List.of(session.read().parquet(output).columns())));
  }

  @Test
  void whatHoldsNoPredictionsIsNeverReplaced() throws IOException {
    String pictures = table();
    List<String> before = names(Path.of(pictures));
    CommandRun run =
        CommandRun.of(
            "predict",
            MODEL,
            "--data",
            source(pictures),
            "--output",
            pictures,
            "--format",
            "parquet",
            "--overwrite");
    assertEquals(2, run.status());
    assertEquals(
        List.of(
            "convoy: "
                + pictures
                + ": the output must not be there yet, or hold predictions, but holds other files"),
        run.err());
    assertEquals(before, names(Path.of(pictures)));
    String output = folder.resolve("out").toString();
    String[] command = {
      "predict", MODEL, "--data", source(pictures), "--output", output, "--format", "parquet"
    };
    assertEquals(0, CommandRun.of(command).status());
    run = CommandRun.of(command);
    assertEquals(2, run.status());
    assertEquals(
        List.of(
            "convoy: "
                + output
                + ": the output must not be there yet, but is; --overwrite replaces it"),
        run.err());
  }

  @Test
  void wrongOptionsAreToldInALine() throws IOException {
    String pictures = table();
    String output = folder.resolve("out").toString();
    assertWrong(
        "--format parquet needs --output, the folder to write",
        "--data",
        source(pictures),
        "--format",
        "parquet");
    assertWrong(
        "--keep needs --output with a slash at its end, the folder that the executors write, or"
            + " --format parquet, orc or table",
        "--data",
        source(pictures),
        "--keep",
        "id",
        "--output",
        output);
    assertWrong(
        pictures
            + ": has no column idd to keep; did you mean id?; it has id, label, image, taken,"
            + " price, tags",
        "--data",
        source(pictures),
        "--keep",
        "idd",
        "--output",
        output,
        "--format",
        "orc");
    assertWrong(
        "--skip-bad must be from 0 to 1, but was 1.5",
        "--data",
        source(pictures),
        "--skip-bad",
        "1.5");
    assertWrong(
        "--skip-bad SHARE is --on-bad-record '{skip: {share: SHARE}}': one of the two may stand",
        "--data",
        source(pictures),
        "--skip-bad",
        "0.5",
        "--on-bad-record",
        "skip");
    assertWrong(
        "The table must have a name of letters, digits and underscores, parted by dots, as in"
            + " db.predictions, or be of a path, as in delta.`s3a://lake/predictions`, but has"
            + " out/x",
        "--data",
        source(pictures),
        "--format",
        "table",
        "--output",
        "out/x");
    assertWrong(
        "The table nowhere.predictions must be of a database that is there, but there is no"
            + " nowhere",
        "--data",
        source(pictures),
        "--format",
        "table",
        "--output",
        "nowhere.predictions");
    assertEquals(List.of("pictures"), names(folder));
  }

  private static void assertWrong(String line, String... options) {
    List<String> command = new ArrayList<>(List.of("predict", MODEL));
    command.addAll(List.of(options));
    CommandRun run = CommandRun.of(command.toArray(String[]::new));
    assertEquals(2, run.status(), run::toString);
    assertEquals(List.of("convoy: " + line), run.err());
  }
}
