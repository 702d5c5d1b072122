package dev.convoy.config.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.config.JobSyntax;
import dev.convoy.config.binding.Binder;
import dev.convoy.config.binding.TreeWriter;
import dev.convoy.config.tree.TreeReader;
import dev.convoy.data.TargetColumns;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceColumnsTest {
  private static DataSource read(String text) {
    return Binder.bind(TreeReader.read(text, "job"), DataSource.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{format: parquet, path: x, image: image, labels: [sunny, people], weight: trust, order:"
            + " channelsFirst}",
        "{format: parquet, path: x, image: image, target: age, order: channelsFirst}",
        "{format: parquet, path: x, image: image, label: label, weight: w, order: channelsFirst}",
        "{format: images, list: x.csv, target: [x, y], followLinks: false}",
        "{format: images, list: x.csv, label: kind, followLinks: false}"
      })
  void areWrittenAsTheyAreRead(String text) {
    assertEquals(text, JobSyntax.line(TreeWriter.write(read(text))));
  }

  @Test
  void aJobThatNamesNoneIsWrittenAsBefore() {
    assertEquals(
        "{format: parquet, path: x, image: image, label: label, order: channelsFirst}",
        JobSyntax.line(TreeWriter.write(read("{format: parquet, path: x}"))));
    assertEquals(
        "{format: images, list: x.csv, followLinks: false}",
        JobSyntax.line(TreeWriter.write(read("{format: images, list: x.csv}"))));
  }

  @Test
  void tellWhatIsKnownOfAPicture() {
    assertEquals(
        new TargetColumns(null, List.of("a", "b"), List.of(), "w"),
        ((Parquet) read("{format: parquet, path: x, labels: [a, b], weight: w}")).targetColumns());
    assertEquals(
        new TargetColumns("label", List.of(), List.of(), null),
        ((Parquet) read("{format: parquet, path: x}")).targetColumns());
    assertEquals(
        TargetColumns.CLASSES, ((Images) read("{format: images, path: x}")).targetColumns());
    assertEquals(
        new TargetColumns(null, List.of(), List.of("age"), null),
        ((Images) read("{format: images, list: x, target: age}")).targetColumns());
  }
}
