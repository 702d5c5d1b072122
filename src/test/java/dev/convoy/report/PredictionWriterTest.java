package dev.convoy.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.loss.OutputActivation;
import dev.convoy.loss.Task;
import dev.convoy.report.PredictionWriter.Format;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class PredictionWriterTest {
  private static final float[][] PREDICTIONS = {{0.25f, 0.75f}, {0.5f, 0.5f}};
  private static final List<String> CLASSES = List.of("cat, small", "a \"dog\"");

  @Test
  void jsonHasAnObjectALine() throws IOException {
    assertEquals(
        "{\"file\":\"x.idx\",\"index\":7,\"class\":1,\"className\":\"a \\\"dog\\\"\","
            + "\"probabilities\":{\"cat, small\":0.25,\"a \\\"dog\\\"\":0.75}}\n"
            + "{\"file\":\"x.idx\",\"index\":8,\"class\":0,\"className\":\"cat, small\","
            + "\"probabilities\":{\"cat, small\":0.5,\"a \\\"dog\\\"\":0.5}}\n",
        written(Format.JSONL));
  }

  @Test
  void csvQuotesWhatNeedsIt() throws IOException {
    assertEquals(
        "file,index,class,className,\"cat, small\",\"a \"\"dog\"\"\"\r\n"
            + "x.idx,7,1,\"a \"\"dog\"\"\",0.25,0.75\r\n"
            + "x.idx,8,0,\"cat, small\",0.5,0.5\r\n",
        written(Format.CSV));
  }

  @Test
  void csvComputesNothingInASpreadsheet() throws IOException {
    List<String> classes = List.of("=HYPERLINK(\"http://x\",\"y\")", "-1");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (PredictionWriter writer = new PredictionWriter(Format.CSV, classes, out)) {
      writer.write("@x.png", 0, PREDICTIONS);
      writer.write("+1+cmd|' /C calc'!A0", 0, new float[][] {{-1, -2}});
      writer.write("\tx", 0, new float[][] {{1, 2}});
    }
    assertEquals(
        "file,index,class,className,\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\",-1\r\n"
            + "'@x.png,0,1,-1,0.25,0.75\r\n"
            + "'@x.png,1,0,\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\",0.5,0.5\r\n"
            + "'+1+cmd|' /C calc'!A0,0,0,\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\",-1.0,-2.0\r\n"
            + "'\tx,0,1,-1,1.0,2.0\r\n",
        out.toString(UTF_8));
  }

  @Test
  void ofSeveralLabelsAllAboveOneHalfAreNamed() throws IOException {
    assertEquals(
        "{\"file\":\"x.idx\",\"index\":7,\"labels\":[\"a \\\"dog\\\"\"],"
            + "\"probabilities\":{\"cat, small\":0.25,\"a \\\"dog\\\"\":0.75}}\n"
            + "{\"file\":\"x.idx\",\"index\":8,\"labels\":[],"
            + "\"probabilities\":{\"cat, small\":0.5,\"a \\\"dog\\\"\":0.5}}\n",
        written(Format.JSONL, Task.MULTI_LABEL, OutputActivation.SIGMOID));
    assertEquals(
        "file,index,\"cat, small\",\"a \"\"dog\"\"\"\r\nx.idx,7,0.25,0.75\r\nx.idx,8,0.5,0.5\r\n",
        written(Format.CSV, Task.MULTI_LABEL, OutputActivation.SIGMOID));
  }

  @Test
  void numbersAreCalledValues() throws IOException {
    assertEquals(
        "{\"file\":\"x.idx\",\"index\":7,"
            + "\"values\":{\"cat, small\":0.25,\"a \\\"dog\\\"\":0.75}}",
        written(Format.JSONL, Task.REGRESSION, OutputActivation.NONE).lines().findFirst().get());
    assertEquals(
        "file,index,\"cat, small\",\"a \"\"dog\"\"\"\r\nx.idx,7,0.25,0.75\r\nx.idx,8,0.5,0.5\r\n",
        written(Format.CSV, Task.REGRESSION, OutputActivation.NONE));
  }

  @Test
  void classesByALossOfNumbersHaveValues() throws IOException {
    assertEquals(
        "{\"file\":\"x.idx\",\"index\":7,\"class\":1,\"className\":\"a \\\"dog\\\"\","
            + "\"values\":{\"cat, small\":0.25,\"a \\\"dog\\\"\":0.75}}",
        written(Format.JSONL, Task.CLASSIFICATION, OutputActivation.NONE)
            .lines()
            .findFirst()
            .get());
  }

  private static String written(Format format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (PredictionWriter writer = new PredictionWriter(format, CLASSES, out)) {
      writer.write("x.idx", 7, PREDICTIONS);
    }
    return out.toString(UTF_8);
  }

  private static String written(Format format, Task task, OutputActivation activation)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (PredictionWriter writer = new PredictionWriter(format, CLASSES, task, activation, out)) {
      writer.write("x.idx", 7, PREDICTIONS);
    }
    return out.toString(UTF_8);
  }
}
