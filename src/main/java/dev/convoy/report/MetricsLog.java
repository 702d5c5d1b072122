package dev.convoy.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.convoy.train.EpochResult;
import dev.convoy.train.RoundResult;
import dev.convoy.train.TrainingListener;
import dev.convoy.train.TrainingSummary;
import dev.convoy.train.fault.Fault;
import dev.convoy.train.fault.NonFinite;
import dev.convoy.train.frequency.FrequencyChoice;
import dev.convoy.train.frequency.FrequencyMeasurement;
import dev.convoy.train.frequency.Staged;
import dev.convoy.train.round.RoundTime;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes what happens in a training as JSON lines, each flushed: a round, an epoch, the summary.
 */
public final class MetricsLog implements TrainingListener, Closeable {
  private static final JsonFactory JSON = new JsonFactory();

  private final OutputStream out;

  /** Writes to this stream, which {@link #close} closes. */
  public MetricsLog(OutputStream out) {
    this.out = out;
  }

  @Override
  public void onRound(RoundResult round) {
    write(
        json -> {
          json.writeStringField("type", "round");
          json.writeNumberField("epoch", round.epoch());
          json.writeNumberField("round", round.round());
          json.writeNumberField("examples", round.examples());
          json.writeNumberField("loss", round.loss());
          writeNumber(json, "accuracy", round.accuracy());
          json.writeNumberField("learningRate", round.learningRate());
          json.writeNumberField("seconds", round.time().seconds());
          writeParts(json, round.time());
          json.writeStringField("weightsSha256", round.weightsSha256());
          if (!round.contributions().isEmpty()) {
            json.writeArrayFieldStart("contributions");
            for (String hash : round.contributions()) {
              json.writeString(hash);
            }
            json.writeEndArray();
          }
        });
  }

  @Override
  public void onFault(int round, Fault fault) {
    write(
        json -> {
          json.writeStringField("type", "fault");
          json.writeNumberField("round", round);
          json.writeStringField("kind", fault.kind().key());
          writeIfKnown(json, "executor", fault.executor());
          writeIfKnown(json, "host", fault.host());
          writeIfKnown(json, "stage", fault.stage());
          writeIfKnown(json, "task", fault.task());
          writeIfKnown(json, "attempt", fault.attempt());
          writeIfKnown(json, "block", fault.block());
          writeIfKnown(json, "reason", fault.reason());
        });
  }

  @Override
  public void onNonFinite(NonFinite nonFinite) {
    write(
        json -> {
          json.writeStringField("type", nonFinite.backTo() == null ? "nonFinite" : "rollback");
          json.writeNumberField("epoch", nonFinite.epoch());
          json.writeNumberField("round", nonFinite.round());
          json.writeStringField("where", nonFinite.where());
          if (nonFinite.backTo() != null) {
            json.writeNumberField("backTo", nonFinite.backTo());
            json.writeNumberField("learningRateFactor", nonFinite.learningRateFactor());
          }
        });
  }

  private static void writeIfKnown(JsonGenerator json, String name, @Nullable Object value)
      throws IOException {
    if (value != null) {
      json.writePOJOField(name, value);
    }
  }

  @Override
  public void onFrequency(FrequencyMeasurement measurement) {
    FrequencyChoice choice = measurement.choice();
    write(
        json -> {
          json.writeStringField("type", "frequency");
          json.writeNumberField("epoch", measurement.epoch());
          json.writeNumberField("roundInEpoch", measurement.roundInEpoch());
          json.writeNumberField("stepSeconds", measurement.stepSeconds());
          json.writeNumberField("beyondSeconds", measurement.beyondSeconds());
          json.writeArrayFieldStart("stages");
          for (Staged.Stage stage : choice.schedule().stages()) {
            json.writeStartObject();
            json.writeNumberField("epoch", stage.epoch());
            json.writeNumberField("round", stage.round());
            json.writeNumberField("steps", stage.steps());
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeNumberField("maximum", choice.schedule().maximum());
          json.writeBooleanField("settled", choice.settled());
        });
  }

  @Override
  public void onEpoch(EpochResult epoch) {
    write(
        json -> {
          json.writeStringField("type", "epoch");
          json.writeNumberField("epoch", epoch.epoch());
          json.writeNumberField("trainLoss", epoch.trainLoss());
          writeNumber(json, "trainAccuracy", epoch.trainAccuracy());
          writeValidation(json, epoch.validationLoss(), epoch.validationAccuracy());
          writeNumber(json, "testLoss", epoch.testLoss());
          writeNumber(json, "testAccuracy", epoch.testAccuracy());
          json.writeNumberField("seconds", epoch.time().seconds());
          writeParts(json, epoch.time());
        });
  }

  @Override
  public void onEnd(TrainingSummary summary) {
    write(
        json -> {
          json.writeStringField("type", "summary");
          writeValidation(json, summary.validationLoss(), summary.validationAccuracy());
          writeNumber(json, "testLoss", summary.testLoss());
          writeNumber(json, "testAccuracy", summary.testAccuracy());
          json.writeNumberField("trainSeconds", summary.time().seconds());
          writeParts(json, summary.time());
          json.writeNumberField("imagesPerSecond", summary.imagesPerSecond());
          json.writeNumberField("parameters", summary.parameters());
          json.writeStringField("weightsSha256", summary.weightsSha256());
          json.writeNumberField("rounds", summary.rounds());
          json.writeBooleanField("stopped", summary.stopped());
          if (summary.bestEpoch() == null) {
            json.writeNullField("bestEpoch");
          } else {
            json.writeNumberField("bestEpoch", summary.bestEpoch());
          }
          json.writeBooleanField("stoppedEarly", summary.stoppedEarly());
        });
  }

  /** Writes nothing where there are no validation data. */
  private static void writeValidation(
      JsonGenerator json, @Nullable Double loss, @Nullable Double accuracy) throws IOException {
    if (loss != null) {
      writeNumber(json, "validationLoss", loss);
      writeNumber(json, "validationAccuracy", accuracy);
    }
  }

  private static void writeParts(JsonGenerator json, RoundTime time) throws IOException {
    json.writeNumberField("computeSeconds", time.computeSeconds());
    json.writeNumberField("waitSeconds", time.waitSeconds());
    json.writeNumberField("averageSeconds", time.averageSeconds());
  }

  /** Writes null for what is not known or has no meaning (NaN). */
  private static void writeNumber(JsonGenerator json, String name, @Nullable Double value)
      throws IOException {
    if (value == null || value.isNaN()) {
      json.writeNullField(name);
    } else {
      json.writeNumberField(name, value);
    }
  }

  private void write(Fields fields) {
    try {
      StringWriter line = new StringWriter();
      try (JsonGenerator json = JSON.createGenerator(line)) {
        json.writeStartObject();
        fields.writeTo(json);
        json.writeEndObject();
      }
      out.write(line.append('\n').toString().getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("The metrics can't be written: " + e.getMessage(), e);
    }
  }

  /** The fields of one line. */
  @FunctionalInterface
  private interface Fields {
    void writeTo(JsonGenerator json) throws IOException;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
