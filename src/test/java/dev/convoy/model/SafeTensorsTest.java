package dev.convoy.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.convoy.nn.Network;
import dev.convoy.nn.Weights;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.Dense;
import dev.convoy.nn.layer.Flatten;
import dev.convoy.tensor.Shape;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeTensorsTest {
  /** Eight weights and two biases. */
  private static final Network SMALL = Network.of(Shape.of(4), Dense.of(2));

  private static final String WEIGHT =
      "'dense_1.weight':{'dtype':'F32','shape':[2,4],'data_offsets':[0,32]}";
  private static final String BIAS =
      "'dense_1.bias':{'dtype':'F32','shape':[2],'data_offsets':[32,40]}";

  @Test
  void theFileIsAsThePublicFormatSays() throws IOException {
    Network network = Network.of(Shape.of(1, 4, 4), Conv2d.of(2, 3), new Flatten(), Dense.of(3));
    float[] parameters = numbers(network.parameterCount());
    ByteBuffer file = ByteBuffer.wrap(written(network, parameters)).order(ByteOrder.LITTLE_ENDIAN);
    int length = Math.toIntExact(file.getLong());
    assertEquals(0, length % 8, "values must start at a multiple of 8");
    byte[] header = new byte[length];
    file.get(header);
    JsonNode tensors = new ObjectMapper().readTree(header);
    assertEquals(
        "[\"conv2d_1.weight\",\"conv2d_1.bias\",\"dense_3.weight\",\"dense_3.bias\"]",
        new ObjectMapper().valueToTree(tensors.fieldNames()).toString());
    assertEquals(
        "{\"dtype\":\"F32\",\"shape\":[2,1,3,3],\"data_offsets\":[0,72]}",
        tensors.get("conv2d_1.weight").toString());
    assertEquals(
        "{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[72,80]}",
        tensors.get("conv2d_1.bias").toString());
    assertEquals(
        "{\"dtype\":\"F32\",\"shape\":[3,8],\"data_offsets\":[80,176]}",
        tensors.get("dense_3.weight").toString());
    float[] values = new float[network.parameterCount()];
    file.asFloatBuffer().get(values);
    assertArrayEquals(parameters, values);
    assertEquals(values.length * 4, file.remaining());
  }

  @Test
  void whatWasWrittenIsReadAlsoBeyondOneChunk() throws IOException {
    Network network = Network.of(Shape.of(300), Dense.of(100), Dense.of(10));
    float[] parameters = numbers(network.parameterCount());
    assertArrayEquals(
        parameters,
        SafeTensors.read(network, new ByteArrayInputStream(written(network, parameters)), "w")
            .parameters());
  }

  @Test
  void tensorsMayLieInAnyOrderAndMetadataBesideThem() throws IOException {
    String header =
        "{'__metadata__':{'format':'pt'},"
            + "'dense_1.bias':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},"
            + "'dense_1.weight':{'dtype':'F32','shape':[2,4],'data_offsets':[8,40]}}  ";
    assertArrayEquals(new float[] {2, 3, 4, 5, 6, 7, 8, 9, 0, 1}, read(file(header, numbers(10))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          W | must hold tensor 'dense_1.bias', but does not
          W,B,'x':{'dtype':'F32','shape':[1],'data_offsets':[40,44]} | holds tensor 'x', which the network does not have
          "'dense_1.weight':{'dtype':'F32','shape':[4,2],'data_offsets':[0,32]},B" | "tensor 'dense_1.weight' must have shape [2, 4], but has [4, 2]"
          "'dense_1.weight':{'dtype':'F32','shape':[2,4,1],'data_offsets':[0,32]},B" | "tensor 'dense_1.weight' must have shape [2, 4], but has [2, 4, 1]"
          "'dense_1.weight':{'dtype':'F32','shape':[4294967298,4],'data_offsets':[0,32]},B" | "tensor 'dense_1.weight' must have shape [2, 4], but has [2147483647, 4]"
          "'dense_1.weight':{'dtype':'F32','shape':'2','data_offsets':[0,32]},B" | "tensor 'dense_1.weight' must have shape [2, 4], but has []"
          "'dense_1.weight':{'dtype':'F16','shape':[2,4],'data_offsets':[0,32]},B" | "tensor 'dense_1.weight' must be F32, but is F16"
          "'dense_1.weight':7,B" | "tensor 'dense_1.weight' must be F32, but is "
          "W,'dense_1.bias':{'dtype':'F32','shape':[2],'data_offsets':[32,44]}" | "tensor 'dense_1.bias' must have 8 bytes of its own, but has data_offsets [32,44]"
          "W,'dense_1.bias':{'dtype':'F32','shape':[2],'data_offsets':[40,32]}" | "tensor 'dense_1.bias' must have 8 bytes of its own, but has data_offsets [40,32]"
          "W,'dense_1.bias':{'dtype':'F32','shape':[2],'data_offsets':[-8,0]}" | "tensor 'dense_1.bias' must have 8 bytes of its own, but has data_offsets [-8,0]"
          "W,'dense_1.bias':{'dtype':'F32','shape':[2],'data_offsets':['32','40']}" | "tensor 'dense_1.bias' must have 8 bytes of its own, but has data_offsets [`32`,`40`]"
          "W,'dense_1.bias':{'dtype':'F32','shape':[2],'data_offsets':[9223372036854775807,9223372036854775807]}" | "tensor 'dense_1.bias' must have 8 bytes of its own, but has data_offsets [9223372036854775807,9223372036854775807]"
          "W,'dense_1.bias':{'dtype':'F32','shape':[2],'data_offsets':[36,44]}" | "tensor 'dense_1.bias' must start at byte 32, after the one before it, but starts at 36"
          "W,'dense_1.bias':{'dtype':'F32','shape':[2],'data_offsets':[16,24]}" | "tensor 'dense_1.bias' must start at byte 32, after the one before it, but starts at 16"
          "W,'dense_1.bias':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}" | "tensor 'dense_1.bias' must have 8 bytes of its own, but has data_offsets [0,8]"
          W,W,B | "must have a JSON header, but Duplicate field 'dense_1.weight'"
          """)
  void anotherHeaderIsRefusedWithFileAndTensor(String tensors, String message) {
    String header = "{" + tensors.replace("W", WEIGHT).replace("B", BIAS) + "}";
    byte[] file = file(header, numbers(10));
    ModelException e = assertThrows(ModelException.class, () -> read(file));
    assertEquals("w.safetensors: " + message.replace('`', '"'), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"''", "[1]", "{} {}", "{", "'{\"a\":'"})
  void aHeaderThatIsNoJsonObjectIsRefused(String header) {
    byte[] file = file(header + "  ", numbers(10));
    ModelException e = assertThrows(ModelException.class, () -> read(file));
    assertEquals("w.safetensors: must have a JSON", e.getMessage().substring(0, 31));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "-1, 18446744073709551615", "16777217, 16777217"})
  void aHeaderLengthOutOfBoundsIsRefused(long claimed, String shown) {
    byte[] file = file("{}", new float[0]);
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(claimed);
    ModelException e = assertThrows(ModelException.class, () -> read(file));
    assertEquals(
        "w.safetensors: must be a safetensors file with a header of 2 to 16777216 bytes, but claims "
            + shown,
        e.getMessage());
  }

  @Test
  void everyCutFileIsRefused() {
    byte[] whole = file("{" + WEIGHT + "," + BIAS + "}", numbers(10));
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(whole, length);
      ModelException e = assertThrows(ModelException.class, () -> read(cut), "length " + length);
      assertEquals(
          "w.safetensors: must be a whole safetensors file, but ends early", e.getMessage());
    }
  }

  @Test
  void bytesAfterTheTensorsAreRefused() {
    byte[] file = file("{" + WEIGHT + "," + BIAS + "}", numbers(11));
    ModelException e = assertThrows(ModelException.class, () -> read(file));
    assertEquals("w.safetensors: must end after its tensors, but goes on", e.getMessage());
  }

  @Test
  void deepHeadersAreRefused() {
    byte[] file = file("{'a':" + "[".repeat(100_000) + "}", new float[0]);
    ModelException e = assertThrows(ModelException.class, () -> read(file));
    assertTrue(e.getMessage().contains("nesting depth"), e.getMessage());
  }

  private static float[] read(byte[] file) throws IOException {
    InputStream in = new ByteArrayInputStream(file);
    return SafeTensors.read(SMALL, in, "w.safetensors").parameters();
  }

  private static byte[] written(Network network, float[] parameters) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SafeTensors.write(network, Weights.of(parameters), out);
    return out.toByteArray();
  }

  private static byte[] file(String header, float[] values) {
    byte[] json = header.replace('\'', '"').getBytes(UTF_8);
    ByteBuffer file =
        ByteBuffer.allocate(8 + json.length + 4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(json.length).put(json).asFloatBuffer().put(values);
    return file.array();
  }

  private static float[] numbers(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = i;
    }
    return numbers;
  }
}
