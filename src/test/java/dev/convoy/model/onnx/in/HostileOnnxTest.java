package dev.convoy.model.onnx.in;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.model.ModelException;
import dev.convoy.testing.OnnxFiles;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.StringStringEntryProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorProto.DataLocation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are damaged, or made to harm, are refused in a line, and take little. */
class HostileOnnxTest {
  private static final Path FOLDER = Path.of("src/test/resources/onnx/pytorch");
  private static final int CASES = 200;
  private static final long MOST_BYTES = 200L << 20;

  @ParameterizedTest
  @ValueSource(strings = {"residual", "inverted", "shuffled", "activations", "larger"})
  void changedFilesAreReadOrRefusedInALine(String name) throws IOException {
    byte[] sound = Files.readAllBytes(FOLDER.resolve(name + ".onnx"));
    for (int number = 0; number < CASES / 5; number++) {
      byte[] changed = changed(sound, new SplittableRandom(number * 31L + name.hashCode()));
      long before = allocated();
      try {
        OnnxFiles.read(changed);
      } catch (ModelException e) {
        String message = String.valueOf(e.getMessage());
        assertTrue(message.length() <= 500 && message.lines().count() == 1, message);
        assertTrue(message.startsWith(OnnxFiles.NAME + ": "), message);
      }
      long taken = allocated() - before;
      assertTrue(taken < MOST_BYTES, "case " + number + " took " + taken);
    }
  }

  private static long allocated() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }

  private static byte[] changed(byte[] sound, SplittableRandom random) {
    byte[] bytes = sound.clone();
    int changes = 1 + random.nextInt(8);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt(256);
        case 2 -> bytes[at] = (byte) 0xFF;
        default -> bytes = Arrays.copyOf(bytes, Math.max(16, at));
      }
    }
    return bytes;
  }

  private static ModelProto.Builder residual() throws IOException {
    return ModelProto.parseFrom(Files.readAllBytes(FOLDER.resolve("residual.onnx"))).toBuilder();
  }

  private static String refusal(ModelProto.Builder message) {
    byte[] file = message.build().toByteArray();
    return assertThrows(ModelException.class, () -> OnnxFiles.read(file)).getMessage();
  }

  @Test
  void anUnknownOperatorIsNamedWithItsNodeAndVersion() throws IOException {
    ModelProto.Builder message = residual();
    GraphProto.Builder graph = message.getGraph().toBuilder();
    NodeProto node = graph.getNode(2).toBuilder().setOpType("Bernoulli").build();
    message.setGraph(graph.setNode(2, node));
    assertEquals(
        "test.onnx: node '"
            + node.getName()
            + "' (Bernoulli of version 13) is an operator that Convoy does not read",
        refusal(message));
  }

  @Test
  void valuesAreReadFromFilesBesideThisOneAlone() throws IOException {
    for (String location : List.of("/etc/passwd", "../weights", "a/../../b", "")) {
      ModelProto.Builder message = residual();
      GraphProto.Builder graph = message.getGraph().toBuilder();
      TensorProto.Builder tensor = graph.getInitializer(0).toBuilder().clearRawData();
      tensor.setDataLocation(DataLocation.EXTERNAL).clearFloatData();
      tensor.addExternalData(
          StringStringEntryProto.newBuilder().setKey("location").setValue(location));
      message.setGraph(graph.setInitializer(0, tensor));
      assertTrue(
          refusal(message)
              .endsWith(
                  "must have its values in a file beside this one, but in '" + location + "'"));
    }
  }

  @Test
  void aTensorThatClaimsMoreThanItHoldsIsRefused() throws IOException {
    ModelProto.Builder message = residual();
    GraphProto.Builder graph = message.getGraph().toBuilder();
    TensorProto.Builder tensor = graph.getInitializer(0).toBuilder();
    message.setGraph(graph.setInitializer(0, tensor.setDims(0, 1 << 20)));
    assertTrue(refusal(message).contains("bytes, but has "), refusal(message));
  }
}
