package dev.convoy.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.config.binding.Binder;
import dev.convoy.config.binding.TreeWriter;
import dev.convoy.config.data.Idx;
import dev.convoy.config.data.JobData;
import dev.convoy.config.data.Validation;
import dev.convoy.config.tree.ConfigException;
import dev.convoy.train.round.EarlyStopping.Metric;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a job says of validation data. */
class ValidationJobTest {
  private static final String SHARE = "data.validation={share: 0.25}";
  private static final String SOURCE = "data.validation={format: idx, images: i, labels: l}";
  private static final String STOPPING = "training.earlyStopping={patience: 2}";

  @Test
  void itIsAShareOrASource() {
    assertEquals(Validation.ofTraining(0.25), JobText.read(SHARE).data().validation());
    assertEquals(Validation.of(new Idx("i", "l")), JobText.read(SOURCE).data().validation());
    assertNull(JobText.read().data().validation());
    assertEquals(
        Validation.ofTraining(0.1), JobText.read("data.validation.share=0.1").data().validation());
  }

  @Test
  void itIsWrittenAsItIsRead() {
    for (String setting : List.of(SHARE, SOURCE)) {
      Job job = JobText.read(setting);
      Job again = Binder.bind(TreeWriter.write(job), Job.class);
      assertEquals(job.data().validation(), again.data().validation());
    }
  }

  @Test
  void aProgramSaysTheSame() {
    Idx train = new Idx("train-images", "train-labels");
    assertEquals(
        Validation.of(new Idx("i", "l")),
        JobData.builder(train).validation(new Idx("i", "l")).build().validation());
    assertEquals(
        Validation.ofTraining(0.25),
        JobData.builder(train).validationShare(0.25).build().validation());
    assertThrows(IllegalArgumentException.class, () -> JobData.builder(train).validationShare(0.6));
  }

  @Test
  void earlyStoppingWatchesIt() {
    assertEquals(
        Metric.VALIDATION_LOSS, JobText.read(SHARE, STOPPING).training().earlyStopping().metric());
    assertEquals(Metric.TEST_LOSS, JobText.read(STOPPING).training().earlyStopping().metric());
    assertEquals(
        Metric.VALIDATION_LOSS,
        JobText.read(SOURCE, STOPPING, "data.test=").training().earlyStopping().metric());
    assertEquals(
        Metric.VALIDATION_ACCURACY,
        JobText.read(SHARE, "training.earlyStopping={patience: 2, metric: validationAccuracy}")
            .training()
            .earlyStopping()
            .metric());
    JobText.read(SHARE, "training.schedule={reduceOnPlateau: {patience: 2}}", "data.test=");
  }

  @Test
  void whereItLiesDoesNotMatterButWhichShareDoes() {
    assertEquals(List.of(), changes(SOURCE, SOURCE.replace("i,", "elsewhere,")));
    assertEquals(
        List.of("data.validation.share 0.25 -> 0.5"), changes(SHARE, SHARE.replace("0.25", "0.5")));
  }

  private static List<String> changes(String before, String now) {
    return JobChanges.between(TreeWriter.write(JobText.read(before)), JobText.read(now));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          0.1 | data.validation needs a data source, or a share of data.train as in {share: 0.1}, but was 0.1
          auto | data.validation needs a data source, or a share of data.train as in {share: 0.1}, but was 'auto'
          "{share: 0}" | data.validation.share must be above 0 and at most 0.5, but was 0.0
          "{share: 0.51}" | data.validation.share must be above 0 and at most 0.5, but was 0.51
          "{share: .nan}" | data.validation.share needs a number, but was '.nan'
          "{share: ten}" | data.validation.share needs a number, but was 'ten'
          "{share: 0.1, seed: 3}" | data.validation.seed is unknown (allowed: share)
          "{shares: 0.1}" | data.validation needs format, of a source of its own, or share, but has shares; did you mean share?
          "{path: x, labels: y}" | data.validation needs format, of a source of its own, or share, but has path, labels
          "{}" | data.validation needs format, of a source of its own, or share, but has no key
          "{format: idx, images: i, labels: l, share: 0.1}" | data.validation needs format, of a source of its own, or share, but has both
          "{format: png}" | data.validation.format needs one of cifar10, cifar100, idx, images, pack, parquet, sequencefile, table, but was 'png'
          """)
  void whatIsNeitherIsRefused(String value, String message) {
    ConfigException e =
        assertThrows(ConfigException.class, () -> JobText.read("data.validation=" + value));
    assertEquals("--set data.validation=" + value + ": " + message, e.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          "{share: 0.1}" | testLoss | must be validationLoss or validationAccuracy where there is data.validation, which leaves data.test for the end, but was testLoss
          "{share: 0.1}" | testAccuracy | must be validationLoss or validationAccuracy where there is data.validation, which leaves data.test for the end, but was testAccuracy
          "" | validationLoss | needs data.validation to be validationLoss, but there is none
          "" | validationAccuracy | needs data.validation to be validationAccuracy, but there is none
          """)
  void aMetricOfOtherDataIsRefused(String validation, String metric, String message) {
    String stopping = "training.earlyStopping={patience: 2, metric: " + metric + "}";
    ConfigException e =
        assertThrows(
            ConfigException.class, () -> JobText.read("data.validation=" + validation, stopping));
    assertEquals(
        "--set " + stopping + ": training.earlyStopping.metric " + message, e.getMessage());
  }
}
