package dev.convoy.model.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.model.ModelException;
import dev.convoy.model.SafeTensors;
import dev.convoy.model.weights.LoadedWeights.Fate;
import dev.convoy.nn.Network;
import dev.convoy.nn.Parameter;
import dev.convoy.nn.Weights;
import dev.convoy.nn.layer.BatchNorm2d;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.Dense;
import dev.convoy.nn.layer.Flatten;
import dev.convoy.report.WeightsTable;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.Bits;
import dev.convoy.testing.LocalFiles;
import dev.convoy.train.tuning.InitialWeights;
import dev.convoy.train.tuning.Rename;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that src/test/python/pretrained_weights.py wrote, and such as nobody should write. */
class WeightsImportTest {
  private static final String FOLDER = "src/test/resources/pretrained/";
  private static final long SEED = 5;
  private static final Network NETWORK = network(10);

  @TempDir private Path folder;

  private static Network network(int classes) {
    return Network.builder(Shape.of(3, 5, 5))
        .add("conv1", Conv2d.of(4, 3).withoutBias())
        .add("bn1", new BatchNorm2d())
        .add("flatten", new Flatten())
        .add("fc", Dense.of(classes))
        .build();
  }

  /** The values of the files: in their order, running statistics lie between. */
  private static Weights expected() {
    Weights weights = NETWORK.initialWeights(0);
    List<String> order =
        List.of(
            "conv1.weight",
            "bn1.weight",
            "bn1.bias",
            "bn1.runningMean",
            "bn1.runningVar",
            "fc.weight",
            "fc.bias");
    int index = 0;
    for (String name : order) {
      boolean buffer = name.contains("running");
      Parameter tensor =
          (buffer ? NETWORK.buffers() : NETWORK.parameters())
              .stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
      float[] values = buffer ? weights.buffers() : weights.parameters();
      for (int i = 0; i < tensor.size(); i++) {
        values[tensor.offset() + i] = (index++ % 64 - 32) / 16f;
      }
    }
    return weights;
  }

  private static LoadedWeights read(Network network, InitialWeights asked) throws IOException {
    return WeightsImport.read(new LocalFiles(), network, SEED, asked, asked.path());
  }

  private static void assertAllLoaded(LoadedWeights loaded) {
    Bits.assertSame(expected().parameters(), loaded.weights().parameters(), "parameters");
    Bits.assertSame(expected().buffers(), loaded.weights().buffers(), "buffers");
    assertEquals(7, loaded.count(Fate.LOADED));
    assertEquals(7, loaded.tensors().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"pytorch", "half", "brain", "double"})
  void everyTypeOfValuesArrives(String name) throws IOException {
    assertAllLoaded(read(NETWORK, InitialWeights.of(FOLDER + name + ".safetensors")));
  }

  @Test
  void aPrefixIsTakenOff() throws IOException {
    InitialWeights asked =
        new InitialWeights(
            FOLDER + "backbone.safetensors",
            List.of(new Rename("backbone\\.(.*)", "$1")),
            List.of());
    assertAllLoaded(read(NETWORK, asked));
  }

  @Test
  void renamesFollowOneAnother() throws IOException {
    InitialWeights asked =
        new InitialWeights(
            FOLDER + "sharded/model.safetensors.index.json",
            List.of(new Rename("net\\.(.*)", "a.$1"), new Rename("a\\.(.*)", "$1")),
            List.of());
    assertAllLoaded(read(NETWORK, asked));
  }

  @Test
  void aHeadOfOtherClassesStaysFresh() throws IOException {
    Network other = network(3);
    InitialWeights asked =
        new InitialWeights(FOLDER + "half.safetensors", List.of(), List.of("fc\\..*"));
    LoadedWeights loaded = read(other, asked);
    Weights fresh = other.initialWeights(SEED);
    int body = other.parameterCount() - 3 * 36 - 3;
    Bits.assertSame(
        Arrays.copyOf(expected().parameters(), body),
        Arrays.copyOf(loaded.weights().parameters(), body),
        "body");
    Bits.assertSame(
        Arrays.copyOfRange(fresh.parameters(), body, other.parameterCount()),
        Arrays.copyOfRange(loaded.weights().parameters(), body, other.parameterCount()),
        "head");
    assertEquals(
        """
        Starting from src/test/resources/pretrained/half.safetensors: 5 tensors (124 values) loaded,\
         2 tensors (111 values) fresh.
        tensor           values  what    in the file       because
        conv1.weight        108  loaded  conv1.weight
        bn1.weight            4  loaded  bn1.weight
        bn1.bias              4  loaded  bn1.bias
        fc.weight           108  fresh   fc.weight         it must have shape [3, 36], but has\
         [10, 36]
        fc.bias               3  fresh   fc.bias           it must have shape [3], but has [10]
        bn1.runningMean       4  loaded  bn1.running_mean
        bn1.runningVar        4  loaded  bn1.running_var
        """,
        String.join("\n", WeightsTable.lines(loaded).stream().map(String::stripTrailing).toList())
            + "\n");
  }

  @Test
  void whatTheNetworkDoesNotHaveIsSkippedAndWhatTheFileDoesNotHaveStaysFresh() throws IOException {
    Network headless =
        Network.builder(Shape.of(3, 5, 5))
            .add("conv1", Conv2d.of(4, 3).withoutBias())
            .add("bn1", new BatchNorm2d())
            .add("flatten", new Flatten())
            .add("head", Dense.of(2))
            .build();
    InitialWeights asked =
        new InitialWeights(
            FOLDER + "pytorch.safetensors", List.of(), List.of("fc\\..*", "head\\..*"));
    LoadedWeights loaded = read(headless, asked);
    assertEquals(5, loaded.count(Fate.LOADED));
    assertEquals(2, loaded.count(Fate.FRESH));
    assertEquals(2, loaded.count(Fate.SKIPPED));
    assertEquals(370, loaded.values(Fate.SKIPPED));
  }

  @Test
  void aModelOfOurOwnArrivesToTheBit() throws IOException {
    Weights weights = NETWORK.initialWeights(9);
    Path file = folder.resolve("weights.safetensors");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SafeTensors.write(NETWORK, weights, out);
    Files.write(file, out.toByteArray());
    LoadedWeights loaded = read(NETWORK, InitialWeights.of(file.toString()));
    Bits.assertSame(weights.parameters(), loaded.weights().parameters(), "parameters");
    Bits.assertSame(weights.buffers(), loaded.weights().buffers(), "buffers");
    assertEquals(
        List.of("Starting from " + file + ": 7 tensors (494 values) loaded."),
        WeightsTable.lines(loaded));
    Weights strict = SafeTensors.read(NETWORK, new ByteArrayInputStream(out.toByteArray()), "own");
    Bits.assertSame(strict.parameters(), loaded.weights().parameters(), "read to the letter");
  }

  @Test
  void whatFitsNotIsSaidInOneLineWithTheCure() {
    assertRefused(
        network(3),
        InitialWeights.of(FOLDER + "pytorch.safetensors"),
        FOLDER
            + "pytorch.safetensors: tensor 'fc.weight' must have shape [3, 36], but has [10, 36];"
            + " training.initialWeights.rename maps names, and skipMismatched leaves tensors fresh");
    assertRefused(
        NETWORK,
        InitialWeights.of(FOLDER + "backbone.safetensors"),
        FOLDER
            + "backbone.safetensors: must hold tensor 'conv1.weight', but does not;"
            + " training.initialWeights.rename maps names, and skipMismatched leaves tensors fresh");
    assertRefused(
        NETWORK,
        new InitialWeights(FOLDER + "backbone.safetensors", List.of(), List.of(".*")),
        FOLDER + "backbone.safetensors: must hold a tensor of the network, but has none");
    assertRefused(
        NETWORK,
        new InitialWeights(
            FOLDER + "pytorch.safetensors",
            List.of(new Rename("bn1\\.(weight|bias)", "bn1.weight")),
            List.of()),
        FOLDER
            + "pytorch.safetensors: tensors 'bn1.bias' and 'bn1.weight' must have names of their"
            + " own, but both are 'bn1.weight' in the network");
  }

  private static void assertRefused(Network network, InitialWeights asked, String message) {
    ModelException e = assertThrows(ModelException.class, () -> read(network, asked));
    assertEquals(message, e.getMessage());
  }

  /** A file with this header, and so many bytes behind it. */
  private String written(String header, int bytes) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer file = ByteBuffer.allocate(8 + text.length + bytes).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(text.length).put(text);
    Path path = folder.resolve("bad.safetensors");
    Files.write(path, file.array());
    return path.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | 0 | must have a JSON object as its header",
        "{\"a\":1} | 0 | tensor 'a' must have keys",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,8]}} | 8"
            + " | tensor 'a' must have the bytes of F32 [1], but has 8",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,0]}} | 0"
            + " | tensor 'a' must have the bytes of F32 [4294967296, 4294967296], but has 0",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}} | 4"
            + " | tensor 'a' must have a shape of whole numbers",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | 8"
            + " | tensor 'a' must start at byte 0, after the one before it, but starts at 4",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}} | 4"
            + " | must be a whole safetensors file, but ends early: its tensors take 8 bytes, and"
            + " it has 4",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}} | 5"
            + " | must end after its tensors, but goes on",
        "{\"a\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[9,1]}} | 9"
            + " | tensor 'a' must have two ascending data_offsets, but has [9, 1]",
      })
  void aHeaderThatLiesIsRefused(String header, int bytes, String problem) throws IOException {
    String path = written(header, bytes);
    assertRefused(NETWORK, InitialWeights.of(path), path + ": " + problem);
  }

  @Test
  void aValueThatFloat32DoesNotHoldIsRefused() throws IOException {
    Network one = Network.builder(Shape.of(1)).add("fc", Dense.of(1).withoutBias()).build();
    String path =
        written("{\"fc.weight\":{\"dtype\":\"F64\",\"shape\":[1,1],\"data_offsets\":[0,8]}}", 0);
    byte[] head = Files.readAllBytes(Path.of(path));
    ByteBuffer file = ByteBuffer.allocate(head.length + 8).order(ByteOrder.LITTLE_ENDIAN).put(head);
    Files.write(Path.of(path), file.putDouble(1e39).array());
    assertRefused(
        one,
        InitialWeights.of(path),
        path + ": tensor 'fc.weight' must have values that float32 holds, but value 0 is Infinity");
  }

  @ParameterizedTest
  @CsvSource({
    "../x.safetensors, must name files beside it",
    "/etc/passwd, must name files beside it",
    "s3:x, must name files beside it",
    "model-00003-of-00002.safetensors, "
  })
  void anIndexNamesFilesBesideItAlone(String file, String problem) throws IOException {
    Path index = folder.resolve("model.safetensors.index.json");
    Files.writeString(index, "{\"weight_map\": {\"fc.weight\": \"" + file + "\"}}");
    Exception e =
        assertThrows(Exception.class, () -> read(NETWORK, InitialWeights.of(index.toString())));
    assertTrue(e instanceof ModelException == (problem != null), e::toString);
    assertTrue(problem == null || e.getMessage().contains(problem), e::getMessage);
  }

  @ParameterizedTest
  @ValueSource(strings = {"$2", "$", "a$b", "a\\$1"})
  void aReplacementThatNamesNoGroupIsRefused(String to) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> new Rename("(a)", to));
    assertTrue(e.getMessage().startsWith("Rename.to must "), e::getMessage);
  }

  @Test
  void halvesAreThoseOfTheStandard() {
    ByteBuffer bytes = ByteBuffer.allocate(2);
    short[] bits = {0x3C00, (short) 0xC000, 0x7BFF, 0x0001, 0x0400, (short) 0x8000, 0x3555};
    float[] values = {1, -2, 65504, 0x1p-24f, 0x1p-14f, -0f, 0.333251953125f};
    for (int i = 0; i < bits.length; i++) {
      assertEquals(values[i], StoredType.F16.read(bytes.clear().putShort(bits[i]).flip()));
    }
  }
}
