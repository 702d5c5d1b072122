package dev.convoy.model.onnx.in;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.model.Model;
import dev.convoy.testing.LocalFiles;
import dev.convoy.testing.OnnxRuntime;
import dev.convoy.testing.RandomModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks that PyTorch exported give what they give there. */
class PyTorchExportsTest {
  private static final Path FOLDER = Path.of("src/test/resources/onnx/pytorch");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          residual | 0.weight, 1.weight, 4.conv1.weight, 4.bn1.weight, 8.weight
          inverted | 7.weight
          shuffled | 7.weight
          activations | 4.weight, 6.weight, 18.weight
          larger | 6.weight, 10.weight
          """)
  void outputsAreThoseOfPyTorchAndOfOnnxRuntime(String name, String tensors) throws IOException {
    Path file = FOLDER.resolve(name + ".onnx");
    Model model = OnnxImport.read(new LocalFiles(), file.toString(), ImportOptions.none());
    float[] x = floats(name + ".x");
    float[] found = RandomModel.run(model, x, 2);
    assertNear(floats(name + ".y"), found);
    assertNear(OnnxRuntime.run(Files.readAllBytes(file), x, RandomModel.batch(model, 2)), found);
    for (String tensor : tensors.split(", ")) {
      long count =
          model.network().parameters().stream().filter(p -> p.name().equals(tensor)).count();
      assertEquals(1, count, tensor);
    }
  }

  private static void assertNear(float[] expected, float[] found) {
    assertEquals(expected.length, found.length);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], found[i], 1e-4 * Math.max(1, Math.abs(expected[i])));
    }
  }

  private static float[] floats(String name) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(FOLDER.resolve(name)));
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }
}
